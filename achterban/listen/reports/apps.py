"""The room as Django knows it."""

from collections.abc import Callable
from datetime import date

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Hears of new reports and of destroyed keys."""

    name = "achterban.listen.reports"
    label = "reports"

    def ready(self) -> None:
        """Register letters, burials, the daily round, the finder and the ways."""
        from django.conf import settings

        import achterban.listen.reports.actions.owning
        import achterban.listen.reports.actions.updating
        import achterban.listen.reports.letters  # noqa: F401
        from achterban.core import clock
        from achterban.core.upkeep.beside import beside
        from achterban.core.upkeep.round import daily
        from achterban.core.upkeep.terms import Term, goes
        from achterban.core.web.navigation import Place, add
        from achterban.listen.reports.actions.comparing import compare_reports
        from achterban.listen.reports.actions.counting import (
            release_counts,
            release_same,
        )
        from achterban.listen.reports.actions.drafting import (
            erase_old_drafts,
            n_old_drafts,
        )
        from achterban.listen.reports.actions.finding import index_reports
        from achterban.listen.reports.actions.hearing import end_hearing
        from achterban.listen.reports.actions.importing import (
            drop_old_imports,
            drop_old_rows,
            forget_shown_rows,
            mask_old_files,
            old_imports,
            old_rows,
        )
        from achterban.listen.reports.actions.placing import place_reports
        from achterban.listen.reports.actions.retaining import let_go, over_time
        from achterban.listen.reports.actions.reviewing import is_waiting_elsewhere
        from achterban.listen.reports.queries import (
            is_import_at_work,
            is_to_look_through,
        )

        goes(
            Term(
                _("stories that were never sent"),
                _("half a year after they were last touched"),
                n_old_drafts,
                lambda on: erase_old_drafts(on=on),
            )
        )
        goes(
            Term(
                _("words of reports"),
                _("years after anybody last added to them, as each organisation chose"),
                lambda on: over_time(on).count(),
                let_go,
            )
        )
        goes(
            Term(
                _("files that nobody decided about"),
                _("two weeks after they were brought; half ones after two days"),
                lambda on: old_imports(on).count(),
                lambda on: drop_old_imports(on, at=clock.now()),
            )
        )
        goes(
            Term(
                _("rows of files that did not get in"),
                _("half a year after the file was brought"),
                lambda on: old_rows(on).count(),
                drop_old_rows,
            )
        )
        daily(lambda on: forget_shown_rows())
        daily(lambda on: mask_old_files(at=clock.now()))
        daily(_to_the_end(lambda on: place_reports()))
        daily(lambda on: release_counts(on=on))
        daily(lambda on: release_same(on=on))
        daily(_to_the_end(lambda on: end_hearing(on=on)))
        daily(_to_the_end(lambda on: compare_reports()))
        beside("importer", is_import_at_work)
        daily(lambda on: list(index_reports()))
        if settings.FINDER:
            beside("finder", lambda: is_to_look_through() or is_waiting_elsewhere())
        add(Place(10, "reports:work-list", _("Today"), "reports.read"))
        add(Place(20, "reports:report-list", _("All reports"), "reports.read"))
        add(Place(22, "reports:search", _("Search"), "reports.read_all"))
        add(Place(50, "reports:update-list", _("Told back"), "updates.send"))
        add(Place(56, "reports:gathering-list", _("Gatherings"), "reports.enter"))
        add(
            Place(58, "reports:summary-list", _("What many go through"), "updates.send")
        )
        add(Place(62, "reports:beat-list", _("Who takes what"), "reports.route"))
        add(Place(63, "reports:own-beat", _("What I take"), "reports.read"))
        add(Place(30, "reports:call", _("Write down a call"), "reports.enter"))
        add(Place(55, "reports:campaign-list", _("Campaigns"), "reports.read_all"))
        add(Place(56, "reports:import-list", _("Read in a file"), "reports.import"))


def _to_the_end(batch: Callable[[date], int]) -> Callable[[date], None]:
    """Return what does one batch after the other, until there is nothing left."""

    def all_of_it(on: date) -> None:
        while batch(on):
            pass

    return all_of_it
