"""Addresses of this room, all below ``/mijn/``."""

from django.urls import path

from achterban.core.mine.views import mine as m
from achterban.core.mine.views import public as p

public = [
    path("inloggen/", p.enter, name="enter"),
    path("passkey/", p.passkey, name="passkey"),
    path("binnen/", p.come_in, name="come-in"),
    path("binnen/<str:token>/", p.link, name="link"),
]

mine = [
    path("account/", m.account, name="account"),
    path("account/passkey/", m.add_passkey, name="add-passkey"),
    path("account/passkey/weg/", m.remove_passkey, name="remove-passkey"),
    path("uit/", m.leave, name="leave"),
]
