"""Files that did not say who published them stood under one invented outlet."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

INVENTED, NOT_KNOWN = "Handed in", "Outlet not known"


def rename(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    Outlet = apps.get_model("sources", "Outlet")
    if not Outlet.objects.filter(name__iexact=NOT_KNOWN).exists():
        Outlet.objects.filter(name=INVENTED).update(name=NOT_KNOWN)


class Migration(migrations.Migration):
    """Name it for what it is."""

    dependencies = [("sources", "0014_passages_come_in_faster")]
    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
