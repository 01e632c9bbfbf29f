"""The room as Django knows it."""

from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    """Knows where people met."""

    name = "achterban.people.gatherings"
    label = "gatherings"
