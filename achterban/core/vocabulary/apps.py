"""The room as Django knows it."""

from django.apps import AppConfig


class VocabularyConfig(AppConfig):
    """Knows the words."""

    name = "achterban.core.vocabulary"
    label = "vocabulary"
