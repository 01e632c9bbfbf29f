"""Addresses: ``work`` at ``/werk/``."""

from django.urls import path

from achterban.advocate.stakeholders.views import contacts as c
from achterban.advocate.stakeholders.views import functions as f
from achterban.advocate.stakeholders.views import imports as i
from achterban.advocate.stakeholders.views import keeping as k
from achterban.advocate.stakeholders.views import network as n
from achterban.advocate.stakeholders.views import parties as p
from achterban.advocate.stakeholders.views import relations as r
from achterban.advocate.stakeholders.views import remarks as m

work = [
    path("partijen/", p.party_list, name="party-list"),
    path("partijen/nieuw/", p.new_party, name="new-party"),
    path("partijen/<int:pk>/", p.party, name="party"),
    path("partijen/<int:pk>/verander/", p.change_party, name="change-party"),
    path("partijen/<int:pk>/haal-weg/", p.remove_party, name="remove-party"),
    path("contacten/", c.contact_list, name="contact-list"),
    path("contacten/nieuw/", c.new_contact, name="new-contact"),
    path("contacten/gaan-weg/", k.leaving_list, name="leaving"),
    path("contacten/<int:pk>/", c.contact, name="contact"),
    path("contacten/<int:pk>/overzicht/", k.copy, name="copy"),
    path("contacten/<int:pk>/verander/", c.change_contact, name="change-contact"),
    path("contacten/<int:pk>/wie-keek/", c.looks, name="looks"),
    path("contacten/<int:pk>/wis/", c.erase_contact, name="erase-contact"),
    path("contacten/<int:pk>/functie/", f.new_function, name="new-function"),
    path("contacten/<int:pk>/relatie/", r.new_relation, name="new-relation"),
    path("contacten/<int:pk>/dezelfde/", r.merge, name="merge"),
    path("relaties/<int:pk>/", r.relation, name="relation"),
    path("wie-kent-wie/", n.network, name="network"),
    path("wie-missen-wij/", n.missing, name="missing"),
    path("overheden/", i.import_list, name="import-list"),
    path("overheden/<int:pk>/", i.import_page, name="import"),
    path("contacten/<int:pk>/opmerking/", m.new_remark, name="new-remark"),
    path("opmerkingen/<int:pk>/", m.remark, name="remark"),
    path("functies/<int:pk>/", f.function, name="function"),
]
