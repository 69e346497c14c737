"""What search engines are told: where they may go, and every verdict that stands."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemaps
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from claims.models import Verdict
from claims.reading.published import changed_at, standing
from claims.views.keeping import KEPT, known_by_etag

LISTS = ["published", "corrections"]


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: what is public, and nothing else."""
    public = [reverse(f"claims:{name}") for name in ("published", "oembed", "sitemap")]
    lines = [
        "User-agent: *",
        # Without their styles pages are not understood.
        *(f"Allow: {path}" for path in [*public, settings.STATIC_URL]),
        "Disallow: /",
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('claims:sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
@cache_control(public=True, max_age=KEPT)
@known_by_etag
def sitemap(request: HttpRequest) -> TemplateResponse:
    """The address of every verdict that stands and of the lists of them, for search engines."""
    return sitemaps.sitemap(
        request, {"lists": Lists, "verdicts": Standing}, template_name="claims/sitemap.xml"
    )


class PublicSitemap(Sitemap):
    """Pages at the public address of the site, whatever was asked."""

    def get_protocol(self, protocol: str | None = None) -> str:
        """That of the public address."""
        return settings.SITE_URL.partition("://")[0]

    def get_domain(self, site: object = None) -> str:
        """That of the public address."""
        return settings.SITE_URL.partition("://")[2]


class Lists(PublicSitemap):
    """The lists that lead to every public verdict."""

    def items(self) -> list[tuple[str, datetime | None]]:
        """Their names, and when anything public changed last: also a withdrawal does that."""
        changed = changed_at()
        return [(name, changed) for name in LISTS]

    def location(self, item: tuple[str, datetime | None]) -> str:
        """The path of the list."""
        return reverse(f"claims:{item[0]}")

    def lastmod(self, item: tuple[str, datetime | None]) -> datetime | None:
        """When it changed."""
        return item[1]


class Standing(PublicSitemap):
    """The public pages of the verdicts that stand, the newest: 50,000 addresses may be told."""

    limit = 50_000 - len(LISTS)

    def items(self) -> QuerySet[Verdict]:
        """The verdicts, the newest first."""
        return standing()

    def location(self, item: Verdict) -> str:
        """The path of the public page."""
        return reverse("claims:public", args=[item.claim.public_id])

    def lastmod(self, item: Verdict) -> datetime | None:
        """When it was published; a correction is published anew."""
        return item.published_at
