"""Pictures of every page, light and dark, wide and narrow: ``python -m tests.e2e.screenshots DIR``.

Runs on throwaway servers, with the demo worked through by the workers' own code.
"""

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from factcheck.embedded.servers import throwaway_servers

SIZES = ((1440, 900), (390, 844))
SCHEMES = ("light", "dark")
WORKING = "SCREENSHOTS_WITH_SERVERS"


def main() -> int:
    """Start servers, then take the pictures in a process that sees them."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "var/screenshots")
    if os.environ.get(WORKING):
        return take(folder)
    with throwaway_servers() as servers:
        environment = os.environ | servers.environment | {WORKING: "yes"}
        environment |= {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
        }
        environment["DJANGO_SETTINGS_MODULE"] = "factcheck.settings"
        command = [sys.executable, "-m", "tests.e2e.screenshots", str(folder)]
        return subprocess.run(command, check=False, env=environment).returncode


def take(folder: Path) -> int:
    """Fill the workspace, serve it, and visit each page in each look."""
    import django

    django.setup()
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.management import call_command
    from django.test.testcases import LiveServerThread
    from playwright.sync_api import sync_playwright

    call_command("migrate", verbosity=0)
    call_command("load_demo")
    work()
    call_command("finish_demo")
    pages = prepare()
    server = LiveServerThread("localhost", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        options = ["--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options)
        for (width, height), scheme in ((s, c) for s in SIZES for c in SCHEMES):
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                base_url=f"http://localhost:{server.port}",
            )
            page = context.new_page()
            for name, address, cookie in pages:
                context.clear_cookies()
                context.add_cookies(cookie)
                page.goto(address)
                page.screenshot(path=folder / f"{name}-{width}-{scheme}.png")
            context.close()
        browser.close()
    server.terminate()
    sys.stdout.write(f"{len(list(folder.iterdir()))} pictures in {folder}\n")
    return 0


def work() -> None:
    """What the workers would do: read, split and search everything that is due."""
    from claims.models import Search
    from claims.tasks import gather_evidence
    from tests.e2e import pipeline

    pipeline.work()
    for search in Search.objects.due():
        gather_evidence(search.pk)


def prepare() -> list[tuple[str, str, list[dict[str, str]]]]:
    """The name and address of every page, with the cookie of whoever looks at it."""
    from django.conf import settings

    from claims.models import Article, Claim, Submission, Verdict
    from claims.states import SubmissionState
    from factcheck.models import User

    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    editor, moderator = logged_in("demo-ben"), logged_in("demo-mona", role="Moderators")
    unread = Submission.objects.create(
        submitted_by_id=editor[1],
        url="https://news.example/bridge",
        visibility="public",
        state=SubmissionState.FAILED,
        due_at=None,
        last_error="The page answered 404 Not Found.",
    )
    waiting = Claim.objects.waiting().with_stance_counts().filter(supporting__gt=0)
    open_claim, held = waiting[:2]
    write(held, User.objects.get(pk=editor[1]))
    desk = [
        *edited(open_claim, User.objects.get(pk=editor[1])),
        *looked_at(open_claim, User.objects.get(pk=editor[1])),
        *addresses(Article.objects.all(), open_claim, Verdict.objects.order_by("pk")),
        ("submission-failed", f"/submissions/{unread.public_id}/"),
        ("claim-held", f"/claims/{held.public_id}/"),
    ]
    return [
        ("login", "/login/?next=/desk/", []),
        *((name, address, [editor[0]]) for name, address in desk),
        *((name, address, [moderator[0]]) for name, address in administration()),
    ]


def logged_in(name: str, *, role: str = "") -> tuple[dict[str, str], int]:
    """A demo person's cookie and key."""
    from django.conf import settings
    from django.contrib.auth.models import Group
    from django.test import Client

    from factcheck.models import User

    person, _ = User.objects.get_or_create(
        username=name, defaults={"first_name": "Mona", "last_name": "(demo)"}
    )
    person.groups.add(*Group.objects.filter(name=role))
    client = Client()
    client.force_login(person)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session}
    return cookie | {"domain": "localhost", "path": "/"}, person.pk


