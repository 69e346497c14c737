"""How long each page takes with 2,000 articles, 40,000 claims and 200,000 pieces of evidence,
and with a document brought to each claim.

``python -m benchmarks.pages`` (``--articles 40`` for a quick look) fills throwaway servers, asks
for each page as a logged-in moderator and prints queries, p50 and p95 in milliseconds of the
server's own time. There is no peer: no other workspace holds claims inside
articles; the bound is the product's own promise of 12 queries and 150 ms.
"""

# ruff: noqa: PLC0415 - models can be imported only once the servers are there

import argparse
import os
import secrets
import statistics
import subprocess
import sys
import time

from factcheck.embedded.servers import throwaway_servers

ARTICLES, CLAIMS_EACH, EVIDENCE_EACH = 2_000, 20, 5
EVENTS_EACH = 100  # of an article
ROUNDS = 40

SENTENCE = "Forty boats left the harbour on Monday number "


def fill(articles: int) -> str:
    """The statements that fill the tables of a workspace with so many articles."""
    return f"""
INSERT INTO factcheck_user (username, password, is_superuser, is_staff, is_active, first_name,
        last_name, email, date_joined)
    VALUES ('ada', '!', false, false, true, 'Ada', '', '', now());
INSERT INTO factcheck_user_groups (user_id, group_id)
    SELECT u.id, g.id FROM factcheck_user u, auth_group g WHERE g.name = 'Moderators';

INSERT INTO claims_article (visibility, owner_id, canonical_url, external_id, claim_order,
        created_at)
    SELECT 'confidential', (SELECT id FROM factcheck_user), '', '', '{{}}', now()
    FROM generate_series(1, {articles});
INSERT INTO claims_articleversion (article_id, number, title, byline, outlet, language, text,
        blocks, bands, digest, extractor, state, dropped, notes, splitter, created_at, due_at,
        attempts, failures, last_error)
    SELECT a.id, 1, 'Article ' || a.id, 'A. Writer', 'The Tide', 'en',
        (SELECT string_agg('{SENTENCE}' || lpad(n::text, 2, '0') || '.', ' ' ORDER BY n)
         FROM generate_series(1, {CLAIMS_EACH}) n),
        '[]', '{{}}', repeat('a', 64), 'as pasted', 'split', '[]', '{{}}', 'bench', now(),
        NULL, 0, 0, ''
    FROM claims_article a;
INSERT INTO claims_party (name, kind)
    SELECT 'Official ' || n, 'person' FROM generate_series(1, 500) n;
INSERT INTO claims_claim (article_id, text, wording, kind, target, desk, check_worthiness,
        reasons, needs_context, read_with, claimant_id, splitter, state, outcome, dismissal, note,
        priority, created_at)
    SELECT v.article_id, 'Claim ' || n || ' of article ' || v.article_id || ' about boats.', 1,
        'quantity', 'content', true, random(), '{{number,date}}', false, '',
        (SELECT min(id) FROM claims_party) + (v.id * n) % 500, 'bench',
        CASE WHEN n % 5 = 0 THEN 'dismissed' ELSE 'open' END, '',
        CASE WHEN n % 5 = 0 THEN 'vague' ELSE '' END, '', 0, now()
    FROM claims_articleversion v, generate_series(1, {CLAIMS_EACH}) n;
WITH placed AS (
    SELECT c.id, v.id AS version_id, v.text,
        (row_number() OVER (PARTITION BY v.id ORDER BY c.id) - 1) * {len(SENTENCE) + 4} AS start
    FROM claims_claim c JOIN claims_articleversion v ON v.article_id = c.article_id)
INSERT INTO claims_appearance (claim_id, version_id, quote, prefix, suffix, start, "end", anchor)
    SELECT id, version_id, substr(text, start::int + 1, {len(SENTENCE) + 3}), '', '', start,
        start + {len(SENTENCE) + 3}, 'exact'
    FROM placed;
INSERT INTO claims_search (claim_id, wording, why, outside, "only", queries, providers, versions,
        passages_read, started_at, finished_at, created_at, due_at, attempts, failures, last_error)
    SELECT id, 1, 'new_claim', false, '', '[]',
        '[{{"provider": "library", "found": 9, "seconds": 0.2, "error": ""}}]', '{{}}', 20, now(),
        now(), now(), NULL, 0, 0, ''
    FROM claims_claim;

INSERT INTO sources_outlet (name, kind, reliability_note, origin_group, blocked)
    SELECT 'Outlet ' || n, 'news', '', '', false FROM generate_series(1, 200) n;
INSERT INTO sources_source (url, title, outlet_id, kind, access, language, interests, archive_url,
        retraction, proposed_access, access_reason, gone, created_at)
    SELECT 'https://outlet.example/' || n, 'Report ' || n,
        (SELECT min(id) FROM sources_outlet) + n % 200, 'article', 'open', 'en', '', '', '', '', '',
        '', now()
    FROM generate_series(1, 5000) n;
INSERT INTO sources_snapshot (source_id, fetched_at, digest, content_type, headers, text,
        extractor, credit)
    SELECT id, now(), repeat('b', 64), 'text/plain', '{{}}', repeat('The count was 40 boats. ', 12),
        'bench', ''
    FROM sources_source;
INSERT INTO sources_passage (snapshot_id, start, "end", text, digest, language, search, words)
    SELECT id, 0, length(text), text, repeat('c', 64), 'en', to_tsvector('english', text), 60
    FROM sources_snapshot;
INSERT INTO claims_evidence (claim_id, wording, search_id, kind, source_id, passage_id,
        passage_digest, title, body, machine_stance, confidence, shown, relation, relation_reason,
        why, state, stance, rejection, publication, created_at)
    SELECT s.claim_id, 1, s.id, 'passage', p.snapshot_id - o.snapshots + o.sources, p.id,
        repeat('c', 64), '', '',
        (ARRAY['supports', 'contradicts', 'neutral'])[1 + n % 3], 0.9, n % 3 <> 2, 'independent',
        '', '{{}}', 'suggested', '', '', 'full', now()
    FROM claims_search s CROSS JOIN generate_series(1, {EVIDENCE_EACH}) n
    CROSS JOIN (SELECT min(id) AS snapshots, (SELECT min(id) FROM sources_source) AS sources
                FROM sources_snapshot) o
    JOIN sources_passage p ON p.id = (SELECT min(id) FROM sources_passage)
        + (s.id * 7 + n * 911) % 5000;
INSERT INTO factcheck_event (position, at, verb, user_id, component, object_type, object_id, thread,
        data, previous, digest)
    SELECT n, now(), (ARRAY['claim.taken', 'evidence.accepted', 'search.finished'])[1 + n % 3],
        CASE WHEN n % 3 < 2 THEN (SELECT id FROM factcheck_user) END,
        CASE WHEN n % 3 = 2 THEN 'searcher' ELSE '' END, 'claim', c.public_id, c.public_id,
        '{{"stance": "supports"}}', '', 'not a digest ' || n
    FROM generate_series(1, {EVENTS_EACH * articles}) n
    JOIN claims_claim c ON c.id = (SELECT min(id) FROM claims_claim) + n % {CLAIMS_EACH * articles};
INSERT INTO claims_bringing (claim_id, wording, url, file, file_name, content_type, outlet,
        brought_by_id, state, snapshot_id, offers, created_at, due_at, attempts, failures,
        last_error)
    SELECT c.id, 1, '', 'Boats.', 'log.txt', 'text/plain', '', (SELECT id FROM factcheck_user),
        'ready', p.snapshot_id,
        jsonb_build_array(jsonb_build_object('passage', p.id, 'start', 0, 'end', length(p.text),
            'text', p.text, 'digest', p.digest, 'stance', 'neutral', 'confidence', 0.5,
            'shown', false, 'rationale', NULL, 'relation', 'independent', 'why', '{{}}'::jsonb)),
        now(), NULL, 0, 0, ''
    FROM claims_claim c
    JOIN sources_passage p ON p.id = (SELECT min(id) FROM sources_passage) + c.id % 5000;
"""


