"""Tables in the admin: CSV and XLSX out, and in again after a look, through django-import-export.

The library's addresses `import/` and `export/` are taken by the exchange of questions with other programs;
ours are `table/import/`, `table/import/confirm/` and `table/export/`.
"""

from typing import Any

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST
from import_export.admin import ImportExportMixin, ImportExportMixinBase
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm

from concepts.admin.exchange_formats import LARGEST_TABLE, CsvTable, TableRefused, XlsxTable
from concepts.admin.uploads import StopLarge

FORMATS = (CsvTable, XlsxTable)
_IS_ZIP = b"PK\x03\x04"


class TableImportForm(ImportForm):
    """The table; its format is told by its first bytes."""

    field_order = ("resource", "import_file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["format"]
        field = self.fields["import_file"]
        field.label = _("Table")
        field.help_text = _(
            "CSV or XLSX, at most 5 MB. Nothing is written before you have seen what would change."
        )
        field.error_messages |= {
            "required": _("No file was chosen. Choose one."),
            "empty": _("The file is empty. Choose one with a line of column names."),
        }

    @property
    def media(self) -> Any:
        return super(ImportForm, self).media  # without the script that guesses the format

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file = cleaned.get("import_file")
        if file is not None:
            cleaned["format"] = str(int(file.read(len(_IS_ZIP)) == _IS_ZIP))
            file.seek(0)
        return cleaned


class TableConfirmForm(ConfirmImportForm):
    """The word that it be imported."""

    def clean_format(self) -> str:
        value = str(self.cleaned_data["format"])
        return value if value in ("0", "1") else "0"


class TablesAdmin(ImportExportMixin):
    """What a list gets: import and export of a table, each with the library's permissions."""

    import_export_change_list_template = "admin/tables/change_list.html"
    import_template_name = "admin/tables/import.html"
    export_template_name = "admin/tables/export.html"
    import_form_class = TableImportForm
    confirm_form_class = TableConfirmForm
    export_form_class = ExportForm
    import_formats = export_formats = FORMATS

    def get_urls(self) -> list[URLPattern]:
        info, view = "{}_{}".format(*self.get_model_info()), self.admin_site.admin_view
        return [
            path("table/import/", view(self.table_import), name=f"{info}_table_import"),
            path("table/import/confirm/", view(self.table_confirm), name=f"{info}_table_confirm"),
            path("table/export/", view(self.table_export), name=f"{info}_table_export"),
            *super(ImportExportMixinBase, self).get_urls(),
        ]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def table_export(self, request: HttpRequest) -> HttpResponse:
        """What to export; a POST downloads it. The filters of the list hold here too."""
        return _refused_if_shown_again(request, self.export_action(request))

    # The check reads what is posted, and that must not happen before the handler is in place.
    @method_decorator(csrf_exempt)
    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def table_import(self, request: HttpRequest) -> HttpResponse:
        """The form with the table; a POST shows what it would change."""
        handler = StopLarge(request, LARGEST_TABLE)
        request.upload_handlers.insert(0, handler)
        return self._table_import(request, handler)

    @method_decorator(csrf_protect)
    def _table_import(self, request: HttpRequest, handler: StopLarge) -> HttpResponse:
        if not self.has_import_permission(request):
            raise PermissionDenied
        request.POST  # noqa: B018  reads the body, and with it settles whether the handler stopped it
        if handler.stopped:
            return self._page(request, _("The table is larger than 5 MB. Split it."), 413)
        if request.method == "POST" and not request.POST:
            return self._page(request, _("No file was chosen. Choose one."), 422)
        response: Any = self.import_action(request)
        shown = response.context_data
        result = shown.get("result")
        if shown["form"].errors or (result and (result.has_errors() or result.has_validation_errors())):
            response.status_code = 422
        return response

    @method_decorator(require_POST)
    def table_confirm(self, request: HttpRequest) -> HttpResponse:
        """Write what the preview showed."""
        gone = _("The preview is too old or was changed on its way. Choose the file again.")
        try:
            response: HttpResponse = self.process_import(request)
        except (TableRefused, TypeError, ValueError):  # what was uploaded is no longer in the cache
            return self._page(request, gone, 422)
        # A page that answers 200 is the library's, for a form that was changed on its way.
        return self._page(request, gone, 422) if response.status_code == 200 else response

    def has_import_permission(self, request: HttpRequest) -> bool:
        """A row whose address is unknown is added, so changing alone is not enough."""
        return bool(super().has_import_permission(request) and self.has_add_permission(request))

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_import_data_kwargs(**kwargs), "rollback_on_validation_errors": True}

    def get_import_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"columns": self.get_import_resource_classes(None)[0].columns()}

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        refused = str(e) if isinstance(e, TableRefused) else _("This table cannot be read. Save it as CSV.")
        form.add_error("import_file", refused)

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        if not (result.has_errors() or result.has_validation_errors()):
            return super().process_result(result, request)
        context = {**self._around(request), "form": self._blank_form(request), "result": result}
        return TemplateResponse(request, self.import_template_name, context, status=409)

    def add_success_message(self, result: Any, request: HttpRequest) -> None:
        message = _("Imported: %(new)d new as drafts, %(update)d changed, %(skip)d as they were.")
        messages.success(request, message % result.totals)

    def _create_log_entry(self, user_pk: int, rows: list[Any], import_type: str, action_flag: int) -> None:
        if rows:
            said = _("Imported from a table.")
            manager: Any = LogEntry.objects
            manager.log_actions(user_pk, rows, action_flag, said, single_object=len(rows) == 1)

    def _blank_form(self, request: HttpRequest, **options: Any) -> TableImportForm:
        return self.import_form_class(FORMATS, self.get_import_resource_classes(request), **options)

    def _page(self, request: HttpRequest, problem: str, status: int) -> HttpResponse:
        """The form again with what is in the way."""
        form = self._blank_form(request, data={}, files={})
        form.errors.clear()
        form.add_error("import_file", problem)
        context = {**self._around(request), "form": form}
        return TemplateResponse(request, self.import_template_name, context, status=status)

    def _around(self, request: HttpRequest) -> dict[str, Any]:
        site: Any = self.admin_site
        shown = {"title": _("Import"), "opts": self.model._meta}
        return {**site.each_context(request), **shown, **self.get_import_context_data()}


def _refused_if_shown_again(request: HttpRequest, response: Any) -> HttpResponse:
    """A form that comes back after it was sent was refused."""
    if request.method == "POST" and isinstance(response, TemplateResponse):
        response.status_code = 422
    return response