def administration() -> Iterator[tuple[str, str]]:
    """The moderators' pages: one list, row and button of each kind."""
    from claims.models import Citation
    from factcheck.models import Publisher, User
    from sources.moderating import retract_source

    mona = User.objects.get(username="demo-mona")
    public = Citation.objects.filter(verdict__state="published", evidence__source__isnull=False)
    source = public.latest("pk").evidence.source_id
    retract_source(source, reason="Its author found a mistake in the sums.", by=mona)
    publisher = Publisher.objects.create(name="The Harbour Times")
    yield from watched(public.earliest("pk").evidence, mona)
    yield from providers_and_encoders()
    yield from (("attention", "/admin/"), ("stuck", "/admin/stuck/"))
    yield from (("providers", "/admin/providers/"), ("history", "/admin/factcheck/event/"))
    yield from (("people", "/admin/factcheck/user/"), ("claims", "/admin/claims/claim/"))
    yield from (("verdicts", "/admin/claims/verdict/"), ("sources", "/admin/sources/source/"))
    yield "source", f"/admin/sources/source/{source}/change/"
    yield "invite", "/admin/factcheck/user/act/invite/"
    yield "issue-key", f"/admin/factcheck/publisher/{publisher.pk}/act/issue-key/"
    yield from told(publisher, mona)


def told(publisher, mona) -> Iterator[tuple[str, str]]:
    """A publisher's endpoint, with notices that were taken, fail and were given up."""
    from claims.actions.endpoints import add_endpoint
    from claims.models import Delivery
    from claims.notices import CHOSEN

    address = "https://hooks.harbour-times.example/factcheck/newsroom/what-became-of-it"
    endpoint, _ = add_endpoint(publisher.pk, url=address, notices=CHOSEN, by=mona)
    ids = {"submission": "019ab2c4-7f30-7cc1-9d3e-5b0f4f8e2a11"}
    failed = {"status": 500, "last_error": "harbour-times.example answered with status 500."}
    for columns in (
        {"state": "sent", "status": 204, "due_at": None},
        {"failures": 2, **failed},
        {"state": "failed", "due_at": None, "failures": 7, **failed},
    ):
        Delivery.objects.create(endpoint=endpoint, notice="submission.ready", ids=ids, **columns)
    last = Delivery.objects.latest("pk")
    yield "endpoints", "/admin/claims/endpoint/"
    yield "endpoint", f"/admin/claims/endpoint/{endpoint.pk}/change/"
    yield "deliveries", f"/admin/claims/delivery/?endpoint={endpoint.pk}"
    yield "delivery", f"/admin/claims/delivery/{last.pk}/change/"
    yield "add-endpoint", f"/admin/factcheck/publisher/{publisher.pk}/act/add-endpoint/"


def providers_and_encoders() -> Iterator[tuple[str, str]]:
    """Providers that rest, and an encoder that reads the library anew."""
    from datetime import timedelta

    from django.db.models.functions import Now

    from sources.models import Encoding, EncodingState, OutsideProvider

    for name, said in (("gdelt", "answered with status 429"), ("crossref", "ReadTimeout")):
        OutsideProvider.objects.update_or_create(
            name=name,
            defaults={
                "failures": 4,
                "failed_at": Now(),
                "last_error": f"{name}: {said}",
                "rests_until": Now() + timedelta(minutes=4),
            },
        )
    Encoding.objects.get_or_create(encoder="larger/2", state=EncodingState.FILLING)
    yield "encoders", "/admin/sources/encoding/"
    yield "language-model", "/admin/language-model/"


