"""Addresses of the doorstep."""

from django.urls import path

from achterban.portal.home.views import branches as b
from achterban.portal.home.views import look as l
from achterban.portal.home.views import public as p
from achterban.portal.home.views import umbrella as u
from achterban.portal.home.views import work as w

public = [
    path("", p.home, name="home"),
    path("privacy/", p.privacy, name="privacy"),
    path("toegankelijk/", p.accessibility, name="accessibility"),
    path("weergave/", p.preferences, name="preferences"),
    path("huisstijl/", p.style, name="style"),
    path("gezond/", p.health, name="health"),
]

work = [
    path("", w.start, name="work"),
    path("organisatie/", w.organisation, name="organisation"),
    path("organisatie/afdelingen/", b.branch_list, name="branches"),
    path("organisatie/afdelingen/nieuw/", b.new_branch, name="new-branch"),
    path("organisatie/afdelingen/<int:pk>/", b.branch, name="branch"),
    path(
        "organisatie/afdelingen/<int:pk>/weg/", b.take_branch_away, name="remove-branch"
    ),
    path("organisatie/koepel/", u.umbrella, name="umbrella"),
    path("organisatie/koepel/<int:pk>/", u.joining, name="joining"),
    path("organisatie/teksten/", w.own_words, name="own-words"),
    path("organisatie/huisstijl/", l.house_style, name="house-style"),
    path("organisatie/logo/", l.logo, name="house-logo"),
    path("hulp/", w.handbook, name="handbook"),
]