def main() -> int:
    """Fill servers, then measure in a process that sees them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--articles", type=int, default=ARTICLES, help=f"{ARTICLES:,} by default")
    articles = parser.parse_args().articles
    if os.environ.get("BENCHMARK_PAGES"):
        return measure(articles)
    with throwaway_servers() as servers:
        environment = os.environ | servers.environment
        environment |= {"SECRET_KEY": secrets.token_urlsafe(50), "BENCHMARK_PAGES": "yes"}
        environment |= {"LOG_LEVEL": "ERROR"}  # a line for each request would bury the table
        command = [sys.executable, "-m", "benchmarks.pages", f"--articles={articles}"]
        return subprocess.run(command, check=False, env=environment).returncode


def measure(articles: int) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    started = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute(fill(articles))
        cursor.execute("VACUUM ANALYZE")  # as autovacuum does within a minute
        for table in ("claims_article", "claims_claim", "claims_evidence", "claims_bringing"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            print(f"{table:20} {cursor.fetchone()[0]:>9,}")
    print(f"filled in {time.monotonic() - started:.0f} s")

    from factcheck.models import User

    client = Client()
    client.force_login(User.objects.get())
    print(f"{'page':55} {'queries':>7} {'p50 ms':>7} {'p95 ms':>7}")
    for page in addresses():
        show(client, page, connection)
    return 0


def addresses() -> list[str]:
    """The pages that are asked for."""
    from claims.models import Article, Claim
    from factcheck.models import Event

    article = Article.objects.order_by("pk")[Article.objects.count() // 2]
    claim = Claim.objects.filter(article=article).first()
    return [
        "/",
        "/?page=70",
        f"/articles/{article.public_id}/",
        "/desk/",
        "/desk/?state=all",
        "/desk/?state=open&page=600",
        "/desk/?state=all&page=790",
        "/desk/?state=all&headline=article+150",
        "/desk/?state=all&words=article+1500",
        "/desk/?state=all&claimant=official+77&kind=quantity",
        "/desk/mine/",
        "/desk/approvals/",
        f"/claims/{claim.public_id}/",
        "/admin/",
        "/admin/stuck/",
        "/admin/providers/",
        "/admin/claims/claim/",
        "/admin/claims/claim/?q=article+1500&p=2",
        f"/admin/claims/claim/{claim.pk}/change/",
        "/admin/claims/article/?q=article+15",
        "/admin/claims/verdict/?rests_on=retracted",
        "/admin/sources/source/?q=report+4",
        f"/admin/factcheck/event/?p={min(40, -(-Event.objects.count() // 100))}",
        "/admin/factcheck/event/?about=evidence&by=person",
        f"/admin/factcheck/event/?q={claim.public_id}",
        f"/documents/{claim.bringings.get().public_id}/",
    ]


def show(client, page, connection):
    asked = []

    def count(execute, *query):
        asked.append(query)
        return execute(*query)

    with connection.execute_wrapper(count):
        assert client.get(page).status_code == 200
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        client.get(page)
        times.append(1000 * (time.perf_counter() - started))
    p95 = statistics.quantiles(times, n=20)[-1]
    name = page if len(page) < 55 else page[:52] + "..."
    print(f"{name:55} {len(asked):7} {statistics.median(times):7.0f} {p95:7.0f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