def watched(evidence, mona) -> Iterator[tuple[str, str]]:
    """A cited source that changed, and feeds that are read, fail and are stopped."""
    from django.db.models.functions import Now

    from sources.models import Feed, Import, Page, Source
    from sources.storing import Document, store_documents
    from sources.subscribing import add_feed, stop_feed
    from sources.warc import response_record

    source, frozen = evidence.source, evidence.passage.snapshot
    text = frozen.text.replace(evidence.passage.text, "The figure was corrected after a recount.")
    record = response_record(
        source.url, status=200, headers=[], body=text.encode(), at=frozen.fetched_at
    )
    later = Document(
        title=source.title, text=text, outlet=source.outlet.name, url=source.url, record=record
    )
    (copy,) = store_documents([later])
    Source.objects.filter(pk=source.pk).update(
        changed_at=Now(),
        proposed_access="paywall",
        access_reason="The page says it is not accessible for free (schema.org).",
        archive_url=f"https://web.archive.org/web/20260301123005/{source.url}",
    )
    feeds = [
        add_feed(url=f"https://paper.example/{name}", outlet=source.outlet.name, by=mona)
        for name in ("sitemap.xml", "rss", "old.xml")
    ]
    Feed.objects.filter(pk=feeds[0].pk).update(kind="sitemap", read_at=Now(), named=4_812)
    Feed.objects.filter(pk=feeds[1].pk).update(
        kind="rss", failures=3, last_error="paper.example answered with status 503."
    )
    stop_feed(feeds[2].pk, by=mona)
    Page.objects.create(url=source.url, source=source, host="paper.example", state="kept")
    Page.objects.create(
        url="https://paper.example/members/2026/a-very-long-address-of-a-page-nobody-may-read",
        host="paper.example",
        feed=feeds[0],
        state="failed",
        problem="The server asks for payment (status 402).",
        due_at=None,
    )
    Import.objects.create(name="archive-2019.csv.gz", digest="a" * 64, rows=9, stored=7, rejected=2)
    yield "cited-source", f"/sources/{source.public_id}/"
    yield (
        "source-changes",
        f"/sources/{source.public_id}/changes/{frozen.public_id}/{copy.public_id}/",
    )
    yield "verdict-on-changed", f"/verdicts/{evidence.citations.latest('pk').verdict.public_id}/"
    yield "claim-on-changed", f"/claims/{evidence.claim.public_id}/"
    yield from (("feeds", "/admin/sources/feed/"), ("pages", "/admin/sources/page/"))
    yield from (("feed", f"/admin/sources/feed/{feeds[1].pk}/change/"),)
    yield from (("imports", "/admin/sources/import/"),)
    yield "subscribe", "/admin/sources/feed/act/add/"
    yield "source-changed", f"/admin/sources/source/{source.pk}/change/"


def write(claim, editor) -> None:
    """A verdict the editor has begun to write."""
    from claims.actions.evidence import accept_evidence
    from claims.actions.review import take_claim
    from claims.actions.verdicts import start_verdict

    take_claim(claim.pk, by=editor)
    for piece in claim.evidence.filter(shown=True):
        accept_evidence(piece.pk, piece.machine_stance, by=editor)
    start_verdict(claim.pk, by=editor)


def edited(claim, editor) -> Iterator[tuple[str, str]]:
    """The pages of claims that the editor split, merged and reworded, and the forms for it."""
    from claims.actions.dividing import Part, split_claim
    from claims.actions.evidence import accept_evidence
    from claims.actions.merging import merge_claims
    from claims.actions.review import reword_claim

    others = claim.article.claims.waiting().exclude(pk=claim.pk)
    split, kept, gone = others[:3]
    for piece in split.evidence.all()[:1]:
        accept_evidence(piece.pk, "supports", by=editor)
    halves = [Part(f"{split.text.rstrip('.')}, says the first part."), Part("The second part.")]
    made = split_claim(split.pk, halves, wording=1, version=1, by=editor)
    merge_claims(kept.pk, {gone.pk: 1}, wording=1, by=editor)
    reword_claim(kept.pk, f"Put otherwise: {kept.text}", wording=1, by=editor)
    for name, one in (("split", split), ("part", made[0]), ("kept", kept), ("merged", gone)):
        yield f"claim-{name}", f"/claims/{one.public_id}/"
    for name in ("split", "merge"):
        yield f"{name}-form", f"/claims/{claim.public_id}/{name}/"


