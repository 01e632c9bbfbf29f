"""Addresses of this room, all below ``/mijn/``."""

from django.urls import path

from achterban.core.mine.views import mine as m
from achterban.core.mine.views import public as p

public = [
    path("inloggen/", p.enter, name="enter"),
    path("binnen/", p.come_in, name="come-in"),
    path("binnen/<str:token>/", p.link, name="link"),
]

mine = [
    path("account/", m.account, name="account"),
    path("uit/", m.leave, name="leave"),
]
