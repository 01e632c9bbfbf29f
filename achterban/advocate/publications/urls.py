"""Addresses: ``work`` at ``/werk/``."""

from django.urls import path

from achterban.advocate.publications.views import promises as p
from achterban.advocate.publications.views import sending as s
from achterban.advocate.publications.views import signing as si
from achterban.advocate.publications.views import used as u
from achterban.advocate.publications.views import versions as v
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
    path("publicaties/<int:pk>/vraag/", s.ask, name="ask"),
    path("publicaties/<int:pk>/concept/", s.draft, name="draft"),
    path("publicaties/<int:pk>/verstuur/", s.send, name="send"),
    path("publicaties/<int:pk>/samen/", si.ask_to_sign, name="ask-to-sign"),
    path("ondertekenen/", si.signing_list, name="signing-list"),
    path("ondertekenen/<int:pk>/", si.sign, name="sign"),
    path("publicaties/<int:pk>/verbeter/", v.correct, name="correct"),
    path("publicaties/controleer/", v.check, name="check"),
    path("publicaties/over/<int:pk>/", u.with_issue, name="with-issue"),
    path("publicaties/over/<int:pk>/bewijsblad/", u.sheet, name="sheet"),
    path("publicaties/dossier/<int:pk>/", u.with_dossier, name="with-dossier"),
    path("publicaties/signaal/<int:pk>/", u.with_report, name="with-report"),
    path("publicaties/met/<int:pk>/", u.with_claim, name="with-claim"),
    path("publicaties/toezegging/<int:pk>/", p.with_promise, name="with-promise"),
    path("publicaties/wachten/", p.owing_list, name="owing"),
    path("publicaties/wachten/<int:pk>/", p.with_party, name="with-party"),
    path("publicaties/begin/", p.first_words_list, name="first-words-list"),
    path("publicaties/begin/<str:aim>/", p.change_first_words, name="first-words"),
    path("versies/<int:pk>/", v.version, name="version"),
    path("versies/<int:pk>/zin/<int:n>/", v.trace, name="trace"),
    path("versies/<int:pk>/<str:form>/", v.file, name="file"),
]
