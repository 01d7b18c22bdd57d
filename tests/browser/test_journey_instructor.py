"""The instructor, from a join link for a new learner to a file that holds what the table shows."""

import csv
import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from assessments.models import Cohort
from tests.assessments.lives import lesson, mastered
from tests.browser.conftest import PHONE
from tests.browser.steps import Look, Visit, follow, press, sign_up
from tests.factories import CohortFactory, MembershipFactory


@pytest.fixture
def cohort(transactional_db: None) -> Cohort:
    """A cohort with two learners of two modules: one has mastered something, one has not begun."""
    made: Cohort = CohortFactory(name="Plant supervisors, autumn 2026")
    _, (first,) = lesson(title="Takt time", module__title="Measuring")
    lesson(2, title="Two disciplines", module__title="Foundations")
    ash, birch = (
        MembershipFactory(cohort=made, learner__user__first_name="Maren", learner__user__last_name=name)
        for name in ("Ash", "Birch")
    )
    mastered(birch.learner, first, days=2)
    assert not ash.learner.states.exists()
    return made


def test_an_instructor_from_the_join_link_to_the_export(
    page: Page, visit: Visit, sign_in: Callable[[User], None], cohort: Cohort, look: Look
) -> None:
    teacher = MembershipFactory(
        cohort=cohort, role="instructor", learner__user__first_name="Tomasz", learner__user__last_name="Wilk"
    )
    sign_in(teacher.learner.user)
    page.goto("/")
    follow(page, "Cohorts")
    look(page)
    follow(page, cohort.name)
    expect(page.get_by_role("row")).to_have_count(3)
    link = make_link(page, look)
    join_and_answer(visit(viewport=PHONE), link, cohort)
    follow(page, cohort.name)
    find(page, look)
    compare_with_export(page)
    follow(page, "Ada Lund")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ada Lund has mastered 0 of 3 objectives")
    expect(page.get_by_role("row", name="Throughput")).to_have_count(3)
    expect(page.get_by_role("row", name="Throughput").filter(has_text="Familiar")).to_have_count(1)
    look(page)


def make_link(page: Page, look: Look) -> str:
    """A join link for three; returns its address."""
    follow(page, "Join links")
    look(page)
    page.get_by_label("Places").fill("3")
    press(page, "Make the link")
    expect(page.get_by_role("heading", level=1)).to_have_text("Three more people can join")
    look(page)
    return page.get_by_label("0 of 3 places taken").input_value()


def join_and_answer(page: Page, link: str, cohort: Cohort) -> None:
    """Somebody new, on a phone: joins, reads what Today says to begin with, and answers its check."""
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Tomasz Wilk invites you to {cohort.name}")
    follow(page, "Make an account")
    sign_up(page, "Ada", "Lund")
    press(page, f"Join {cohort.name}")
    follow(page, "Start reading")
    page.get_by_label("It rises").check()
    press(page, "Check")
    expect(page.get_by_role("status")).to_contain_text("Right")


def find(page: Page, look: Look) -> None:
    """The newcomer is in the overview, which is sorted and searched."""
    names = page.get_by_role("rowheader").get_by_role("link")
    expect(names).to_have_text(["Maren Ash", "Maren Birch", "Ada Lund"])
    expect(page.get_by_role("row", name="Ada Lund")).to_contain_text("today")
    look(page)
    page.get_by_role("columnheader", name="Mastered").get_by_role("link").click()
    expect(names.first).to_have_text("Maren Birch")
    page.get_by_label("Name or e-mail address").fill("maren")
    press(page, "Search")
    expect(names).to_have_text(["Maren Birch", "Maren Ash"])
    page.get_by_label("Name or e-mail address").fill("nobody at all")
    press(page, "Search")
    expect(page.get_by_text("Nobody in this cohort has “nobody at all”")).to_be_visible()
    look(page)
    follow(page, "Show everybody")
    expect(names).to_have_count(3)


def compare_with_export(page: Page) -> None:
    """The file holds what the table on the screen holds, in the same order, cell by cell."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Download 3 rows (CSV)").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    heads, *rows = csv.reader(io.StringIO(text))
    assert heads[2:-3] == [head for column in shown_heads(page) for head in column]
    assert [[*row[:-1], as_shown(row[-1])] for row in rows] == shown_rows(page)
    assert len(rows) == 3


def shown_heads(page: Page) -> list[tuple[str, str]]:
    """What the file calls the two figures of each module, from the heads of the columns."""
    heads = [head.split("\n") for head in page.get_by_role("columnheader").all_inner_texts()]
    return [(f"{module}: mastered {of}", f"{module}: level") for module, of in heads[1:-2]]


def shown_rows(page: Page) -> list[list[str]]:
    """What stands in the table: name and address, the figures of each module, all, fading, last answer."""
    rows = []
    for row in page.get_by_role("row").filter(has=page.get_by_role("rowheader")).all():
        who = row.get_by_role("rowheader").inner_text().split("\n")
        *modules, total, last = row.get_by_role("cell").all_inner_texts()
        figures = [part for cell in modules for part in shown_module(cell)]
        count, *fading = total.split("\n")
        moments = row.get_by_role("time").all_inner_texts() or [last]
        rows.append([*who, *figures, count, fading[0].split()[0] if fading else "0", *moments])
    return rows


def shown_module(cell: str) -> list[str]:
    """`0` and `Familiar`, from what a screen reader is told: `Familiar, 0 mastered`."""
    level, mastered = cell.split(",")
    return [mastered.split()[0], level.strip()]


def as_shown(moment: str) -> str:
    """A moment of the file as the screen writes it."""
    if not moment:
        return "no answer yet"
    when = datetime.fromisoformat(moment)
    return f"{when.day} {when:%b %Y, %H:%M}"
