"""Tables as files: numbers as numbers, no formula, a name that every system takes."""

import io

import openpyxl
import pytest
from django.utils import timezone

from assessments.downloads import csv_download, xlsx_download

ROWS = [["Name", "Late (%)"], ["=1+1", 4.5], ["+x", 12], ["Zürich", -3]]


def test_a_workbook_has_numbers_as_numbers_and_runs_nothing() -> None:
    response = xlsx_download(ROWS, "orders")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[1] for row in cells] == ["Late (%)", 4.5, 12, -3]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert cells[1][0].startswith("'") and cells[3][0] == "Zürich"


def test_a_csv_file_runs_nothing_either() -> None:
    body = b"".join(csv_download(ROWS, "orders").streaming_content).decode("utf-8-sig")
    assert body.splitlines() == ["Name,Late (%)", "'=1+1,4.5", "'+x,12", "Zürich,-3"]


@pytest.mark.parametrize(("name", "called"), [("late shop/orders", "late-shoporders"), ("???", "analysis")])
@pytest.mark.parametrize(("download", "ending"), [(csv_download, "csv"), (xlsx_download, "xlsx")])
def test_a_file_is_called_by_its_name_and_the_day(
    download: object, ending: str, name: str, called: str
) -> None:
    response = download(ROWS, name)
    expected = f'attachment; filename="{called}-{timezone.localdate()}.{ending}"'
    assert response.headers["Content-Disposition"] == expected
