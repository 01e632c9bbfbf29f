"""Addresses of the helpline; they do not say what a term is about."""

from django.urls import path, register_converter

from achterban.support.helpline.views import terms as t


class DayConverter:
    """A day as 2026-03-01; 30 February has no page."""

    regex = r"\d{4}-\d{2}-\d{2}"
    to_python = staticmethod(t.day_of)
    to_url = staticmethod(str)


register_converter(DayConverter, "day")

public = [
    path("termijn/", t.groups, name="terms"),
    path("termijn/soort/<int:n>/", t.group, name="term-group"),
    path("termijn/<int:n>/", t.term, name="term"),
    path("termijn/agenda/<day:safe>/<day:last>/", t.diary, name="term-diary"),
]