def looked_at(claim, editor) -> Iterator[tuple[str, str]]:
    """A claim that others checked and that was searched for twice, and a copy of its article."""
    from claims.actions.checks import confirm_check, refuse_check
    from claims.actions.intake import Handed, submit
    from claims.models import Search
    from claims.tasks import gather_evidence
    from sources import registry
    from sources.actions import read_snapshots
    from sources.checking import store_checks
    from sources.models import PriorCheck
    from sources.reviews import reviews_in
    from sources.storing import Document, store_documents
    from tests.e2e import pipeline
    from tests.providers.reviews import feed, review

    ratings = ("Mostly false", "False: the count was of another month", "Not proven")
    checks = [
        review(
            url=f"https://checks.example/{number}",
            claimReviewed=f"{claim.text.rstrip('.')}, as was said at the fair.",
            reviewRating={"alternateName": rating},
            name="Did that happen as it is told? What the records say, and what they do not",
        )
        for number, rating in enumerate(ratings)
    ]
    store_checks(reviews_in(feed(*checks)), registry.encoder())
    confirmed, refused, _ = PriorCheck.objects.order_by("url")
    confirm_check(claim.pk, confirmed.pk, by=editor)
    refuse_check(claim.pk, refused.pk, by=editor)
    place = claim.appearances.latest("pk")
    said = f"“{place.quote.split(',')[0]} and nothing more,” the clerk wrote. {claim.text}"
    record = Document(
        title="The clerk's own record of that week, with all sums",
        outlet="City archive",
        url="https://archive.example/record",
        text=said.replace("1", "2").replace("4", "5"),
    )
    read_snapshots(store_documents([record]), registry.encoder())
    gather_evidence(Search.objects.create(claim=claim, wording=claim.wording, why="asked").pk)
    yield "claim-looked-at", f"/claims/{claim.public_id}/"
    copy = submit(
        Handed(text=f"{place.version.text}\n\nThe town counts 900 fishermen.", visibility="public"),
        by=editor,
    )
    pipeline.work()
    copy.refresh_from_db()
    yield "article-copy", f"/articles/{copy.version.article.public_id}/"


def objected(verdict) -> Iterator[tuple[str, str]]:
    """What a reader objects to in a verdict."""
    from claims.actions.objections import Objected, receive_objection

    words = "The table counts households and not people: see its second note, on page 4."
    said = Objected("wrong_fact", words, "https://port.example/2026", "Jo Reed", "jo@reed.example")
    objection = receive_objection(verdict.pk, said, by="a reader")
    yield "objections", "/desk/objections/"
    yield "objection", f"/objections/{objection.public_id}/"


def addresses(articles, claim, verdicts) -> Iterator[tuple[str, str]]:
    """Name and address of each page."""
    yield from (("articles", "/"), ("desk", "/desk/"))
    yield from (("my-work", "/desk/mine/"), ("approvals", "/desk/approvals/"))
    yield from (("hand-in", "/submit/"), ("not-found", "/nowhere/"))
    for number, article in enumerate(articles.order_by("pk"), start=1):
        yield f"article-{number}", f"/articles/{article.public_id}/"
    yield "claim", f"/claims/{claim.public_id}/"
    for verdict in verdicts:
        yield f"verdict-{verdict.state}", f"/verdicts/{verdict.public_id}/"
        if verdict.state == "published":
            yield "public", f"/c/{verdict.claim.public_id}/"
            yield "report-error", f"/c/{verdict.claim.public_id}/objection/"
            yield from objected(verdict)
            yield "claim-closed", f"/claims/{verdict.claim.public_id}/"


if __name__ == "__main__":
    sys.exit(main())
