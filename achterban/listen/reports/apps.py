"""The room as Django knows it."""

from datetime import date

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Hears of new reports and of destroyed keys."""

    name = "achterban.listen.reports"
    label = "reports"

    def ready(self) -> None:
        """Register letters, burials, the daily round and the ways."""
        import achterban.listen.reports.actions.owning
        import achterban.listen.reports.actions.updating
        import achterban.listen.reports.letters  # noqa: F401
        from achterban.core.upkeep.round import daily
        from achterban.core.web.navigation import Place, add
        from achterban.listen.reports.actions.counting import release_counts
        from achterban.listen.reports.actions.drafting import erase_old_drafts
        from achterban.listen.reports.actions.hearing import end_hearing
        from achterban.listen.reports.actions.placing import place_reports

        def erase_drafts(on: date) -> None:
            while erase_old_drafts(on=on):
                pass

        def count_months(on: date) -> None:
            release_counts(on=on)

        def note_places(on: date) -> None:
            while place_reports():
                pass

        def end_hearings(on: date) -> None:
            while end_hearing(on=on):
                pass

        daily(erase_drafts)
        daily(note_places)
        daily(count_months)
        daily(end_hearings)
        add(Place(10, "reports:work-list", _("Today"), "reports.read"))
        add(Place(20, "reports:report-list", _("All reports"), "reports.read"))
        add(Place(25, "reports:update-list", _("Told back"), "updates.send"))
        add(Place(30, "reports:call", _("Write down a call"), "reports.enter"))
