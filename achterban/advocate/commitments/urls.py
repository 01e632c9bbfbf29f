"""Addresses: ``public`` at ``/``, ``work`` at ``/werk/``."""

from django.urls import path

from achterban.advocate.commitments.views import public as p
from achterban.advocate.commitments.views import showing as s
from achterban.advocate.commitments.views import work as w
from achterban.advocate.commitments.views import writing as wr

public = [
    path("toezeggingen/", p.promise_list, name="public-list"),
    path("toezeggingen/<int:pk>/", p.promise, name="public"),
    path("toezeggingen.<str:form>", p.open_data, name="open-data"),
]
work = [
    path("toezeggingen/", w.commitment_list, name="list"),
    path("toezeggingen/<int:pk>/", w.commitment, name="commitment"),
    path("toezeggingen/<int:pk>/verander/", wr.change, name="change"),
    path("toezeggingen/<int:pk>/openbaar/", s.publicity, name="publicity"),
    path("toezeggingen/<int:pk>/stap/", w.step, name="step"),
    path("toezeggingen/<int:pk>/termijn/", wr.move, name="move"),
    path("toezeggingen/keer/<int:pk>/", w.occurrence, name="occurrence"),
    path("gesprekken/<int:pk>/toezeggingen/", w.with_meeting, name="with-meeting"),
    path("dossiers/<int:pk>/toezeggingen/", w.with_dossier, name="with-dossier"),
    path("dossiers/<int:pk>/toezeggingen/nieuw/", wr.new, name="new"),
    path("dossiers/<int:pk>/toezeggingen/lees/", wr.read, name="read"),
]
