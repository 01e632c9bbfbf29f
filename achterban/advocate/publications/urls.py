"""Addresses: ``work`` at ``/werk/``."""

from django.urls import path

from achterban.advocate.publications.views import work as w
from achterban.advocate.publications.views import writing as wr

work = [
    path("publicaties/", w.publication_list, name="list"),
    path("publicaties/nieuw/", w.new_publication, name="new"),
    path("publicaties/<int:pk>/", w.publication, name="publication"),
    path("publicaties/<int:pk>/schrijf/", wr.write, name="write"),
    path("publicaties/<int:pk>/schrijf/bewaar/", wr.keep, name="keep"),
    path("publicaties/<int:pk>/gegevens/", w.change_facts, name="facts"),
    path("publicaties/<int:pk>/weg/", w.drop, name="drop"),
]
