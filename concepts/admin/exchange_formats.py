"""CSV and XLSX as tables come in and go out: every cell a text, and nothing believed of what was uploaded."""

import csv
import io
import zipfile
from typing import Any

import openpyxl
import tablib
from django.utils.translation import gettext as _
from import_export.formats import base_formats

LARGEST_TABLE = 5 * 1024 * 1024
MOST_ROWS = 1_000
MOST_COLUMNS = 60
LONGEST_CELL = 32_767  # in XLSX; what is longer would be cut off without a word
# An XLSX is a zip: what it may hold at most once it is unpacked, and in how many parts.
_MOST_PARTS = 300
_MOST_UNPACKED = 60 * 1024 * 1024
# A spreadsheet takes a cell that begins so for a formula.
_STARTS = tuple("=+-@\t\r'")


class TableRefused(Exception):
    """An upload that is no table that could be read. The message says why and what to do."""


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe stands before it, as in a spreadsheet."""
    return f"'{text}" if text.startswith(_STARTS) and not _is_figure(text) else text


def unguarded(text: str) -> str:
    """The text without that apostrophe."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_STARTS) else text


def _is_figure(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


class CsvTable(base_formats.CSV):
    """CSV in UTF-8, parted by commas or, as some spreadsheets write it, by semicolons or tabs."""

    def create_dataset(self, in_stream: Any, **kwargs: Any) -> tablib.Dataset:
        text = _decoded(in_stream or b"")
        head = text.partition("\n")[0]
        delimiter = max(",;\t", key=head.count)
        try:
            rows = list(csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=delimiter))
        except csv.Error as error:
            raise TableRefused(
                _("This is no CSV (%(reason)s). Save the table as “CSV UTF-8”.") % {"reason": error}
            ) from error
        return _dataset(rows)

    def is_binary(self) -> bool:
        return True  # the bytes come here as they are, so that a wrong encoding can be named

    def get_read_mode(self) -> str:
        return "rb"

    def export_data(self, dataset: Any, **kwargs: Any) -> bytes:
        return str(super().export_data(dataset, **kwargs)).encode("utf-8-sig")


class XlsxTable(base_formats.XLSX):
    """XLSX: the first sheet, the values of its cells and no formula."""

    def create_dataset(self, in_stream: Any) -> tablib.Dataset:
        _look_into(in_stream)
        try:
            book = openpyxl.load_workbook(io.BytesIO(in_stream), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            rows = [
                [_text(cell) for cell in row]
                for row in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1, values_only=True)
            ]
        except Exception as error:  # openpyxl raises whatever the part that it stumbles over raises
            raise TableRefused(
                _("This XLSX file cannot be read. Save the table again, or as CSV.")
            ) from error
        return _dataset(rows)

    def export_data(self, dataset: Any, **kwargs: Any) -> bytes:
        if any(len(str(cell)) > LONGEST_CELL for row in dataset for cell in row):
            raise ValueError(_("A text is too long for a cell of XLSX. Choose CSV."))
        data: bytes = super().export_data(dataset, **kwargs)
        return data


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        said = {"line": data.count(b"\n", 0, error.start) + 1}
        message = _("Line %(line)s is not UTF-8 text. Save the table as “CSV UTF-8”.")
        raise TableRefused(message % said) from error


def _look_into(data: bytes) -> None:
    """Refuse an archive that would unpack to far more than a table."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise TableRefused(_("This is no XLSX file. Save the table as XLSX or as CSV.")) from error
    # What a part declares is also all that is read of it.
    if len(infos) > _MOST_PARTS or sum(info.file_size for info in infos) > _MOST_UNPACKED:
        raise TableRefused(_("This XLSX file unpacks to far more than a table holds, so it is refused."))


def _text(cell: Any) -> str:
    """A cell as it would be typed: 8 rather than 8.0."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _dataset(rows: list[list[str]]) -> tablib.Dataset:
    """The rows under their heads, without empty ones; short rows are filled up."""
    full = [row for row in rows if any(cell.strip() for cell in row)]
    if not full:
        raise TableRefused(_("There is nothing in this table. Its first line names the columns."))
    if len(full) == 1:
        raise TableRefused(_("There are only column names in this table. Add a row for each thing."))
    heads = [head.strip() for head in full[0]]
    while heads and not heads[-1]:
        heads.pop()
    if len(heads) > MOST_COLUMNS or len(full) - 1 > MOST_ROWS:
        message = _("The table is larger than %(rows)s rows or %(columns)s columns. Split it.")
        raise TableRefused(message % {"rows": MOST_ROWS, "columns": MOST_COLUMNS})
    dataset = tablib.Dataset(headers=heads)
    for row in full[1:]:
        dataset.append((row + [""] * len(heads))[: len(heads)])
    return dataset
