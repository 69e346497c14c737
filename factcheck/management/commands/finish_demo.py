"""Show what finished work looks like: verdicts on the demo article, told by the acts themselves."""

import time
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from claims.actions.correcting import begin_correction
from claims.actions.disclosing import disclose_article
from claims.actions.evidence import accept_evidence, add_evidence
from claims.actions.handing_over import hand_over_claim
from claims.actions.notes import write_note
from claims.actions.publishing import publish_verdict
from claims.actions.replies import ask_for_reply, record_reply
from claims.actions.review import close_claim, take_claim
from claims.actions.verdicts import (
    Draft,
    approve_verdict,
    propose_verdict,
    save_draft,
    start_verdict,
)
from claims.models import (
    Claim,
    CorrectionKind,
    Evidence,
    EvidenceKind,
    ReplyOutcome,
    ReplyRequest,
    Verdict,
)
from claims.states import Outcome
from factcheck.management.commands.create_logins import LOGINS
from factcheck.models import User
from sources.ports import Stance
from sources.relays import Relation

PATIENCE = 600  # seconds
POLL = 2.0  # seconds

RUBBISH = "41 tonnes of rubbish"
PHOSPHATE = "phosphate in the water fell by 34%"
TANK = "holds 3,000 cubic metres"
KOREA = "cut all communication lines"


