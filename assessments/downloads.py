"""A table as a file to keep."""

from collections.abc import Iterable, Sequence

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from assessments.formats.table import Cell, csv_lines


def csv_download(rows: Iterable[Sequence[Cell]], name: str) -> StreamingHttpResponse:
    """The rows as a CSV file that is called by a name and today's date."""
    filename = f"{slugify(name, allow_unicode=True) or 'analysis'}-{timezone.localdate()}.csv"
    return StreamingHttpResponse(
        csv_lines(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, filename) or "attachment"},
    )
