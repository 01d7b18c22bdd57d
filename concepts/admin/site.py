"""The front page of the admin: what there is to edit, in the order in which it is needed."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

# A heading and the models under it. What is not named here comes last, under the name of its app.
GROUPS = (
    (
        _("Course"),
        (
            "module concept objective comparison comparisonrow metric term picture source learningpath skill "
            "casestudy"
        ),
    ),
    (_("Question bank"), "question misconception assessment questionversion correction"),
    (_("People"), "user learner cohort membership extension assignment group"),
    (_("Results, to read only"), "attempt evidence objectivestate caserun casemove"),
    (_("Sign-in"), "emailaddress authenticator socialaccount socialtoken socialapp"),
)
NAMES = {
    "user": _("People and their rights"),
    "learner": _("Profiles"),
    "questionversion": _("Versions asked"),
}
_plain_list = admin.site.get_app_list


def grouped_list(request: HttpRequest, app_label: str | None = None) -> list[Any]:
    """What this person may see, under headings of ours; the page of a single app stays as Django makes it."""
    apps = _plain_list(request, app_label)
    if app_label is not None:
        return apps
    index = reverse("admin:index")
    found = {model["object_name"].lower(): model for app in apps for model in app["models"]}
    groups: list[Any] = []
    for heading, names in GROUPS:
        models = [_renamed(name, found.pop(name)) for name in names.split() if name in found]
        if models:
            groups.append(
                {"name": heading, "app_label": names.split()[0], "app_url": index, "models": models}
            )
    rest = {model["object_name"] for model in found.values()}
    for app in apps:
        models = [model for model in app["models"] if model["object_name"] in rest]
        if models:
            groups.append(app | {"models": models})
    return groups


def _renamed(name: str, model: dict[str, Any]) -> dict[str, Any]:
    return model | {"name": NAMES.get(name, model["name"])}


admin.site.get_app_list = grouped_list  # type: ignore[method-assign]
admin.site.enable_nav_sidebar = False  # the width is for the text; the wordmark leads back here
admin.site.index_title = _("What would you like to edit?")
