"""Addresses of the look, the same for every organisation."""

from django.urls import path

from achterban.core.organisations import views as v

public = [
    path("kleur/<slug:colour>.css", v.colour, name="colour"),
    path("logo/<slug:name>.png", v.logo, name="logo"),
]
