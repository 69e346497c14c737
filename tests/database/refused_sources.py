"""What the database refuses of imports, feeds, pages and archives."""

from sources.models import Import
from tests.database.refusals import rows

DIGEST = "a" * 64


def importing(**columns):
    return Import.objects.create(**{"name": "news.csv", "digest": DIGEST} | columns)


rows("import_one_open_per_file", lambda: (importing(), importing()))
rows("import_counts_every_row", lambda: importing(rows=3, stored=1, rejected=1))
rows("import_digest_is_sha256", lambda: importing(digest="md5"))
