"""The history in sentences: every verb an act may record, as people read it.

docs/states.md lists them; a test finds verbs that acts record and this table
does not know.
"""

from collections.abc import Mapping, Sequence
from typing import Any

SENTENCES = {
    "submission.received": "handed in an article",
    "submission.ready": "read the article",
    "submission.failed": "could not read the article",
    "submission.retried": "asked to read the article again",
    "submission.deadline_changed": "changed by when the checks of an article are needed",
    "submission.set_aside": "set aside what could not be read",
    "article.set_aside": "set aside an article that nobody shall check",
    "article.brought_back": "brought back an article that was set aside",
    "article.disclosed": "made the article public",
    "article.split": "split the article into claims",
    "article.split_failed": "could not split the article",
    "article.split_retried": "asked to split the article again",
    "claim.added": "marked a claim by hand",
    "claim.taken": "took the claim",
    "claim.released": "put the claim back",
    "claim.put_back": "put a claim somebody else held back on the desk",
    "claim.handed_over": "handed the claim to a colleague",
    "claim.reworded": "reworded the claim",
    "claim.attributed": "changed who says the claim, or its kind",
    "claim.split": "split the claim into others",
    "claim.unsplit": "put a claim together again that was split",
    "claim.merged": "merged other claims into the claim",
    "claim.unmerged": "took a merged claim apart again",
    "claim.moved": "moved the claim in the list of its article",
    "claim.marked_urgent": "marked the claim urgent",
    "claim.marked_not_urgent": "said that the claim is not urgent",
    "claim.dismissed": "dismissed the claim",
    "claim.restored": "brought the claim back",
    "claim.closed": "closed the claim",
    "claim.reopened": "opened the claim again",
    "link.confirmed": "confirmed that it is like another claim",
    "link.refused": "said that it is not like another claim",
    "link.reconsidered": "took back a decision on another claim it may be like",
    "check.confirmed": "confirmed that a check by others is about the claim",
    "check.refused": "said that a check by others is not about the claim",
    "check.reconsidered": "took back a decision on a check by others",
    "reply.asked": "asked somebody for an answer",
    "reply.not_asked": "said why nobody is asked for an answer",
    "reply.recorded": "wrote down what came of asking for an answer",
    "reply.taken_back": "took back what was written down of asking for an answer",
    "objection.received": "reported an error in the public verdict",
    "objection.upheld": "upheld an objection of a reader to the verdict",
    "objection.not_upheld": "said that an objection of a reader to the verdict does not hold",
    "objection.not_serious": "said that an objection of a reader to the verdict is not serious",
    "objection.reconsidered": "took back a decision on an objection of a reader",
    "note.written": "wrote a note",
    "note.reworded": "reworded a note",
    "note.taken_back": "took back a note",
    "reply.brought_back": "brought back what was written down of asking for an answer",
    "search.asked": "asked to search again",
    "search.finished": "searched for evidence",
    "search.failed": "gave up the search for evidence",
    "evidence.accepted": "accepted a piece of evidence",
    "evidence.rejected": "rejected a piece of evidence",
    "evidence.reconsidered": "took back a decision on a piece of evidence",
    "evidence.related": "said whether a piece of evidence only relays what was said",
    "evidence.added": "added a piece of evidence",
    "evidence.chosen": "set words of a document beside the claim",
    "document.brought": "brought a document",
    "document.read": "read a document and offered its passages",
    "document.failed": "could not read a document",
    "document.retried": "asked to read a document again",
    "document.set_aside": "set aside a document that was brought by mistake",
    "document.brought_back": "brought back a document that was set aside",
    "verdict.started": "started a verdict",
    "verdict.saved": "changed the draft verdict",
    "verdict.discarded": "discarded the draft verdict",
    "verdict.restored": "brought a discarded draft verdict back",
    "verdict.proposed": "proposed the verdict",
    "verdict.recalled": "took the proposal back",
    "verdict.returned": "returned the verdict with a comment",
    "verdict.approved": "approved the verdict",
    "verdict.published": "published the verdict",
    "verdict.corrected": "published a corrected verdict",
    "verdict.withdrawn": "withdrew the verdict",
    "key.issued": "issued a key to a publisher",
    "key.revoked": "revoked a publisher's key",
    "model.recalibrated": "let reviewers' decisions re-calibrate the stance model",
    "login.allowed": "let somebody try to log in again",
    "publisher.added": "added a publisher",
    "publisher.suspended": "suspended a publisher's access",
    "publisher.resumed": "gave a publisher its access back",
    "outlet.described": "described an outlet",
    "outlet.blocked": "blocked an outlet",
    "outlet.unblocked": "let an outlet give evidence again",
    "source.retracted": "marked a source as retracted",
    "source.reinstated": "took a source's retraction back",
    "provider.switched_off": "let a provider be asked no more",
    "provider.switched_on": "let a provider be asked again",
    "provider.tried": "had a provider tried again at once",
    "source.changed": "found that a source says something else now",
    "source.gone": "found that a source is not there any more",
    "source.returned": "found a source there again",
    "source.examined": "looked at what became of a source",
    "source.access_recorded": "recorded who can read a source",
    "source.archived": "had a public archive keep a copy of a source",
    "archiving.failed": "gave up having a copy kept",
    "archiving.retried": "asked to have a copy kept again",
    "feed.added": "subscribed to a feed",
    "feed.described": "said how a feed is read",
    "feed.stopped": "stopped a feed",
    "feed.started": "started a feed again",
    "feed.retried": "asked to read a feed now",
    "feed.failed": "could not read a feed",
    "page.retried": "asked to fetch a page now",
    "page.failed": "gave up fetching a page",
    "check_feed.added": "added a feed of fact-checks",
    "check_feed.asked": "had a feed of fact-checks read at once",
    "check_feed.stopped": "let a feed of fact-checks be read no more",
    "check_feed.failed": "could not read a feed of fact-checks",
    "import.given_up": "ended an import that was interrupted",
    "encoding.began": "began to read the library with another encoder",
    "encoding.switched": "let another encoder answer searches",
    "person.invited": "invited a person",
    "person.joined": "joined the workspace",
    "person.password_changed": "changed their password",
    "person.password_link_made": "made a link with which a person chooses another password",
    "person.password_set": "set a person's password",
    "person.renamed": "changed their name",
    "person.email_corrected": "corrected the address a person was invited at",
    "person.made_superuser": "made a superuser",
    "person.roles_given": "said which roles a person has",
    "person.shut_out": "let a person log in no more",
    "person.let_in": "let a person log in again",
    "endpoint.added": "let a publisher be told at an address",
    "endpoint.paused": "let an endpoint be told no more",
    "endpoint.resumed": "let an endpoint be told again",
    "endpoint.gone": "heard from an endpoint that nobody listens there any more",
    "endpoint.secret_changed": "gave an endpoint another secret",
    "endpoint.removed": "removed an endpoint",
    "endpoint.pinged": "sent an endpoint a ping",
    "delivery.retried": "asked to tell a publisher again",
    "delivery.failed": "gave up telling a publisher",
}

