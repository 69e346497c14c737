"""Objections of readers that no database takes."""

from claims.states import VerdictState
from tests.database.refusals import refused
from tests.database.refused_steps import change
from tests.factories import LONG_AGO, ObjectionFactory, UserFactory, VerdictFactory
from tests.stories import STEPS, corrected, verdict_in


@refused("objection_kind_known")
def object_of_a_kind_nobody_knows():
    ObjectionFactory(kind="boring")


@refused("objection_decision_known")
def decide_as_nobody_can():
    ObjectionFactory(upheld=True, decision="perhaps")


@refused("objection_has_words_and_not_too_many")
def object_without_a_word():
    ObjectionFactory(words="Wrong.")


@refused("objection_has_words_and_not_too_many")
def object_without_end():
    ObjectionFactory(words="Wrong." * 1_000)


@refused("objection_url_is_http")
def lead_to_a_script():
    ObjectionFactory(url="javascript:alert(1)")


@refused("objection_decided_has_person_and_time")
def decide_as_nobody():
    ObjectionFactory(upheld=True, decided_by=None)


@refused("objection_decided_has_person_and_time")
def decide_at_no_time():
    ObjectionFactory(upheld=True, decided_at=None)


@refused("objection_decided_has_person_and_time")
def decide_nothing():
    ObjectionFactory(decided_by=UserFactory(), decided_at=LONG_AGO)


@refused("objection_not_upheld_has_reason")
def turn_down_without_a_reason():
    ObjectionFactory(not_upheld=True, reason="")


@refused("objection_corrected_was_upheld")
def correct_what_was_turned_down():
    verdict = corrected("update", "It was June.")
    ObjectionFactory(not_upheld=True, verdict=verdict, correction=verdict.correction)


@refused("objection_is_to_what_was_public")
def object_to_a_draft():
    ObjectionFactory(verdict=VerdictFactory())


@refused("objection_stays_as_it_was_sent")
def reword_what_a_reader_wrote():
    change(ObjectionFactory(), words="All of it is right, says the port.")


@refused("objection_turned_down_by_another_person")
def turn_down_as_the_author():
    verdict = verdict_in(VerdictState.PUBLISHED)
    ObjectionFactory(not_upheld=True, verdict=verdict, decided_by=verdict.author)


@refused("objection_turned_down_by_another_person")
def turn_down_as_another_of_its_writers():
    verdict = verdict_in(VerdictState.DRAFT)
    writer = UserFactory()
    verdict.revisions.create(author=writer, digest=verdict.digest)
    for step in STEPS[VerdictState.PUBLISHED]:
        step(verdict.pk, verdict.author)
    ObjectionFactory(not_serious=True, verdict=verdict, decided_by=writer)
