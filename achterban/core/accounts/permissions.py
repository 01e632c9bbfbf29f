"""What each role may do. Views ask for a verb, never for a role."""

from __future__ import annotations

from collections.abc import Iterable

from achterban.core.accounts.models import Role

# A technical administrator runs the place and never looks into reports.
MAY: dict[str, frozenset[Role]] = {
    # An advocate reads and answers what they took, and is offered what happens in their
    # own municipalities once somebody checked the words.
    "reports.read": frozenset({Role.VOLUNTEER, Role.ADVOCATE, Role.COORDINATOR}),
    "reports.read_all": frozenset({Role.VOLUNTEER, Role.COORDINATOR}),
    "reports.answer": frozenset({Role.VOLUNTEER, Role.ADVOCATE, Role.COORDINATOR}),
    "reports.triage": frozenset({Role.VOLUNTEER, Role.COORDINATOR}),
    "reports.route": frozenset({Role.COORDINATOR}),
    "reports.on_request": frozenset({Role.COORDINATOR}),
    "reports.export": frozenset({Role.COORDINATOR}),
    "reports.enter": frozenset({Role.VOLUNTEER, Role.ADVOCATE, Role.COORDINATOR}),
    "reports.import": frozenset({Role.COORDINATOR}),
    # Whom an issue is about is counted over all reports; the reports in it show to who
    # may read them.
    "issues.read": frozenset({Role.VOLUNTEER, Role.ADVOCATE, Role.COORDINATOR}),
    "issues.write": frozenset({Role.VOLUNTEER, Role.COORDINATOR}),
    # A number of people leaves with a second person, and that is a coordinator.
    "issues.release": frozenset({Role.COORDINATOR}),
    # Who decides and who knows them; an advocate knows them best in their own place.
    "stakeholders.read": frozenset({Role.VOLUNTEER, Role.ADVOCATE, Role.COORDINATOR}),
    "stakeholders.write": frozenset({Role.VOLUNTEER, Role.ADVOCATE, Role.COORDINATOR}),
    "stakeholders.import": frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
    "stakeholders.erase": frozenset({Role.COORDINATOR}),
    # Whoever sends is never the one who wrote: see publications.
    "publications.read": frozenset({Role.VOLUNTEER, Role.ADVOCATE, Role.COORDINATOR}),
    "publications.write": frozenset({Role.VOLUNTEER, Role.COORDINATOR}),
    "publications.send": frozenset({Role.COORDINATOR}),
    # Who speaks for an organisation puts its name under a text of several. It quotes
    # reports, so an administrator does not.
    "publications.sign": frozenset({Role.COORDINATOR}),
    # Who has not all of them reads and works the dossiers of their own municipalities.
    "dossiers.read": frozenset({Role.VOLUNTEER, Role.ADVOCATE, Role.COORDINATOR}),
    "dossiers.read_all": frozenset({Role.VOLUNTEER, Role.COORDINATOR}),
    "dossiers.write": frozenset({Role.VOLUNTEER, Role.ADVOCATE, Role.COORDINATOR}),
    "materials.write": frozenset({Role.VOLUNTEER, Role.COORDINATOR}),
    # What another organisation gets to see, a coordinator decides.
    "coalitions.change": frozenset({Role.COORDINATOR}),
    "updates.send": frozenset({Role.VOLUNTEER, Role.COORDINATOR}),
    "summaries.write": frozenset({Role.COORDINATOR}),
    "updates.publish": frozenset({Role.COORDINATOR}),
    "accounts.manage": frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
    "organisations.change": frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
    "organisations.join": frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
}


def verbs_of(roles: Iterable[str]) -> frozenset[str]:
    """Return everything that somebody with these roles may do."""
    held = set(roles)
    return frozenset(verb for verb, who in MAY.items() if held & who)


def roles_that_may(permission: str) -> frozenset[Role]:
    """Return the roles that may do something.

    Raises:
        KeyError: no such verb: a spelling mistake must not pass as "nobody may".
    """
    return MAY[permission]
