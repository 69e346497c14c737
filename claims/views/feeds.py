"""What was published, corrected and withdrawn last, as feeds: Atom, RSS and JSON Feed."""

import json
import re
from datetime import datetime
from typing import IO, Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import (
    Atom1Feed,
    Rss201rev2Feed,
    SyndicationFeed,
    rfc3339_date,
)
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from claims.reading.public import organisation_of_settings
from claims.reading.published import Change, changes
from claims.views.keeping import KEPT, known_by_etag
from claims.views.origins import any_origin

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What may stand in a text of ours, but in no XML document."""


@login_not_required
@any_origin
@require_safe
@cache_control(public=True, max_age=KEPT)
@known_by_etag
def atom(request: HttpRequest) -> HttpResponse:
    """The newest publications, corrections and withdrawals as an Atom feed."""
    return Changes("claims:feed_atom", Atom1Feed)(request)


@login_not_required
@any_origin
@require_safe
@cache_control(public=True, max_age=KEPT)
@known_by_etag
def rss(request: HttpRequest) -> HttpResponse:
    """The newest publications, corrections and withdrawals as an RSS feed."""
    return Changes("claims:feed_rss", RssFeed)(request)


@login_not_required
@any_origin
@require_safe
@cache_control(public=True, max_age=KEPT)
@known_by_etag
def json_feed(request: HttpRequest) -> HttpResponse:
    """The newest publications, corrections and withdrawals as a JSON Feed."""
    return Changes("claims:feed_json", JsonFeed)(request)


class RssFeed(Rss201rev2Feed):
    """RSS 2.0, whose entries say in Atom's word when they changed: RSS has none for it."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Write one entry."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))


class JsonFeed(SyndicationFeed):
    """JSON Feed 1.1."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: IO[bytes], encoding: str) -> None:
        """Write all of the feed."""
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "description": self.feed["subtitle"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "language": self.feed["language"],
            "authors": [{"name": self.feed["author_name"], "url": self.feed["author_link"]}],
            "items": [
                {
                    "id": item["unique_id"],
                    "url": item["link"],
                    "title": item["title"],
                    "content_html": item["description"],
                    "date_published": rfc3339_date(item["pubdate"]),
                    "date_modified": rfc3339_date(item["updateddate"]),
                    "tags": list(item["categories"]),
                }
                for item in self.items
            ],
        }
        outfile.write(json.dumps(feed, ensure_ascii=False).encode(encoding))


class PublicFeed(Feed):
    """A feed of this site, at its public address whatever was asked, under its own name."""

    page: str
    told: str
    subtitle: str
    item_guid_is_permalink = False

    def __init__(self, address: str, feed_type: type[SyndicationFeed]) -> None:
        organisation = organisation_of_settings()
        self.feed_url = settings.SITE_URL + reverse(address)
        self.feed_type = feed_type
        self.link = settings.SITE_URL + reverse(self.page)
        self.title = f"{self.told} by {organisation.name}"
        self.author_name = organisation.name
        self.author_link = organisation.home
        self.language = settings.PUBLICATION_LANGUAGE
        self.description = self.subtitle  # what RSS calls it


class Changes(PublicFeed):
    """One entry a claim, which keeps its id when its verdict is corrected or withdrawn."""

    page = "claims:published"
    told = "Fact-checks"
    subtitle = "Verdicts as they are published, corrected and withdrawn."

    def items(self) -> list[Change]:
        """The entries, the last changed first."""
        return changes()

    def item_title(self, item: Change) -> str:
        """The rating and the claim; of what was withdrawn, that it was."""
        verdict = item.verdict
        found = "Withdrawn" if item.is_withdrawn else verdict.rating_label
        return for_xml(f"{found}: {verdict.claim_text}")

    def item_description(self, item: Change) -> str:
        """What was found, as HTML."""
        return for_xml(render_to_string("claims/_feed_entry.html", {"change": item}).strip())

    def item_link(self, item: Change) -> str:
        """The public page."""
        return settings.SITE_URL + reverse("claims:public", args=[item.verdict.claim.public_id])

    def item_guid(self, item: Change) -> str:
        """The claim's own id: it survives every version, and the site's moving house."""
        return f"urn:uuid:{item.verdict.claim.public_id}"

    def item_pubdate(self, item: Change) -> datetime:
        """When there was a public verdict on the claim first."""
        return item.first_at

    def item_updateddate(self, item: Change) -> datetime:
        """When it was published, corrected or withdrawn, the last of them."""
        return item.at

    def item_categories(self, item: Change) -> list[str]:
        """The rating, while it stands."""
        return [] if item.is_withdrawn else [item.verdict.rating_label]


def for_xml(text: str) -> str:
    """A text without the characters that no XML document may hold."""
    return _NOT_XML.sub("", text)
