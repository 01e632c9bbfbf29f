"""Who could read along when it was asked to be sent."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Keep which partners there were."""

    dependencies = [("publications", "0005_joint_text")]

    operations = [
        migrations.AddField("publication", "asked_circle", models.JSONField(default=list))
    ]
