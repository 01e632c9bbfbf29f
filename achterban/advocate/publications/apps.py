"""The room as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationsConfig(AppConfig):
    """Knows what we say outside, and what proves it."""

    name = "achterban.advocate.publications"
    label = "publications"

    def ready(self) -> None:
        """Show where one can go, and take files whose words were taken back."""
        from achterban.advocate.publications import happenings, letters  # noqa: F401
        from achterban.advocate.publications.actions import lapsing  # noqa: F401
        from achterban.advocate.publications.actions.withdrawing import destroy_over
        from achterban.advocate.publications.promises import due_lists
        from achterban.advocate.publications.queries import due_signings
        from achterban.core.upkeep.round import daily
        from achterban.core.web.due import add_due
        from achterban.core.web.navigation import Place, add, add_beside

        daily(destroy_over)
        add_due("publications.signing", "publications.sign", due_signings)
        add_due("publications.owing", "publications.write", due_lists)
        happenings.register()
        add(Place(67, "publications:list", _("Publications"), "publications.read"))
        add(
            Place(
                66,
                "publications:owing",
                _("Whom we wait for"),
                "publications.write",
            )
        )
        add(
            Place(
                68,
                "publications:signing-list",
                _("Texts to sign"),
                "publications.sign",
            )
        )
        add_beside(
            "report",
            Place(
                20,
                "publications:with-report",
                _("What became of it"),
                "publications.read",
            ),
        )
        add_beside(
            "promise",
            Place(
                10,
                "publications:with-promise",
                _("Letters about it"),
                "publications.read",
            ),
        )
        add_beside(
            "dossier",
            Place(
                10,
                "publications:with-dossier",
                _("Letters and papers"),
                "publications.read",
            ),
        )
        add_beside(
            "issue",
            Place(
                10, "publications:with-issue", _("Where it stands"), "publications.read"
            ),
        )
        add_beside(
            "issue",
            Place(
                20,
                "publications:sheet",
                _("Make an evidence sheet"),
                "publications.write",
            ),
        )
        add_beside(
            "claim",
            Place(
                10, "publications:with-claim", _("Where it stands"), "publications.read"
            ),
        )
