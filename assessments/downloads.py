"""A table as a file to keep."""

import io
from collections.abc import Iterable, Sequence

import openpyxl
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from assessments.formats.table import Cell, csv_lines, harmless


def csv_download(rows: Iterable[Sequence[Cell]], name: str) -> StreamingHttpResponse:
    """The rows as a CSV file that is called by a name and today's date."""
    return StreamingHttpResponse(
        csv_lines(rows), content_type="text/csv; charset=utf-8", headers=_called(name, "csv")
    )


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx_download(rows: Iterable[Sequence[Cell]], name: str) -> HttpResponse:
    """The rows as a workbook of one sheet; for tables that fit into memory."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append([harmless(cell) for cell in row])
    held = io.BytesIO()
    book.save(held)
    return HttpResponse(held.getvalue(), content_type=XLSX, headers=_called(name, "xlsx"))


def _called(name: str, ending: str) -> dict[str, str]:
    filename = f"{slugify(name, allow_unicode=True) or 'analysis'}-{timezone.localdate()}.{ending}"
    return {"Content-Disposition": content_disposition_header(True, filename) or "attachment"}
