"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from factcheck.account import Account
from factcheck.entering import role_not_required
from factcheck.forgotten import new_password
from factcheck.health import healthz
from factcheck.joining import invitation
from factcheck.login import Door, WayOut
from factcheck.security import security_txt

urlpatterns = [
    path("", include("claims.urls")),
    path("api/v1/", include("claims.api.urls")),
    path("login/", Door.as_view(), name="login"),
    path("logout/", WayOut.as_view(), name="logout"),
    path("account/", role_not_required(Account.as_view()), name="account"),
    path("invitation/<uuid:person_id>/<str:token>/", invitation, name="invitation"),
    path("new-password/<uuid:person_id>/<str:token>/", new_password, name="new_password"),
    path("healthz", healthz, name="healthz"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("admin/", admin.site.urls),
]

handler500 = "factcheck.away.broken"
