"""What was written is called, when it is offered again, as in the form it was written into."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from claims.forms import BringForm, CorrectionForm, EvidenceForm, SubmitForm
from claims.reporting import ObjectionForm
from factcheck.kept import WORDS

TEMPLATES = Path(settings.BASE_DIR) / "claims" / "templates" / "claims"
FORM = re.compile(r"<form[^>]*\{% url 'claims:(\w+)'[^>]*>(.*?)</form>", re.DOTALL)
TEXT = re.compile(r'<textarea id="([^"]+)"[^>]* name="([^"]+)"')


def test_every_text_is_called_as_its_template_calls_it():
    found = 0
    for template in TEMPLATES.glob("*.html"):
        for address, form in FORM.findall(template.read_text(encoding="utf-8")):
            for key, name in TEXT.findall(form):
                label = re.search(rf'<label for="{re.escape(key)}">([^<]+)</label>', form)
                assert label
                assert WORDS[address][name] == label[1]
                found += 1
    assert found >= 12


@pytest.mark.parametrize(
    ("template", "names"), [("_part.html", ("text", "quote")), ("_voice.html", WORDS["attribute"])]
)
def test_every_field_is_called_as_what_several_forms_include_calls_it(template, names):
    page = (TEMPLATES / template).read_text(encoding="utf-8")
    address = "split" if template == "_part.html" else "attribute"
    for name in names:
        assert f">{WORDS[address][name]}</label>" in page


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("hand_in", SubmitForm),
        ("add_evidence", EvidenceForm),
        ("bring", BringForm),
        ("save_verdict", CorrectionForm),
        ("report_error", ObjectionForm),
    ],
)
def test_every_field_is_called_as_its_form_calls_it(address, form):
    for name, label in WORDS[address].items():
        if name != "waiver_note":  # "Note on that", where it stands below what it means
            assert form()[name].label == label
