"""What the grounds of the law are called on the screen."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from achterban.rules.redaction import Ground

G = Ground
NAMES: dict[Ground, Promise] = {
    G.PRIVATE_LIFE: _("private life"),
    G.SPECIAL_DATA: _("health, faith, descent and the like"),
    G.NUMBER_OF_LAW: _("citizen service number"),
    G.TRADE_SECRET: _("trade secret told in confidence"),
    G.COMPETITION: _("what a competitor could use"),
    G.SAFETY: _("safety of people and companies"),
    G.GOOD_WORKING: _("good working of public bodies"),
    G.INSPECTION: _("inspection and supervision"),
    G.PROSECUTION: _("tracing and prosecution"),
    G.MONEY_OF_THE_STATE: _("money of the State and public bodies"),
    G.OTHER_STATES: _("ties with other countries"),
    G.ENVIRONMENT: _("protection of the environment"),
    G.STATE_SECURITY: _("safety of the State"),
    G.CROWN: _("unity of the Crown"),
    G.UNDUE_HARM: _("more harm than it is worth"),
}
