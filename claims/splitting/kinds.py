"""Say what kind of statement a claim is, from its words and its grammar."""

import re

from spacy.tokens import Token

from claims.splitting.results import Kind

_QUANTITY_LABELS = frozenset({"PERCENT", "MONEY", "QUANTITY", "CARDINAL"})
_COMPARING = re.compile(
    r"\b(?:more|less|fewer|higher|lower|larger|smaller|better|worse|greater|bigger|faster|slower|"
    r"older|younger|cheaper|stronger|weaker|earlier|later)\b(?:\W+\w+){0,6}?\W+than\b|"
    r"\b(?:compared (?:with|to)|the (?:most|least|first|largest|biggest|highest|lowest|worst|best)|"
    r"ahead of|doubled|tripled|outnumber\w*|as \w+ as)\b",
    re.IGNORECASE,
)
_CAUSING = re.compile(
    r"\b(?:because(?: of)?|due to|caused?(?: by)?|led to|leads to|leading to|result(?:ed|s|ing)? in|"
    r"as a result|thanks to|triggered|sparked|prompted|owing to|responsible for|brought (?:about|an end)|"
    r"drove|driven by)\b",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"\b(?:law|laws|legal(?:ly)?|illegal(?:ly)?|unlawful\w*|constitution\w*|statut\w+|court|courts|"
    r"regulation|regulations|treaty|violat\w+|charged|convicted|sentenced|indicted|sued|lawsuit|"
    r"ruling|ruled|verdict|required to|prohibit\w*|mandate[sd]?|penalty|permitted|banned|"
    r"agreement|accord|pact|act of|amendment|executive order|rights?)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:will|shall|won['’]t|going to|'ll|’ll|would likely|is likely to|are likely to|expected to|set to|"
    r"could|might|may)\b",
    re.IGNORECASE,
)


def kind_of(
    text: str, head: Token, labels: frozenset[str], *, checkable: bool, only_said: bool
) -> Kind:
    """Return the kind of a claim.

    ``labels`` are the entity labels inside it; ``checkable`` whether it is worth
    a check at all; ``only_said`` whether only the saying of it can be checked.
    """
    if only_said:
        return Kind.QUOTE
    future = bool(_FUTURE.search(text)) and any(
        t.dep_ == "aux" and t.lower_ in {"will", "'ll", "wo", "could", "might", "may", "shall"}
        for t in head.children
    )
    if future and not checkable:
        return Kind.PREDICTION
    if not checkable:
        return Kind.OPINION
    if _CAUSING.search(text):
        return Kind.CAUSAL
    if _COMPARING.search(text):
        return Kind.COMPARISON
    if labels & _QUANTITY_LABELS:
        return Kind.QUANTITY
    if _LEGAL.search(text):
        return Kind.LEGAL
    if head.lemma_ == "be" and head.tag_ in {"VBZ", "VBP"}:
        return Kind.BACKGROUND
    return Kind.EVENT
