"""A document knows how much it takes, to count with the other files."""

from django.db import migrations, models
from django.db.models import Sum
from django.db.models.functions import Length


def count_bytes(apps, schema_editor):
    """Count what is there."""
    for row in apps.get_model("issues", "Document").objects.only("pk"):
        total = row.pages.aggregate(total=Sum(Length("sealed")))["total"]
        row.n_bytes = total or 0
        row.save(update_fields=["n_bytes"])


class Migration(migrations.Migration):

    dependencies = [
        ("issues", "0004_personas"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="n_bytes",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RunPython(count_bytes, migrations.RunPython.noop),
    ]
