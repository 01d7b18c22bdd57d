"""Import and export of questions in the admin.

An import has two steps. The first reads the file and shows what is in it; the second, on the word of the
editor, writes. Between the two nothing is kept on the server.
"""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from assessments.formats.parsed import LARGEST_FILE
from assessments.formats.registry import FORMATS, write
from assessments.forms.exchange import LARGEST_TOKEN, ConfirmForm, UploadForm, sealed, unsealed
from assessments.models import Question
from assessments.selectors.exchange import ImportPage, parsed_questions, with_category
from assessments.services.errors import Refused
from assessments.services.exchange import import_questions
from assessments.services.exchange_plan import plan_import
from concepts.admin.uploads import StopLarge

TEMPLATES = "admin/assessments/question/exchange"


@csrf_exempt  # the check reads what is posted, and that must not happen before the handler is in place
@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest) -> HttpResponse:
    """The form with the file; a POST shows what is in the file."""
    handler = StopLarge(request, LARGEST_FILE)
    request.upload_handlers.insert(0, handler)
    return _import_file(request, handler)


@csrf_protect
def _import_file(request: HttpRequest, handler: StopLarge) -> HttpResponse:
    _need(request, "assessments.add_question")
    if request.method != "POST":
        return _upload_page(request, UploadForm())
    request.POST  # noqa: B018  reads the body, and with it settles whether the handler stopped it
    form = UploadForm(request.POST, request.FILES, too_large=handler.stopped)
    if not form.is_valid():
        return _upload_page(request, form, status=413 if form.too_large else 422)
    name = str(form.cleaned_data["file"].name)[:200]
    token = sealed(form.report, form.found.key, name, _pk(request))
    if len(token) > LARGEST_TOKEN:
        form.add_error(
            "file", _("There is too much in this file for one import. Split it into smaller files.")
        )
        return _upload_page(request, form, status=413)
    plan = plan_import(parsed=form.report.questions, objective=form.cleaned_data["objective"])
    confirm = ConfirmForm(initial={"token": token, "objective": form.cleaned_data["objective"]})
    page = ImportPage(form.report, plan, name, str(form.found.label))
    return _page(request, "preview", {"page": page, "form": confirm}, _("Look before you import"))


def _upload_page(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    return _page(request, "upload", {"form": form}, _("Import questions"), status)


@require_POST
def confirm_import(request: HttpRequest) -> HttpResponse:
    """Write what the preview showed, and report it."""
    _need(request, "assessments.add_question")
    form = ConfirmForm(request.POST)
    read = unsealed(request.POST.get("token", ""), _pk(request))
    if read is None:
        upload = UploadForm({})
        upload.add_error(
            "file", _("The preview is more than a day old or was changed on its way. Choose the file again.")
        )
        return _upload_page(request, upload, status=422)
    report, key, name = read
    objective = form.cleaned_data.get("objective") if form.is_valid() else None
    label = str(FORMATS[key].label)
    try:
        if form.errors:
            raise Refused(" ".join(str(each) for errors in form.errors.values() for each in errors))
        done = import_questions(
            parsed=report.questions, objective=objective, by=request.user, source=f"{name} ({label})"
        )
    except Refused as refused:
        if not form.errors:
            form.add_error("objective" if refused.status == 422 else None, refused.message)
        plan = plan_import(parsed=report.questions, objective=objective)
        page = ImportPage(report, plan, name, label)
        status = 422 if form.has_error("objective") else refused.status
        return _page(request, "preview", {"page": page, "form": form}, _("Look before you import"), status)
    page = ImportPage(report, done.plan, name, label, created=done.created)
    return _page(request, "result", {"page": page}, _("Imported"))


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """What each format holds of the chosen questions or the whole bank; a POST with a format downloads."""
    _need(request, "assessments.view_question")
    return export_page(request, request.POST.get("ids", ""), FORMATS.get(request.POST.get("format", "")))


def export_page(request: HttpRequest, ids: str, form: Any = None) -> HttpResponse:
    """The questions with these keys, parted by commas; all where there are none."""
    keys = [int(key) for key in ids.split(",") if key.isdecimal() and len(key) < 18]
    rows = Question.objects.filter(pk__in=keys) if ids else Question.objects.all()
    questions = list(parsed_questions(with_category(rows)))
    if form is not None:
        response = HttpResponse(write(questions, form).text, content_type=f"{form.media_type}; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="takt-questions-{form.key}.{form.extension}"'
        return response
    fates = [(each, write(questions, each)) for each in FORMATS.values()]
    context = {"fates": fates, "count": len(questions), "ids": ids}
    return _page(request, "export", context, _("Export questions"))


class ExchangeAdmin(admin.ModelAdmin):
    """What the list of questions gets: the addresses of import and export, and the action."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("import/", view(import_file), name="assessments_question_import"),
            path("import/confirm/", view(confirm_import), name="assessments_question_import_confirm"),
            path("export/", view(export), name="assessments_question_export"),
            *super().get_urls(),
        ]

    @admin.action(description=gettext_lazy("Export: choose a format"), permissions=["view"])
    def export_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        keys = queryset.order_by("pk").values_list("pk", flat=True)
        return export_page(request, ",".join(map(str, keys)))


def _page(
    request: HttpRequest, template: str, more: dict[str, Any], title: str, status: int = 200
) -> HttpResponse:
    context = {**admin.site.each_context(request), "opts": Question._meta, "title": title, **more}
    return render(request, f"{TEMPLATES}/{template}.html", context, status=status)


def _need(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def _pk(request: HttpRequest) -> int:
    return int(request.user.pk or 0)
