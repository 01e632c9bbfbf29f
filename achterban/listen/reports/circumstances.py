"""What somebody may add to their words by choosing: whom, since when, for whom."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PartyKind(models.TextChoices):
    """Whom a report is about."""

    MUNICIPALITY = "municipality", _("The municipality")
    BENEFITS_AGENCY = "benefits_agency", _("UWV")
    PHYSICIAN = "physician", _("A doctor or hospital")
    INSURER = "insurer", _("The health insurer")
    HOME_CARE = "home_care", _("Help or care at home")
    SCHOOL = "school", _("A school")
    EMPLOYER = "employer", _("An employer")
    OTHER = "other", _("Somebody else")


class Since(models.TextChoices):
    """How long it lasts."""

    MONTHS = "months", _("Less than half a year")
    YEAR = "year", _("About a year")
    YEARS = "years", _("Two to five years")
    LONGER = "longer", _("Longer")


class Effect(models.TextChoices):
    """What it does to daily life, rather than a diagnosis."""

    MOBILITY = "mobility", _("I get about less")
    FATIGUE = "fatigue", _("More tired, or more pain")
    LONELINESS = "loneliness", _("Lonely")
    MONEY = "money", _("Worries about money")
    TAKING_PART = "taking_part", _("I cannot take part")
    SELF_RELIANCE = "self_reliance", _("I can do less by myself")


class Role(models.TextChoices):
    """On whose behalf somebody tells something, and as what."""

    SELF = "self", _("Myself")
    PARTNER = "partner", _("My partner")
    CHILD = "child", _("My child")
    FAMILY = "family", _("Somebody in my family, or a friend")
    CLIENT = "client", _("Somebody I help for my work")


class Helper(models.TextChoices):
    """Who helps to write it down: a role, and never a name."""

    NOBODY = "nobody", _("Nobody, it is me")
    FAMILY = "family", _("A partner, somebody in the family, or a friend")
    CARER = "carer", _("A carer")
    PROFESSIONAL = "professional", _("Somebody who helps for their work")
