"""Course packs in the admin: the course out as an archive, and an archive in, looked at before it is written.

The pages belong to no model: a pack holds the course and the bank. Between looking and confirming the archive
waits in the shared cache, and what the preview showed travels signed through the browser.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from assessments.coursepack.archive import LARGEST_PACK, PackRefused, unpack, write_files
from assessments.coursepack.exporting import KINDS, Files, export_pack
from assessments.coursepack.loading import (
    EVERY_DIGEST,
    LoadRefused,
    Read,
    from_root,
    load,
    mistakes_in,
    plan_load,
    read_files,
    tried_before,
)
from assessments.forms.packs import PackExportForm, PackUploadForm, gone, sealed, unsealed
from assessments.selectors.packs import PackPage, fingerprint
from assessments.services.errors import Refused
from assessments.services.kept_uploads import drop_upload, keep_upload, kept_upload
from concepts.admin.uploads import StopLarge
from concepts.coursepack.plan import Overwrite, stored_rows

NEEDED = ("concepts.change_concept", "assessments.change_question")
NEEDED_TO_LOAD = (*NEEDED, "concepts.add_concept", "assessments.add_question")


@require_http_methods(["GET", "HEAD", "POST"])
def export_page(request: HttpRequest) -> HttpResponse:
    """What to export; a POST downloads it, or shows what would stand in the way of loading it."""
    _need(request, NEEDED)
    form = PackExportForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        status = 422 if form.is_bound else 200
        return _page(request, "export", {"form": form}, _("Export a course pack"), status)
    module = form.cleaned_data["module"]
    pack = export_pack(module=module.slug if module else "", drafts=form.cleaned_data["drafts"])
    if not pack.files:
        form.add_error("drafts", _("Learners see nothing of this yet, so the pack would be empty."))
        return _page(request, "export", {"form": form}, _("Export a course pack"), 422)
    if "_look" in request.POST:
        looked = {"left_out": pack.left_out, "mistakes": mistakes_in(pack, is_part=bool(module))}
        looked["count"] = len(pack.files)
        return _page(request, "export", {"form": form, "looked": looked}, _("Export a course pack"))
    response = HttpResponse(pack.zipped(), content_type="application/zip")
    name = f"takt-{module.slug if module else 'course'}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@csrf_exempt  # the check reads what is posted, and that must not happen before the handler is in place
@require_http_methods(["GET", "HEAD", "POST"])
def load_page(request: HttpRequest) -> HttpResponse:
    """The form with the archive; a POST shows what loading it would do."""
    handler = StopLarge(request, LARGEST_PACK)
    request.upload_handlers.insert(0, handler)
    return _load_page(request, handler)


@csrf_protect
def _load_page(request: HttpRequest, handler: StopLarge) -> HttpResponse:
    _need(request, NEEDED_TO_LOAD)
    if request.method != "POST":
        return _upload_page(request, PackUploadForm())
    request.POST  # noqa: B018  reads the body, and with it settles whether the handler stopped it
    form = PackUploadForm(request.POST, request.FILES, too_large=handler.stopped)
    if not form.is_valid():
        return _upload_page(request, form, 413 if form.too_large else 422)
    name = str(form.cleaned_data["file"].name)[:200]
    read = _read(form.unpacked, checked=False)
    page = _preview(read, name)
    if page.mistakes or page.plan is None:
        return _page(request, "preview", {"page": page}, _("Look before you load"), 422)
    kept = {"key": keep_upload(data=form.archive), "name": name, "seen": fingerprint(page.plan)}
    page.token = sealed(kept, _pk(request))
    return _page(request, "preview", {"page": page}, _("Look before you load"))


@require_POST
def confirm_page(request: HttpRequest) -> HttpResponse:
    """Write what the preview showed, and report it."""
    _need(request, NEEDED_TO_LOAD)
    kept = unsealed(request.POST.get("token", ""), _pk(request))
    archive = kept_upload(key=kept["key"]) if kept else None
    if kept is None or archive is None:
        form = PackUploadForm({}, {})
        form.errors.clear()
        form.add_error("file", gone())
        return _upload_page(request, form, 422)
    chosen = frozenset(request.POST.getlist("overwrite"))
    try:
        read = _read(unpack(archive), checked=True)
        page = _confirmed(request, read, kept, chosen)
    except (IntegrityError, PackRefused, LoadRefused, Refused):
        page = None
    if page is not None and not page.token:
        drop_upload(key=kept["key"])
        return _page(request, "result", {"page": page}, _("Loaded"))
    if page is None:
        page = PackPage(kept["name"])
    page.problems.append(_("The course has been changed since you looked. Look again; nothing was written."))
    page.chosen = chosen
    return _page(request, "preview", {"page": page}, _("Look before you load"), 409)


def _confirmed(request: HttpRequest, read: Read, kept: dict[str, str], chosen: frozenset[str]) -> PackPage:
    """The page of what was written; or a preview with a token, if that is no longer what was shown."""
    with transaction.atomic():
        plan = plan_load(read.entries, stored_rows(KINDS), Overwrite())
        seen = fingerprint(plan)
        if read.findings or seen != kept["seen"]:
            token = sealed({**kept, "seen": seen}, _pk(request))
            return PackPage(kept["name"], plan, read.findings, read.remarks, token)
        reason = _("Loaded from the pack %(name)s") % {"name": kept["name"]}
        done = load(read.entries, Overwrite(chosen), by=request.user, reason=reason)
    return PackPage(kept["name"], done, (), read.remarks)


def _read(files: Files, *, checked: bool) -> Read:
    """What the files of an archive say, with places as they are within it."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        write_files(files, root)
        tried = EVERY_DIGEST if checked else tried_before()
        read = read_files(root / "course", root / "bank", tried=tried, into=stored_rows(KINDS))
        read.findings = from_root(sorted(read.findings), root)
        read.remarks = from_root(sorted(read.remarks), root)
        return read


