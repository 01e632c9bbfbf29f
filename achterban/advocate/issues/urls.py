"""Addresses: ``work`` at ``/werk/``."""

from django.urls import path

from achterban.advocate.issues.views import claims as c
from achterban.advocate.issues.views import documents as d
from achterban.advocate.issues.views import figures as f
from achterban.advocate.issues.views import personas as p
from achterban.advocate.issues.views import standing_out as s
from achterban.advocate.issues.views import work as w

work = [
    path("knelpunten/", w.issue_list, name="issue-list"),
    path("knelpunten/nieuw/", w.new_issue, name="new-issue"),
    path("knelpunten/<int:pk>/", w.issue, name="issue"),
    path("knelpunten/<int:pk>/verander/", w.change_issue, name="change-issue"),
    path("knelpunten/bij/<int:pk>/", w.alike, name="alike"),
    path("knelpunten/<int:pk>/getal/", f.figure, name="figure"),
    path("knelpunten/<int:pk>/persona/", p.new_persona, name="new-persona"),
    path("personas/<int:pk>/", p.persona, name="persona"),
    path("personas/<int:pk>/verander/", p.change_persona, name="change-persona"),
    path("knelpunten/<int:pk>/stelling/", c.new_claim, name="new-claim"),
    path("waar-valt-iets-op/", s.standing_out, name="standing-out"),
    path("stellingen/<int:pk>/", c.claim, name="claim"),
    path("stellingen/<int:pk>/verander/", c.change_claim, name="change-claim"),
    path("stellingen/<int:pk>/haal-aan/", c.cite, name="cite"),
    path("stellingen/<int:pk>/getal/", f.cite_figure, name="cite-figure"),
    path("stellingen/<int:pk>/document/", d.cite_document, name="cite-document"),
    path("bewijs/<int:pk>/", d.cited_page, name="cited-page"),
    path("documenten/", d.document_list, name="document-list"),
    path("documenten/<int:pk>/", d.document, name="document"),
    path("stellingen/<int:pk>/bron/", c.cite_source, name="cite-source"),
]
