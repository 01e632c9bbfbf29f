"""Addresses: ``work`` at ``/werk/``."""

from django.urls import path

from achterban.core.vocabulary.views import work as w

work = [
    path("organisatie/woorden/", w.term_list, name="term-list"),
    path("organisatie/woorden/<slug:kind>/nieuw/", w.new_term, name="new-term"),
    path("organisatie/woorden/<slug:kind>/<slug:code>/", w.change_term, name="term"),
]
