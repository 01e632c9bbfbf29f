"""A publication belongs to a dossier, and a version knows the moment it was sent."""

import datetime

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone


def tell_the_moment(apps, schema_editor):
    """Put what was sent before at noon of its day: no more is known."""
    rows = apps.get_model("publications", "Version").objects.only("pk", "sent_on")
    for row in rows:
        noon = datetime.datetime.combine(row.sent_on, datetime.time(12))
        row.sent_at = timezone.make_aware(noon)
        row.save(update_fields=["sent_at"])


class Migration(migrations.Migration):

    dependencies = [
        ("dossiers", "0003_coalitions_and_materials"),
        ("publications", "0003_second_person"),
    ]

    operations = [
        migrations.AddField(
            model_name="publication",
            name="dossier",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="publications", to="dossiers.dossier"),
        ),
        migrations.AddField(
            model_name="version",
            name="sent_at",
            field=models.DateTimeField(default=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)),
            preserve_default=False,
        ),
        migrations.RunPython(tell_the_moment, migrations.RunPython.noop),
    ]
