"""The file equals the screen."""

import csv
import io
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Cohort, Learner, ModuleState
from tests.assessments.views.cohorts.people import enrol, text
from tests.factories import (
    ConceptFactory,
    ModuleFactory,
    ObjectiveFactory,
    StateFactory,
)

pytestmark = pytest.mark.django_db


class Table(HTMLParser):
    """The body of the table on the screen: the texts of each row, and its times as machines read them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tbody":
            self._inside = True
        elif tag == "tr" and self._inside:
            self.rows.append([])
        elif tag == "time" and self._inside:
            self.rows[-1].append(str(dict(attrs)["datetime"]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "tbody":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside and self.rows and data.strip():
            self.rows[-1].append(data.strip().removesuffix(","))


def download(client: Client, cohort: Cohort, **query: str) -> tuple[Any, list[list[str]]]:
    response = client.get(reverse("assessments:cohort_export", args=[cohort.pk]), query)
    content = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    return response, list(csv.reader(io.StringIO(content.removeprefix("\ufeff"), newline="")))


def as_on_screen(row: list[str]) -> list[str]:
    """A row of the file in the words of the screen."""
    name, email, *figures, mastered, fading, last = row
    cells = [
        part
        for done, level in zip(figures[::2], figures[1::2], strict=True)
        for part in (level, done, "mastered")
    ]
    seen = f"{last.replace(' ', 'T')}" if last else "no answer yet"
    return [name, email, *cells, mastered, *([f"{fading} fading"] if fading != "0" else []), seen]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata"])
def test_every_cell_of_the_file_equals_the_screen(
    client: Client, cohort: Cohort, teacher: User, zone: str
) -> None:
    Learner.objects.filter(pk=teacher.pk).update(time_zone=zone)
    modules = ModuleFactory.create_batch(2)
    objectives = [ObjectiveFactory(concept=ConceptFactory(module=module)) for module in modules for _ in "ab"]
    for count, learner in enumerate(enrol(cohort, 60)):
        last = timezone.now() - timedelta(hours=7 * count) if count % 9 else None
        Learner.objects.filter(pk=learner.pk).update(last_active_at=last)
        ModuleState.objects.create(
            learner=learner,
            module=modules[count % 2],
            mastered=count % 3,
            attempted=1,
            points=4 * (count % 3) + 1,
        )
        if count % 5 == 0:
            StateFactory(learner=learner, objective=objectives[0], level=4, fades_at=timezone.now())
    query = {"q": "lind", "sort": f"-m-{modules[0].slug}"}
    screen: list[list[str]] = []
    for page in ("1", "2"):
        table = Table(text(client.get(cohort.get_absolute_url(), {**query, "page": page}))).rows
        for row in table:  # keep the time for machines to the minute; "3 days ago" and the date say the same
            moment = next((cell[:16] for cell in row if cell[10:11] == "T"), "no answer yet")
            cut = next(
                i
                for i, cell in enumerate(row)
                if "ago" in cell or cell in ("today", "yesterday", "no answer yet")
            )
            screen.append([*row[:cut], moment])
    _, (heads, *rows) = download(client, cohort, **query)
    assert len(rows) == 60
    assert [as_on_screen(row) for row in rows] == screen
    assert heads[2:4] == [f"{modules[0].title}: mastered of 2", f"{modules[0].title}: level"]
    assert heads[-3:] == ["Mastered of 4", "Fading", f"Last answer ({zone})"]


def test_the_file_is_named_streamed_and_harmless(client: Client, cohort: Cohort, teacher: User) -> None:
    enrol(cohort, first_name='=HYPERLINK("http://example.org")', last_name="Doe")
    enrol(cohort, first_name="Zoë", last_name="Żak", email="+1@example.org")
    response, (_, *rows) = download(client, cohort, sort="name")
    assert response.streaming
    today = timezone.localdate()
    assert response["Content-Disposition"] == (
        f'attachment; filename="plant-supervisors-autumn-2026-{today}.csv"'
    )
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert rows[0][0] == '\'=HYPERLINK("http://example.org") Doe'
    assert rows[1][:2] == ["Zoë Żak", "'+1@example.org"]


def test_the_file_starts_with_a_byte_order_mark(client: Client, cohort: Cohort, teacher: User) -> None:
    response = client.get(reverse("assessments:cohort_export", args=[cohort.pk]))
    assert b"".join(response.streaming_content).startswith(b"\xef\xbb\xbfName,")  # type: ignore[attr-defined]
