"""Every address of the site."""

from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import include, path

from factcheck.health import healthz
from factcheck.login import Door, LoginForm

admin.site.login_form = LoginForm

urlpatterns = [
    path("", include("claims.urls")),
    path("api/v1/", include("claims.api.urls")),
    path("login/", Door.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
]
