"""A bare Django site with one view that stores one row: what ours is measured against.

Same server, same workers, same database engine, same durability; no middleware, no
template, no encryption.
"""

from __future__ import annotations

import os

import django
from django.conf import settings

from achterban.config.environment import database_settings

settings.configure(
    SECRET_KEY="bench",  # noqa: S106 - nobody logs in here
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": database_settings(os.environ["DATABASE_URL"])},
    INSTALLED_APPS=[],
    MIDDLEWARE=[],
    USE_TZ=True,
)
django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402


class Row(models.Model):
    """One text."""

    id = models.BigAutoField(primary_key=True)
    text = models.TextField()

    class Meta:
        app_label = "bare"

    def __str__(self) -> str:
        return self.text


def store(request: HttpRequest) -> HttpResponse:
    """Store a text as a row of its own."""
    if request.method == "POST":
        Row._default_manager.create(text=request.POST["text"])
    return HttpResponse("ok")


def make_table() -> None:
    """Make the table, before any worker asks for it."""
    with connection.schema_editor() as editor:
        editor.create_model(Row)
    connection.close()


urlpatterns = [path("", store)]
application = WSGIHandler()
