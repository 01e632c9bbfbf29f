"""Addresses of the open API; what each answers stands in ``endpoints.py``."""

from django.urls import path, re_path

from achterban.portal.api.views import BASE, door

public = [
    path(f"{BASE}openapi.json", door, name="description"),
    path(f"{BASE}soorten", door, name="kinds"),
    path(f"{BASE}soorten/<slug:soort>", door, name="kind"),
    path(f"{BASE}berekeningen", door, name="calculations"),
    path(f"{BASE}dwangsommen", door, name="penalties"),
    path(f"{BASE}dagen/<int:jaar>", door, name="days"),
    re_path("^api/", door, name="nowhere"),
]