class Command(BaseCommand):
    """One verdict published and corrected, one waiting for approval, claims decided and in hand."""

    help = "Decide some claims of the demo articles, once they are split and searched."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether to wait for the workers."""
        parser.add_argument(
            "--wait", action="store_true", help=f"wait up to {PATIENCE} seconds for the workers"
        )

    def handle(self, *, wait: bool = False, **options: object) -> None:
        """Tell the whole story, or nothing of it; run again, it adds nothing."""
        rubbish, phosphate, tank, korea = searched_claims(PATIENCE if wait else 0)
        if rubbish.verdicts.exists():
            return
        with transaction.atomic():
            demo = User.objects.get(username="demo")
            disclose_article(rubbish.article_id, version=1, by=demo)
            ada, ben = person("ada", "Ada", "Reviewers"), person("ben", "Ben", "Editors")
            self.publish_and_correct(rubbish, ada, ben)
            self.propose(phosphate, ada)
            self.confirm(tank, ada)
            self.work_together(phosphate, korea, ada, ben)
        self.stdout.write("Decided: the demo shows a corrected verdict and one to approve.")

    def publish_and_correct(self, claim: Claim, ada: User, ben: User) -> None:
        """A verdict that was public, was found too mild, and says so."""
        take_claim(claim.pk, by=ada)
        counted = cite(claim, "Volunteers and contractors pulled 29 tonnes", by=ada)
        call = add_evidence(
            claim.pk,
            EvidenceKind.INTERVIEW,
            title="Telephone call with the county weighbridge (demo)",
            body="The weighbridge confirmed the auditor's sum: 29 tonnes came from the river, "
            "and 12 tonnes of garden waste were weighed in the same account.",
            stance=Stance.CONTRADICTS,
            by=ada,
        )
        draft = Draft(
            rating="misleading",
            summary="The council's 41 tonnes include garden waste from the town.",
            explanation=(
                "The auditor went through every load. **29 tonnes** came out of the river [1]; "
                "the weighbridge confirmed the sum by telephone [2]."
            ),
            citations=[counted.pk, call.pk],
            confidence="high",
        )
        asked = ask_council(claim, by=ada)
        answer = "The 41 tonnes are what was weighed that week. We do not sort it by where it lay."
        today = timezone.localdate()
        record_reply(
            asked.pk, ReplyOutcome.ANSWERED, answer=answer, answered_on=today, recorded=0, by=ada
        )
        first = start_verdict(claim.pk, by=ada)
        publish(first, draft, ada, ben)
        second = begin_correction(
            claim.pk,
            CorrectionKind.CHANGES_RATING,
            "An earlier version rated this claim misleading. Both sources give another number "
            "for what came out of the river, so the claim is mostly false.",
            by=ada,
        )
        corrected = Draft(
            rating="mostly_false",
            summary="29 tonnes came out of the river; the rest was garden waste from the town.",
            explanation=draft.explanation,
            citations=draft.citations,
            confidence="high",
        )
        publish(second, corrected, ada, ben)

    def propose(self, claim: Claim, ada: User) -> None:
        """A verdict that waits for a second person."""
        take_claim(claim.pk, by=ada)
        survey = cite(claim, "phosphate in the water fell by 12%", by=ada)
        call = add_evidence(
            claim.pk,
            EvidenceKind.DATASET,
            title="Monthly samples of the Wend Rivers Trust, 2022 to 2024 (demo)",
            body="Averages over all twelve months: down 12%. Without September to November: "
            "down 34%, the council's number.",
            stance=Stance.CONTRADICTS,
            by=ada,
        )
        asked = ask_council(claim, by=ada)
        record_reply(
            asked.pk, ReplyOutcome.DECLINED, answer="", answered_on=None, recorded=0, by=ada
        )
        verdict = start_verdict(claim.pk, by=ada)
        draft = Draft(
            rating="misleading",
            summary="The fall is 34% only if the autumn samples are left out.",
            explanation=(
                "Over all months phosphate fell by 12% [1]. The council's number appears when "
                "September to November are left out of the average [2]."
            ),
            citations=[survey.pk, call.pk],
            confidence="moderate",
        )
        save_draft(verdict.pk, draft, by=ada)
        propose_verdict(verdict.pk, by=ada)

    def confirm(self, claim: Claim, ada: User) -> None:
        """The way most claims of a check end: confirmed, by name, with one piece of evidence."""
        take_claim(claim.pk, by=ada)
        add_evidence(
            claim.pk,
            EvidenceKind.OBSERVATION,
            title="Plate at the storm tank (demo)",
            body="The builder's plate beside the hatch in Mill Lane says 3,000 m³, October 2023.",
            stance=Stance.SUPPORTS,
            by=ada,
        )
        close_claim(claim.pk, Outcome.CONFIRMED, note="Read from the builder's plate.", by=ada)

    def work_together(self, noted: Claim, handed: Claim, ada: User, ben: User) -> None:
        """A note to whoever looks around here, and a claim that is theirs to go on with."""
        logins = list(User.objects.filter(username__in=[name for name, _, _ in LOGINS]))
        readers = sorted(person.username for person in logins or [ben])
        names = " ".join(f"@{name}" for name in readers)
        write_note(
            noted.pk,
            f"{names} The trust read the samples of all twelve months to me on the telephone. "
            "Does anybody know why the council left the autumn out?",
            by=ada,
        )
        take_claim(handed.pk, by=ada)
        to = next((person for person in logins if person.username == "reviewer"), ben)
        hand_over_claim(
            handed.pk,
            to.pk,
            held_by=ada.pk,
            by=ada,
            why="I am away until Monday. Nothing is decided yet: begin with what stands beside it.",
        )


def searched_claims(seconds: float) -> list[Claim]:
    """The claims the story is about, once the workers have done their part."""
    patience_ends = time.monotonic() + seconds
    while True:
        try:
            return [claim(words) for words in (RUBBISH, PHOSPHATE, TANK, KOREA)]
        except CommandError:
            if time.monotonic() >= patience_ends:
                raise
        time.sleep(POLL)


def claim(words: str) -> Claim:
    """The demo claim whose place in its article holds ``words``."""
    found = Claim.objects.filter(
        appearances__quote__icontains=words, article__owner__username="demo"
    ).first()
    if found is None:
        raise CommandError(f"No demo claim says “{words}” yet: wait until the articles are split.")
    if found.searches.filter(due_at__isnull=False, only="").exists():
        raise CommandError("The demo articles are still being searched; wait a minute.")
    return found


def cite(claim: Claim, words: str, *, by: User) -> Evidence:
    """Accept the passage that holds ``words``, as what contradicts the claim."""
    found = claim.evidence.filter(
        passage__text__contains=words, relation=Relation.INDEPENDENT
    ).first()
    if found is None:
        raise CommandError(f"No passage beside the claim says “{words}”.")
    return accept_evidence(found.pk, Stance.CONTRADICTS, by=by)


def ask_council(claim: Claim, *, by: User) -> ReplyRequest:
    """Write down that the council was asked two days ago, for an answer by today."""
    today = timezone.localdate()
    days = {"asked_on": today - timedelta(days=2), "due_on": today}
    return ask_for_reply(claim.pk, "Press office of the county council (demo)", **days, by=by)


def publish(verdict: Verdict, draft: Draft, author: User, editor: User) -> None:
    """Take a verdict every step to the public."""
    save_draft(verdict.pk, draft, by=author)
    digest = propose_verdict(verdict.pk, by=author).digest
    approve_verdict(verdict.pk, digest, comment="The sources are plain.", by=editor)
    publish_verdict(verdict.pk, by=editor)


def person(name: str, first_name: str, role: str) -> User:
    """A demo colleague, who has no password and cannot log in."""
    user, _ = User.objects.get_or_create(
        username=f"demo-{name}",
        defaults={
            "first_name": first_name,
            "last_name": "(demo)",
            "password": make_password(None),
        },
    )
    user.groups.add(Group.objects.get(name=role))
    return user
