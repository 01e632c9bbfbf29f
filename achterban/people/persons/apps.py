"""The room as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PersonsConfig(AppConfig):
    """Hears when keys are destroyed."""

    name = "achterban.people.persons"
    label = "persons"

    def ready(self) -> None:
        """Register who removes rows, and the daily round."""
        from achterban.core.upkeep.terms import Term, goes
        from achterban.people.persons.actions import forget_unconfirmed, unconfirmed

        goes(
            Term(
                _("mail addresses that nobody confirmed"),
                _("two weeks after we asked"),
                lambda on: unconfirmed(on).count(),
                forget_unconfirmed,
            )
        )
