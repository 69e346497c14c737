"""The addresses of the workspace."""

from django.urls import path

from claims.views import articles

app_name = "claims"

urlpatterns = [
    path("", articles.article_list, name="articles"),
    path("articles/<uuid:article_id>/", articles.article, name="article"),
    path("articles/<uuid:article_id>/<int:number>/", articles.article, name="version"),
    path("articles/<uuid:article_id>/progress/", articles.progress, name="progress"),
    path("articles/<uuid:article_id>/split-again/", articles.split_again, name="split_again"),
    path("submissions/<uuid:submission_id>/", articles.submission, name="submission"),
    path("submissions/<uuid:submission_id>/read-again/", articles.read_again, name="read_again"),
]
