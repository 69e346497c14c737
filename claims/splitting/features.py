"""What can be seen of a sentence that tells a checkable statement from talk.

The same function serves training and use, so that the two never differ.
"""

import re
import zlib

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Span, Token

from claims.splitting.spans import entities

GRAM_BUCKETS = 8192
LETTER_BUCKETS = 16384
"""So many coefficients are shared by all n-grams of words and tags, and of letters."""

Row = NDArray[np.float32]

_SIGNS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "digit": r"\d",
        "year": r"\b(?:1[89]|20)\d\d\b",
        "percent": r"%|\bper ?cent\b|\bpercentage\b",
        "money": r"[$£€]|\b(?:dollars?|pounds|euros)\b",
        "magnitude": r"\b(?:hundreds?|thousands?|millions?|billions?|trillions?|dozens?)\b",
        "question": r"\?",
        "exclamation": r"!",
        "first person": r"\b(?:i|we|my|our|me|us|i'm|we're|i've|we've|let's)\b",
        "second person": r"\b(?:you|your|you're|you've|yours)\b",
        "will": r"\b(?:will|shall|won't|'ll|going to)\b",
        "would": r"\b(?:would|could|should|might|may|ought)\b",
        "must": r"\b(?:must|have to|has to|need to|needs to|should|ought to)\b",
        "if": r"\bif\b|\bunless\b",
        "comparison": r"\b(?:than|most|least|highest|lowest|largest|biggest|first|record|ever)\b",
        "change": r"\b(?:rose|risen|rise|fell|fallen|drop\w*|increas\w+|decreas\w+|declin\w+|"
        r"grew|grown|doubled|cut|gain\w*|lost|climb\w*|jump\w*|slipp\w+)\b",
        "feeling": r"\b(?:feel\w*|hope\w*|love\w*|hate\w*|believe\w*|think|thinks|want\w*|wish\w*|"
        r"proud|sorry|sad|glad|happy|thank\w*|please|afraid|worr\w+|concern\w*)\b",
        "judgement": r"\b(?:good|bad|great|terrible|wonderful|awful|horrible|disgrac\w+|shame\w*|"
        r"foolish|stupid|reckless|outrag\w+|ridiculous|absurd|brilliant|beautiful|important|"
        r"critical|essential|crucial|right|wrong|fair|unfair|clear|obvious|simple|real|"
        r"hypocri\w+|dangerous|courage|hero|best|worst|better|worse)\b",
        "hedge": r"\b(?:perhaps|maybe|probably|possibly|likely|seems?|appears?|apparently|"
        r"arguably|suggests?)\b",
        "negation": r"\b(?:not|no|never|none|nobody|nothing|neither)\b|n't\b",
        "saying": r"\b(?:said|says|told|according to|reported|announced|wrote|claimed|argued|"
        r"warned|noted|added|found|shows?|showed)\b",
        "vote or law": r"\b(?:vot\w+|law|bill|act|congress|senate|court|tax\w*|budget|policy|"
        r"administration|government|president|police|officials?|department|agency)\b",
        "vague": r"\b(?:thing|things|stuff|something|everything|way|lot|kind of|sort of)\b",
        "quotation": r'"',
    }.items()
}
_LABELS = ("PERSON", "ORG", "GPE", "DATE", "CARDINAL", "MONEY", "PERCENT", "NORP", "TIME", "LAW")
_FINE_TAGS = ("VBD", "VBZ", "VBP", "VBN", "VBG", "VB", "MD", "NNP", "CD", "PRP", "JJ", "JJS",
              "JJR", "RB", "UH", "WP", "WRB")  # fmt: skip
NAMES: tuple[str, ...] = (
    *_SIGNS,
    *(f"entity {label}" for label in _LABELS),
    *(f"tag {tag}" for tag in _FINE_TAGS),
    "length",
    "short",
    "root past",
    "root present",
    "root is be",
    "starts with verb",
    "no finite verb",
    "subject named",
    "subject I or we",
    "subject you",
    "subject it or there",
    "subject this",
)
SETTING: tuple[str, ...] = (
    "share in quotation marks",
    "somebody is said to say it",
    "has a known speaker",
    "direct speech",
    "a named party says it",
    "quoted and said",
)


def signs(sentence: Span) -> Row:
    """Return the readable features in the order of ``NAMES``, each about 0 to 1."""
    text = sentence.text
    words = [t for t in sentence if t.is_alpha or t.like_num]
    count = max(1, len(words))
    tags = [t.tag_ for t in sentence]
    labels = {ent.label_ for ent in entities(sentence)}
    root = sentence.root
    subject = next((t for t in root.children if t.dep_ in {"nsubj", "nsubjpass", "expl"}), None)
    return np.asarray(
        [
            *(min(2.0, len(sign.findall(text))) for sign in _SIGNS.values()),
            *(float(label in labels) for label in _LABELS),
            *(min(1.0, 4 * tags.count(tag) / count) for tag in _FINE_TAGS),
            min(1.0, count / 40),
            float(count < 7),
            float(root.tag_ in {"VBD", "VBN"}),
            float(root.tag_ in {"VBZ", "VBP"}),
            float(root.lemma_ == "be"),
            float(bool(words) and words[0].tag_ == "VB"),
            float(not any(tag in {"VBD", "VBZ", "VBP", "MD"} for tag in tags)),
            *_subject_signs(subject),
        ],
        dtype=np.float32,
    )


def _subject_signs(subject: Token | None) -> list[float]:
    if subject is None:
        return [0.0] * 5
    word = subject.lower_
    return [
        float(subject.pos_ == "PROPN" or bool(subject.ent_type_)),
        float(word in {"i", "we"}),
        float(word == "you"),
        float(word in {"it", "there"}),
        float(word in {"this", "that", "these", "those"}),
    ]


def meaning(sentence: Span) -> Row:
    """Return the mean of the parser's own token vectors: what the words are like here."""
    return np.asarray(sentence.doc.tensor[sentence.start : sentence.end].mean(axis=0), np.float32)


def grams(sentence: Span) -> list[int]:
    """Return the buckets of words, pairs of words and triples of tags, each once."""
    words = [_word(t) for t in sentence if not t.is_space and not t.is_punct]
    tags = ["<", *(t.tag_ for t in sentence if not t.is_space), ">"]
    found = {f"w {w}" for w in words}
    found |= {f"p {a} {b}" for a, b in zip(["<", *words], [*words, ">"], strict=True)}
    found |= {f"t {' '.join(tags[i : i + 3])}" for i in range(len(tags) - 2)}
    return _buckets(found, GRAM_BUCKETS)


def letters(sentence: Span) -> list[int]:
    """Return the buckets of the runs of 2 to 5 characters inside words, each once."""
    found: set[str] = set()
    for word in sentence.text.split():
        padded = f" {word} "
        for size in range(2, 6):
            found |= {padded[i : i + size] for i in range(len(padded) - size + 1)}
    return _buckets(found, LETTER_BUCKETS)


def setting(*, quoted: float, said: bool, speaker: bool, direct: bool, named: bool) -> Row:
    """Return how the sentence stands in its article, in the order of ``SETTING``."""
    return np.asarray([quoted, said, speaker, direct, named, quoted * said], dtype=np.float32)


def _word(token: Token) -> str:
    if token.like_num:
        return "#"
    if token.ent_type_ in {"PERSON", "ORG", "GPE", "NORP", "DATE"}:
        return str(token.ent_type_)
    return str(token.lemma_.lower())


def _buckets(found: set[str], buckets: int) -> list[int]:
    return sorted({zlib.crc32(gram.encode("utf-8", "replace")) % buckets for gram in found})
