"""What is kept of what we say outside."""

from achterban.advocate.publications.models.promises import (
    Aim,
    FirstWords,
    PromiseLetter,
    PromiseLetterQuerySet,
    Speaks,
)
from achterban.advocate.publications.models.publications import (
    About,
    Cited,
    CitedQuerySet,
    Form,
    Kind,
    Mark,
    Publication,
    PublicationQuerySet,
    SentFile,
    SentFileQuerySet,
    Version,
    VersionQuerySet,
    Words,
    Wrote,
)
from achterban.advocate.publications.models.signings import Signing, SigningQuerySet

__all__ = [
    "About",
    "Aim",
    "Cited",
    "CitedQuerySet",
    "FirstWords",
    "Form",
    "Kind",
    "Mark",
    "PromiseLetter",
    "PromiseLetterQuerySet",
    "Publication",
    "PublicationQuerySet",
    "SentFile",
    "SentFileQuerySet",
    "Signing",
    "SigningQuerySet",
    "Speaks",
    "Version",
    "VersionQuerySet",
    "Words",
    "Wrote",
]
