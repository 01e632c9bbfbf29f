"""A contact knows when it was last used, to go when nobody uses it any more."""

import datetime

from django.db import migrations, models
from django.db.models import F


def begin_where_it_was_added(apps, schema_editor):
    """Nothing else is known of those that were there."""
    apps.get_model("stakeholders", "Contact").objects.update(used_on=F("added_on"))


class Migration(migrations.Migration):

    dependencies = [
        ("stakeholders", "0005_remarks"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="used_on",
            field=models.DateField(default=datetime.date(2026, 1, 1)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="contact",
            name="named_on",
            field=models.DateField(null=True),
        ),
        migrations.RunPython(begin_where_it_was_added, migrations.RunPython.noop),
    ]
