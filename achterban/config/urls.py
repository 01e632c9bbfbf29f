"""Every address. Floors show ``public``, ``mine`` and ``work`` lists."""

from django.urls import include, path

from achterban.advocate.commitments import urls as commitments
from achterban.advocate.dossiers import urls as dossiers
from achterban.advocate.issues import urls as issues
from achterban.advocate.publications import urls as publications
from achterban.advocate.redactions import urls as redactions
from achterban.advocate.stakeholders import urls as stakeholders
from achterban.core.accounts import urls as accounts
from achterban.core.mine import urls as mine
from achterban.core.organisations import urls as organisations
from achterban.core.vocabulary import urls as vocabulary
from achterban.listen.reports import urls as reports
from achterban.portal.api import urls as api
from achterban.portal.demo import urls as demo
from achterban.portal.home import urls as home
from achterban.support.helpline import urls as helpline

handler500 = "achterban.core.web.failures.server_error"

urlpatterns = [
    path(  # first: who tells something waits least
        "",
        include(
            (
                [
                    *reports.public,
                    path("mijn/", include(reports.mine)),
                    path("werk/", include(reports.work)),
                ],
                "reports",
            )
        ),
    ),
    path("", include(home.public)),
    path("", include(demo.public)),
    path("", include((api.public, "api"))),
    path("", include(organisations.public)),
    path("", include((helpline.public, "helpline"))),
    path("mijn/", include(([*mine.public, *mine.mine], "mine"))),
    path("inloggen/", include([*accounts.public, *accounts.own])),
    path("werk/team/", include(accounts.work)),
    path("werk/", include(vocabulary.work)),
    path("werk/", include((issues.work, "issues"))),
    path("werk/", include((stakeholders.work, "stakeholders"))),
    path(
        "",
        include(
            (
                [*commitments.public, path("werk/", include(commitments.work))],
                "commitments",
            )
        ),
    ),
    path("werk/", include((publications.work, "publications"))),
    path(
        "",
        include(
            (
                [*redactions.public, path("werk/", include(redactions.work))],
                "redactions",
            )
        ),
    ),
    path(
        "",
        include(
            (
                [*dossiers.public, path("werk/", include(dossiers.work))],
                "dossiers",
            )
        ),
    ),
    path("werk/", include(home.work)),
]
