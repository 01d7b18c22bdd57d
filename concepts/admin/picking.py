"""What the toolbar of a text offers to insert: pictures, with an upload beside them, and course links.

Fragments for `static/js/picker.js`; without it a picture's own page shows the line to write.
"""

from typing import Any, NamedTuple

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from concepts.admin.picture_form import PictureForm
from concepts.models import Comparison, Concept, Metric, Picture, Term, can_preview
from concepts.selectors.pictures import picture_html
from concepts.worksheets import WORKSHEETS

MOST = 24
A_KIND = 8
LONGEST = 80
# Label, kind in a link, model, the field of its name.
LINKS: tuple[tuple[Any, str, Any, str], ...] = (
    (gettext_lazy("Terms"), "term", Term, "name"),
    (gettext_lazy("Lessons"), "concept", Concept, "title"),
    (gettext_lazy("Measures"), "metric", Metric, "name"),
    (gettext_lazy("Comparisons"), "comparison", Comparison, "title"),
)


class Target(NamedTuple):
    """Something to link to."""

    name: str
    address: str
    is_draft: bool


class NewPictureForm(PictureForm):
    """In the dialog the script keeps the chosen file."""

    keeps_file = True


@require_http_methods(["GET", "HEAD", "POST"])
def pick_picture(request: HttpRequest) -> HttpResponse:
    """Pictures to choose from, newest first, and the form for a new one. A POST stores a new one."""
    site_admin: Any = admin.site.get_model_admin(Picture)
    can_add = site_admin.has_add_permission(request)
    if not site_admin.has_view_permission(request) or (request.method == "POST" and not can_add):
        raise PermissionDenied
    form = NewPictureForm(*((request.POST, request.FILES) if request.method == "POST" else ()), prefix="new")
    made = None
    if form.is_bound and form.is_valid():
        made = form.save()
        site_admin.log_addition(request, made, _("Uploaded from beside a text."))
        form = NewPictureForm(prefix="new")
    sought = _sought(request)
    found = Picture.objects.filter(Q(slug__icontains=sought) | Q(alt__icontains=sought))
    context = {
        "form": form if can_add else None,
        "made": made,
        "sought": sought,
        "pictures": [(picture, _seen(picture)) for picture in found.order_by("-updated_at", "pk")[:MOST]],
    }
    status = 201 if made else 422 if form.errors else 200
    return render(request, "admin/widgets/pick_picture.html", context, status=status)


def _seen(picture: Picture) -> Any:
    return format_html('<span class="tk-thumbnail">{}</span>', picture_html(picture))


@require_safe
def pick_link(request: HttpRequest) -> HttpResponse:
    """What can be linked to: terms, lessons, measures, comparisons and worksheets whose name holds a text."""
    if not can_preview(request.user):
        raise PermissionDenied
    sought = _sought(request)
    groups = [(label, _targets(kind, model, name, sought)) for label, kind, model, name in LINKS]
    groups.append((_("Worksheets"), _worksheets(sought)))
    context = {"sought": sought, "groups": [group for group in groups if group[1]]}
    return render(request, "admin/widgets/pick_link.html", context)


def _targets(kind: str, model: Any, name: str, sought: str) -> list[Target]:
    holds = Q(**{f"{name}__icontains": sought}) | Q(slug__icontains=sought)
    if model is Term:
        holds |= Q(also__icontains=sought)
    rows = model.objects.filter(holds).order_by(name).values_list(name, "slug", "status")[:A_KIND]
    return [Target(title, f"{kind}:{slug}", status != "published") for title, slug, status in rows]


def _worksheets(sought: str) -> list[Target]:
    """The pages for figures of one's own; they are no objects, so none is a draft."""
    found = [(str(name), slug) for slug, name in WORKSHEETS.items()]
    return [
        Target(name, f"worksheet:{slug}", False)
        for name, slug in found
        if sought.lower() in name.lower() or sought.lower() in slug
    ]


def _sought(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:LONGEST]
