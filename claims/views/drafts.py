"""A draft verdict as its editor sends it, and beside it what stands when somebody was quicker."""

from collections.abc import Iterable, Mapping

from claims.actions.refusals import Refused
from claims.actions.verdicts import Draft
from claims.forms import form_of
from claims.models import Citation, Evidence, Verdict
from claims.reading import verdict as reading
from claims.states import VerdictState
from claims.views.acts import Typed
from claims.views.people import PersonRequest

TYPED = {
    "summary": "In one or two sentences",
    "explanation": "Explanation",
    "gaps": "What could not be found",
}
CORRECTED = {"note": "What is corrected, in public"}


def sent_draft(request: PersonRequest, verdict: Verdict) -> Draft:
    """What was typed; raise Refused if it cannot be understood."""
    form = form_of(verdict)(request.POST)
    if not form.is_valid():
        raise Refused(
            " ".join(
                f"{form[name].label}: {error}"
                for name, errors in form.errors.items()
                for error in errors
            )
        )
    typed = [(number, piece.pk) for number, piece in _numbers(request, verdict)]
    wanted = [str(number) for number in range(1, len(typed) + 1)]
    if sorted(number for number, _ in typed) != sorted(wanted):
        raise Refused("Number the cited evidence 1, 2, 3 and so on, each number once.")
    cited = [key for _, key in sorted(typed, key=lambda pair: int(pair[0]))]
    return form.draft(citations=cited, seen=request.POST.get("seen", ""))


def typed_draft(request: PersonRequest, verdict: Verdict) -> Typed:
    """What was typed and chosen, and what stands in its place by now."""
    corrects = hasattr(verdict, "correction")

    def stands() -> Verdict:
        return Verdict.objects.select_related("correction").get(pk=verdict.pk)

    def now() -> Mapping[str, str]:
        draft = stands()
        texts = {label: getattr(draft, name) for name, label in TYPED.items()}
        if corrects:
            texts[CORRECTED["note"]] = draft.correction.note
        form = form_of(draft)
        cited = Citation.objects.filter(verdict=draft).with_evidence().order_by("number")
        numbers = _cited((str(citation.number), citation.evidence) for citation in cited)
        state = VerdictState(draft.state)
        given_up = {"State": state.label} if state != VerdictState.DRAFT else {}
        return given_up | texts | form.in_words(form.stored(draft)) | numbers

    return Typed(
        TYPED | CORRECTED if corrects else TYPED,
        now,
        lambda: {"seen": stands().digest},
        lambda: form_of(verdict).in_words(request.POST) | _cited(_numbers(request, verdict)),
    )


def _numbers(request: PersonRequest, verdict: Verdict) -> list[tuple[str, Evidence]]:
    """The numbers typed beside the accepted evidence."""
    accepted = (piece for piece, _ in reading.numbered(verdict, list(verdict.citations.all())))
    typed = ((request.POST.get(f"number-{piece.public_id}", ""), piece) for piece in accepted)
    return [(number.strip(), piece) for number, piece in typed if number.strip()]


def _cited(numbers: Iterable[tuple[str, Evidence]]) -> dict[str, str]:
    in_order = sorted(numbers, key=lambda pair: (len(pair[0]), pair[0]))
    return {"Cited evidence": "\n".join(f"[{number}] {piece.name}" for number, piece in in_order)}
