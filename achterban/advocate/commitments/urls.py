"""Addresses: ``public`` at ``/``, ``work`` at ``/werk/``."""

from django.urls import path

from achterban.advocate.commitments.views import following as f
from achterban.advocate.commitments.views import motions as m
from achterban.advocate.commitments.views import public as p
from achterban.advocate.commitments.views import showing as s
from achterban.advocate.commitments.views import talking as t
from achterban.advocate.commitments.views import work as w
from achterban.advocate.commitments.views import writing as wr

public = [
    path("toezeggingen/", p.promise_list, name="public-list"),
    path("toezeggingen/<int:pk>/", p.promise, name="public"),
    path("toezeggingen.<str:form>", p.open_data, name="open-data"),
]
work = [
    path("toezeggingen/", w.commitment_list, name="list"),
    path("toezeggingen/kalender/", t.calendar, name="calendar"),
    path("toezeggingen/reces/", t.recesses, name="recesses"),
    path("toezeggingen/reces/<int:pk>/", t.recess, name="recess"),
    path("toezeggingen/<int:pk>/", w.commitment, name="commitment"),
    path("toezeggingen/<int:pk>/overleg/", t.consultation, name="consultation"),
    path("toezeggingen/<int:pk>/verander/", wr.change, name="change"),
    path("toezeggingen/<int:pk>/openbaar/", s.publicity, name="publicity"),
    path("toezeggingen/<int:pk>/stap/", w.step, name="step"),
    path("toezeggingen/<int:pk>/termijn/", wr.move, name="move"),
    path("toezeggingen/<int:pk>/vindplaats/", wr.place, name="place"),
    path("toezeggingen/<int:pk>/besluit/", f.new_decision, name="new-decision"),
    path("toezeggingen/besluit/<int:pk>/", f.decision, name="decision"),
    path("toezeggingen/<int:pk>/uitvoering/", f.new_execution, name="new-execution"),
    path("toezeggingen/uitvoering/<int:pk>/", f.execution, name="execution"),
    path("toezeggingen/keer/<int:pk>/", w.occurrence, name="occurrence"),
    path("toezeggingen/keer/<int:pk>/plan/", t.plan, name="plan"),
    path("gesprekken/<int:pk>/toezeggingen/", w.with_meeting, name="with-meeting"),
    path("dossiers/<int:pk>/toezeggingen/", w.with_dossier, name="with-dossier"),
    path("dossiers/<int:pk>/toezeggingen/nieuw/", wr.new, name="new"),
    path("dossiers/<int:pk>/toezeggingen/moties/", m.motions, name="motions"),
    path("dossiers/<int:pk>/toezeggingen/lees/", wr.read, name="read"),
]
