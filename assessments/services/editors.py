"""The group *Editors*: everything about content, nothing about people."""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.db.models import Q

EDITORS = "Editors"
WRITES = {
    "concepts": [
        "module",
        "concept",
        "objective",
        "comparison",
        "comparisonrow",
        "metric",
        "metricinput",
        "metricstep",
        "term",
        "picture",
        "source",
        "learningpath",
        "pathstep",
        "skill",
        "casestudy",
    ],
    "assessments": ["question", "misconception", "assessment", "assessmentpart"],
}
READS = {"assessments": ["questionversion", "correction"]}


def ensure_editors(**_: Any) -> None:
    """Make the group and give it its permissions; run after every migrate, so that a new model is covered.

    Models are looked up late, because the app's configuration imports this before models are loaded.
    """
    content = Q()
    for app, names in WRITES.items():
        create_permissions(apps.get_app_config(app), verbosity=0)
        content |= Q(content_type__app_label=app, content_type__model__in=names)
    for app, names in READS.items():
        content |= Q(content_type__app_label=app, content_type__model__in=names, codename__startswith="view_")
    group, _created = apps.get_model("auth", "Group").objects.get_or_create(name=EDITORS)
    group.permissions.set(apps.get_model("auth", "Permission").objects.filter(content))
