"""The site moderators work on: its pages beside the tables, and who may come in."""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path, reverse

from factcheck.administration import pages
from factcheck.moderation import is_moderator

NOT_OURS = {
    "app_list",
    "password_change",
    "password_change_done",
    "autocomplete",
    "jsi18n",
    "view_on_site",
}
"""Pages of Django's that nothing here leads to."""


class Administration(AdminSite):
    """Open to whoever may moderate, and to nobody for being "staff"."""

    site_title = "Factcheck"
    site_header = "Moderation"
    index_title = "What needs attention"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Moderators and superusers."""
        return is_moderator(request)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead strangers to the one login there is; tell others that their role is not enough."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(reverse("admin:index"), settings.LOGIN_URL)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Put our own pages before Django's."""
        view = self.admin_view
        kept = [url for url in super().get_urls() if getattr(url, "name", "") not in NOT_OURS]
        return [
            path("", view(pages.attention), name="index"),
            path("stuck/", view(pages.stuck), name="stuck"),
            path("stuck/<str:model>/<int:key>/retry/", view(pages.retry), name="retry"),
            path("stuck/handed-in/<int:key>/set-aside/", view(pages.set_aside), name="set_aside"),
            path("providers/", view(pages.providers), name="providers"),
            path("language-model/", view(pages.language_model), name="language_model"),
            path("history/check/", view(pages.check_history), name="check_history"),
            *kept,
        ]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Nothing: the sections on each page lead to every table."""
        return []