def _preview(read: Read, name: str) -> PackPage:
    if read.findings:
        return PackPage(name, None, read.findings, read.remarks)
    try:
        plan = plan_load(read.entries, stored_rows(KINDS), Overwrite())
    except LoadRefused as refused:
        return PackPage(name, None, sorted(refused.findings), read.remarks)
    return PackPage(name, plan, (), read.remarks)


def _upload_page(request: HttpRequest, form: PackUploadForm, status: int = 200) -> HttpResponse:
    return _page(request, "load", {"form": form}, _("Load a course pack"), status)


def _page(
    request: HttpRequest, template: str, more: dict[str, Any], title: str, status: int = 200
) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, **more}
    return render(request, f"admin/packs/{template}.html", context, status=status)


def _need(request: HttpRequest, permissions: tuple[str, ...]) -> None:
    if not request.user.has_perms(permissions):
        raise PermissionDenied


def _pk(request: HttpRequest) -> int:
    return int(request.user.pk or 0)


_plain_urls, _plain_list = admin.site.get_urls, admin.site.get_app_list


def urls_with_packs() -> list[URLPattern | URLResolver]:
    """The admin's addresses, and those of packs before the one that catches all."""
    view = admin.site.admin_view
    return [
        path("packs/export/", view(export_page), name="packs_export"),
        path("packs/load/", view(load_page), name="packs_load"),
        path("packs/load/confirm/", view(confirm_page), name="packs_load_confirm"),
        *_plain_urls(),
    ]


def list_with_packs(request: HttpRequest, app_label: str | None = None) -> list[Any]:
    """The front page's list, with packs at its end for those who may use them."""
    groups = _plain_list(request, app_label)
    if app_label is not None or not request.user.has_perms(NEEDED):
        return groups
    pages: list[tuple[str, str, tuple[str, ...]]] = [
        (_("Export a course pack"), "packs_export", NEEDED),
        (_("Load a course pack"), "packs_load", NEEDED_TO_LOAD),
    ]
    rows = [
        {"name": label, "object_name": name, "admin_url": reverse(f"admin:{name}"), "add_url": None}
        for label, name, needed in pages
        if request.user.has_perms(needed)
    ]
    url = reverse("admin:index")
    return [*groups, {"name": _("Course packs"), "app_label": "packs", "app_url": url, "models": rows}]


admin.site.get_urls = urls_with_packs  # type: ignore[method-assign]
admin.site.get_app_list = list_with_packs  # type: ignore[method-assign]
