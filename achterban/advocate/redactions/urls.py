"""Addresses: ``public`` at ``/``, ``work`` at ``/werk/``."""

from django.urls import path

from achterban.advocate.redactions.views import deciding as d
from achterban.advocate.redactions.views import public as p
from achterban.advocate.redactions.views import releasing as r
from achterban.advocate.redactions.views import work as w

public = [
    path("openbaar/", p.public_list, name="public-list"),
    path("openbaar/<int:pk>/", p.public, name="public"),
    path("openbaar/<int:pk>/<str:form>/", p.public_file, name="public-file"),
]
work = [
    path("openbare-versies/", w.redaction_list, name="list"),
    path("openbare-versies/<int:pk>/", w.redaction, name="redaction"),
    path("openbare-versies/<int:pk>/nakijken/", d.review, name="review"),
    path("openbare-versies/<int:pk>/vrijgeven/", r.release, name="release"),
    path("openbare-versies/<int:pk>/intrekken/", r.withdraw, name="withdraw"),
    path("openbare-versies/<int:pk>/weg/", d.drop, name="drop"),
    path("dossiers/<int:pk>/openbare-versies/", w.with_dossier, name="with-dossier"),
    path("dossiers/<int:pk>/openbare-versies/nieuw/", d.new, name="new"),
]