_OF_ANOTHER = {
    "claim.split": "split this claim off another",
    "claim.unsplit": "put this claim back into the one it was split from",
    "claim.merged": "merged this claim into another",
    "claim.unmerged": "took another claim out of this one again",
    "article.set_aside": "set its article aside, and with it dismissed the claim",
    "article.brought_back": "brought its article back, and with it the claim",
}
"""What is told of an act on one claim, or on its article, in the story of one it touched."""
FREED = "set aside the article where the claim was checked: it is checked here since"
"""What is told in the story of a copy's claim that came to the desk for it."""
WITH_ITS_ARTICLE = ("article.set_aside", "article.brought_back")


RELATIONS = {
    "independent": "is independent after all",
    "relays_claimant": "only relays the claimant",
    "relays_article": "only relays the checked article",
}

SIDES = {
    "supports": "for the claim",
    "contradicts": "against the claim",
    "neutral": "as background",
}
"""What evidence was accepted as."""

_OF_AN_ATTRIBUTION = {
    "claimant": "the claimant",
    "known": "the claimant",
    "described_as": "the claimant's title",
    "via": "the go-between",
    "direct": "whether it is said in the claimant's own words",
    "said_at": "the day it was said",
}
"""What may change of who says a claim."""


def told(
    verb: str,
    data: Mapping[str, Any],
    *,
    of_itself: bool = True,
    piece: str = "",
    why: str = "",
) -> str:
    """The sentence of one event, with what its data adds, without its full stop.

    ``of_itself`` is false in the story of a claim whose kin or article the act was done
    with. ``piece`` is what people call the evidence it is about, who was asked, or to whom and from
    whom the claim went, and ``why`` the reason that was given: none is kept in the event.

    >>> told("claim.split", {"claims": ["a", "b", "c"]})
    'split the claim into 3 claims'
    >>> told("claim.split", {"claims": ["a", "b", "c"]}, of_itself=False)
    'split this claim off another'
    >>> told("evidence.rejected", {}, piece="Harbour log", why="Another harbour.")
    'rejected “Harbour log”: Another harbour'
    """
    if not of_itself:
        return _because(_OF_ANOTHER[verb], why)
    words = SENTENCES[verb]
    match verb:
        case "claim.split":
            words = f"split the claim into {len(data['claims'])} claims"
        case "claim.merged":
            words = f"merged {_other_claims(len(data['claims']))} into the claim"
        case "claim.moved":
            words = f"moved the claim to place {data['place']} of {data['of']} in its article"
        case "claim.reworded":
            words = f"reworded the claim (wording {data['wording']})"
        case "claim.attributed":
            words = f"changed {_attributed(data['changed'], *data['kind'])}"
        case "claim.dismissed" | "claim.closed":
            how = data["reason" if verb == "claim.dismissed" else "outcome"]
            words = f"{words} ({how.replace('_', ' ')})"
        case "search.finished" if data.get("discarded"):
            looked = f"{words}, and discarded it" if data["read"] else "let a search be"
            words = f"{looked}: the claim was reworded or decided meanwhile"
        case _ if verb.startswith("verdict."):
            words = _of_verdict(verb, data)
        case _ if verb.startswith(("reply.", "claim.handed")) and piece:
            words = _of_people(verb, piece)
        case _ if verb.startswith(("evidence.", "document.")):
            unnamed = "a document" if verb.startswith("document.") else "a piece of evidence"
            words = _of_evidence(verb, data, f"“{piece}”" if piece else unnamed)
    return _because(words, why)


