"""What tests of providers share with those of the pipeline."""

from tests.work.conftest import outward, word_rules

__all__ = ["outward", "word_rules"]
