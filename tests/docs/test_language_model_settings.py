"""Settings of the language model that do not go together are refused in one line."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from factcheck.environment import check_language_model

BOTH = ["splitter", "judge"]


@pytest.mark.parametrize(
    ("url", "model", "key"),
    [
        ("", "", ""),
        ("https://llm.example.org/v1", "large-2", "sk-1"),
        ("http://127.0.0.1:11434/v1", "small:8b", ""),
        ("http://[::1]:8000", "org/model", "a.b_c"),
    ],
)
def test_these_are_taken(url, model, key):
    check_language_model(url, model, key, BOTH)


@pytest.mark.parametrize(
    ("url", "model", "key", "uses", "said"),
    [
        ("https://llm.example.org/v1", "", "", BOTH, "LLM_URL and LLM_MODEL"),
        ("", "large-2", "", BOTH, "LLM_URL and LLM_MODEL"),
        ("https://sk-1@llm.example.org/v1", "large-2", "", BOTH, "LLM_KEY"),
        ("https://llm.example.org/v1?key=sk-1", "large-2", "", BOTH, "LLM_KEY"),
        ("https://llm.example.org/v1#x", "large-2", "", BOTH, "LLM_URL"),
        ("http://", "large-2", "", BOTH, "LLM_URL"),
        ("https://llm.example.org/v1", "large\n2", "", BOTH, "LLM_MODEL"),
        ("https://llm.example.org/v1", "l" * 101, "", BOTH, "LLM_MODEL"),
        ("https://llm.example.org/v1", "large-2", "sk\r\nX: 1", BOTH, "LLM_KEY"),
        ("https://llm.example.org/v1", "large-2", "sk 1", BOTH, "LLM_KEY"),
        ("https://llm.example.org/v1", "large-2", "schlüssel", BOTH, "LLM_KEY"),
        ("https://llm.example.org/v1", "large-2", "", ["spliter"], "LLM_USES"),
    ],
)
def test_these_are_refused_without_repeating_the_key(url, model, key, uses, said):
    with pytest.raises(ImproperlyConfigured, match=said) as caught:
        check_language_model(url, model, key, uses)
    assert "sk" not in str(caught.value)