def _of_verdict(verb: str, data: Mapping[str, Any]) -> str:
    """What was done with a verdict.

    >>> _of_verdict("verdict.approved", {"own_evidence": True})
    'approved the verdict, all of whose evidence they had added or accepted themselves'
    """
    match verb:
        case "verdict.started" if data.get("corrects"):
            return "began to correct the verdict"
        case "verdict.approved" if data.get("own_evidence"):
            told_besides = ", all of whose evidence they had added or accepted themselves"
        case "verdict.returned" if data.get("put_back"):
            told_besides = "; whoever held its claim is shut out, so that is back on the desk"
        case _:
            told_besides = ""
    return SENTENCES[verb] + told_besides


def _because(words: str, why: str) -> str:
    return f"{words}: {why.strip().removesuffix('.')}" if why.strip() else words


def _of_people(verb: str, named: str) -> str:
    """What was done with whoever is ``named``.

    >>> _of_people("reply.asked", "Anna Hart"), _of_people("claim.handed_over", "to Ben")
    ('asked Anna Hart for an answer', 'handed the claim to Ben')
    """
    if verb == "claim.handed_over":
        return SENTENCES[verb].replace("to a colleague", named)
    words = SENTENCES[verb].replace("somebody", named)
    return words if verb == "reply.asked" else f"{words} ({named})"


def _of_evidence(verb: str, data: Mapping[str, Any], piece: str) -> str:
    """What was done with a piece of evidence, and for which side.

    >>> _of_evidence("evidence.accepted", {"stance": "contradicts"}, "“Harbour log”")
    'accepted “Harbour log” against the claim'
    >>> _of_evidence("evidence.reconsidered", {"stance": "supports"}, "“Harbour log”")
    'took back the rejection of “Harbour log”: it counts for the claim again'
    """
    match verb:
        case "evidence.accepted":
            return f"accepted {piece} {SIDES[data['stance']]}"
        case "evidence.reconsidered" if data.get("stance"):
            side = SIDES[data["stance"]]
            return f"took back the rejection of {piece}: it counts {side} again"
        case "evidence.related":
            return f"said that {piece} {RELATIONS[data['relation']]}"
        case _ if verb == "evidence.chosen" or verb.startswith("document."):
            return SENTENCES[verb].replace("a document", piece)
    return SENTENCES[verb].replace("a piece of evidence", piece)


def often(words: str, times: int) -> str:
    """A sentence of what was done ``times`` times in a row.

    >>> often("changed the draft verdict", 3)
    'changed the draft verdict, 3 times'
    >>> often("changed the draft verdict", 1)
    'changed the draft verdict'
    """
    return f"{words}, {times} times" if times > 1 else words


def _attributed(changed: Sequence[str], was: str, now: str) -> str:
    """What of an attribution changed.

    >>> _attributed(["claimant", "via"], "event", "event")
    'the claimant and the go-between'
    >>> _attributed(["kind"], "event", "opinion")
    'its kind from event to opinion'
    """
    words = _OF_AN_ATTRIBUTION | {"kind": f"its kind from {was} to {now}"}
    told = list(dict.fromkeys(words[name] for name in changed))
    return " and ".join([", ".join(told[:-1]), told[-1]] if told[1:] else told)


def _other_claims(count: int) -> str:
    return "another claim" if count == 1 else f"{count} other claims"
