"""A case at the editor's desk in a browser: written from a blank form, mended, played, published."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from assessments.models import CaseMove
from concepts.models import CaseStudy
from tests.browser.steps import Look, Visit, follow, press
from tests.case_desk import desk_case, whole_case
from tests.cases import make_run
from tests.factories import (
    AssignmentFactory,
    LearnerFactory,
    ObjectiveFactory,
    QuestionFactory,
    UserFactory,
    make_editor,
)
from tests.forms import change

ADD = reverse("admin:concepts_casestudy_add")
TABLE = "table:\n  columns:\n    - {name: week, label: Week, kind: number}\n  rows: |\n    1\n    2\n"
DECIDED = """\
forecast: {variable: backlog, question: Where will it stand?}
decisions:
  - key: overtime
    kind: choose
    objective: CAS-1
    title: Overtime
    question: Who stays?
    options:
      - {key: all, label: Everybody, quality: 0.5, text: Loud., effects: {backlog: backlog - 9}, to: done}
      - {key: few, label: Two, quality: 1, text: Calm., effects: {backlog: backlog - 9}, to: done}
      - {key: none, label: Nobody, quality: 0.1, text: It grows., to: lost}
"""


@pytest.fixture
def editor(transactional_db: None, sign_in: Callable[[User], None]) -> User:
    """An editor, signed in."""
    user: Any = make_editor()
    sign_in(user)
    return user


def add(page: Page, words: str) -> None:
    page.get_by_role("button", name=words).click()


def field(page: Page, name: str) -> Locator:
    return page.locator(f"#id_c-{name}")


def fill(page: Page, **texts: str) -> None:
    for name, text in texts.items():
        field(page, name).fill(text)


def write(page: Page, start: str, **texts: str) -> None:
    """Fill the fields of a row."""
    for name, text in texts.items():
        field(page, f"{start}-{name}").fill(text)


def write_case(page: Page) -> None:
    """A small case in one role, with a stage that nothing leads to."""
    page.get_by_label("Title:", exact=True).first.fill("The pile")
    page.get_by_label("Summary:").fill("A pile grows, and one evening is left.")
    fill(page, brief="A **pile** grows.", production_name="Head of the shop", production_brief="You lead it.")
    add(page, "Add another variable")
    write(page, "variables-0", name="backlog", label="Backlog", unit="orders", initial="40")
    field(page, "variables-0-better").select_option("lower")
    add(page, "Add another exhibit")
    write(page, "exhibits-0", title="Orders by week", key="orders", shows=TABLE)
    for number, (key, title) in enumerate(
        (
            ("evening", "The last evening"),
            ("done", "All gone"),
            ("lost", "Too late"),
            ("spare", "A spare end"),
        )
    ):
        add(page, "Add another stage")
        write(page, f"stages-{number}", key=key, title=title, text=f"{title}: what is seen.")
        if number:
            field(page, f"stages-{number}-ending").check()
    fill(
        page, recommendation="the-pile-recommendation", debrief="Short files first.", teaching_note="An hour."
    )
    fill(page, view_production="The pile is a queue.")


def test_a_case_is_written_from_a_blank_form_mended_looked_at_played_and_published(
    page: Page, editor: User, look: Look
) -> None:
    objective = ObjectiveFactory(code="CAS-1")
    page.goto(ADD)
    write_case(page)
    # A mistake is said while one types, and a save loses nothing.
    rest = field(page, "stages-0-rest")
    rest.fill(DECIDED.replace("    kind:", "   kind:"))
    mend = page.locator(".tk-mend")
    expect(mend).to_contain_text("Line 4: This cannot be read as YAML")
    mend.get_by_role("link", name="What is decided").click()
    line = "field => field.value.slice(field.selectionStart, field.selectionEnd)"
    assert rest.evaluate(line) == "   kind: choose"
    press(page, "Save and continue editing")
    expect(page.locator(".errornote")).to_be_visible()
    expect(page.locator("#id_c-stages-0-rest_problems")).to_contain_text("Line 4")
    expect(field(page, "debrief")).to_have_value("Short files first.")
    expect(field(page, "stages-3-title")).to_have_value("A spare end")
    look(page)
    field(page, "stages-0-rest").fill(DECIDED)
    expect(page.locator("#id_c-stages-0-rest_problems")).to_have_count(0)
    expect(mend).to_contain_text("There is no question “the-pile-recommendation”")
    press(page, "Save and continue editing")
    case = CaseStudy.objects.get()
    assert case.status == "draft"
    # Publishing says what is missing, and where.
    press(page, "Save and publish")
    expect(page.locator(".errornote")).to_be_visible()
    expect(page.locator("#id_c-recommendation_problems")).to_contain_text("There is no question")
    QuestionFactory(
        slug="the-pile-recommendation", type="written", objective=objective, case=case, publish=True
    )
    # The graph warns, and its link opens the place.
    page.goto(change(case))
    follow(page, "Graph and warnings")
    doubts = page.locator(".tk-doubts li")
    expect(doubts.filter(has_text="No way leads to “A spare end”")).to_be_visible()
    expect(page.get_by_role("img", name="The stages of “The pile”")).to_be_visible()
    expect(page.get_by_role("row", name="All gone 1 100 % 50 %")).to_be_visible()
    look(page)
    doubts.filter(has_text="A spare end").get_by_role("link").click()
    expect(field(page, "stages-3-title")).to_be_visible()
    page.get_by_role("button", name="Remove, row 4").click()
    press(page, "Save and continue editing")
    # Played, with its score.
    follow(page, "Play it")
    look(page)
    page.get_by_label("Everybody").check()
    press(page, "Decide and go on")
    expect(page.get_by_role("heading", name="All gone")).to_be_visible()
    expect(page.get_by_text("worth 50 % on average")).to_be_visible()
    look(page)
    follow(page, "Back one stage")
    expect(page.get_by_role("heading", name="The last evening")).to_be_visible()
    follow(page, "Back to the form")
    press(page, "Save and publish")
    expect(page.locator(".messagelist")).to_contain_text("“The pile” is published.")
    case.refresh_from_db()
    assert [stage["key"] for stage in case.versions.get().content["stages"]] == ["evening", "done", "lost"]


def test_the_pages_of_a_case_are_accessible(page: Page, editor: User, look: Look) -> None:
    case = desk_case("published")
    for url in (
        reverse("admin:concepts_casestudy_changelist"),
        change(case),
        reverse("admin:concepts_casestudy_graph", args=[case.pk]),
        reverse("admin:concepts_casestudy_play", args=[case.pk]),
        reverse("admin:duplicate", args=["casestudy", case.pk]),
    ):
        page.goto(url)
        look(page)
    page.goto(change(case))
    for summary in page.locator(".tk-block > summary, .tk-patterns > summary").all():
        summary.click()
    look(page)


def test_what_administrators_see_of_casework_is_accessible(
    page: Page, transactional_db: None, sign_in: Callable[[User], None], look: Look
) -> None:
    run = make_run(desk_case("published"))
    move = CaseMove.objects.create(
        run=run, position=1, stage="first", answers={"overtime": {"option": "all"}}
    )
    assignment = AssignmentFactory(case=run.case)
    sign_in(LearnerFactory(user=UserFactory(is_staff=True, is_superuser=True)).user)
    for kind in ("assignment", "caserun", "casemove"):
        page.goto(reverse(f"admin:assessments_{kind}_changelist"))
        look(page)
    for obj in (run, move, assignment):
        page.goto(change(obj))
        look(page)
    page.goto(reverse("admin:assessments_assignment_add"))
    look(page)


def test_enter_keeps_the_indentation_and_a_new_row_has_the_tools_of_the_others(
    page: Page, editor: User
) -> None:
    page.goto(ADD)
    add(page, "Add another stage")
    rest = field(page, "stages-0-rest")
    rest.focus()
    page.keyboard.type("decisions:\n- key: a\nkind: choose")
    expect(rest).to_have_value("decisions:\n  - key: a\n  kind: choose")
    text = field(page, "stages-0-text")
    text.fill("good")
    text.select_text()
    page.locator(".tk-block").get_by_role("toolbar").first.get_by_role("button", name="Bold").click()
    expect(text).to_have_value("**good**")
    field(page, "stages-0-title").fill("Monday")
    expect(page.locator(".tk-block > summary")).to_have_text("Stage 1: Monday")


def test_a_case_is_edited_and_played_without_javascript(editor: User, visit: Visit) -> None:
    case = desk_case()
    page = visit(editor, java_script_enabled=False)
    page.goto(change(case))
    page.locator("#id_c-variables-2-name").fill("morale")
    page.locator("#id_c-variables-2-label").fill("Mood")
    page.locator("#id_c-variables-2-initial").fill("60")
    press(page, "Save and continue editing")
    expect(page.locator("#id_c-variables-2-name")).to_have_value("morale")
    case.refresh_from_db()
    assert len(case.content["variables"]) == len(whole_case()["variables"]) + 1
    follow(page, "Play it")
    page.get_by_label("Nobody").check()
    press(page, "Decide and go on")
    expect(page.get_by_role("heading", name="They leave")).to_be_visible()


def test_a_label_without_spaces_does_not_widen_the_page_on_which_it_is_put_in_order(
    page: Page, editor: User
) -> None:
    case = desk_case()
    case.content["stages"][0]["decisions"] = [
        {
            "key": "row",
            "kind": "order",
            "objective": "CAS-1",
            "title": "T" * 300,
            "question": "Which first?",
            "items": [{"name": "one", "label": "W" * 290}, {"name": "two", "label": "Two"}],
            "best_order": ["one", "two"],
            "outcomes": [{"text": "It goes."}],
        }
    ]
    case.save()
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(reverse("admin:concepts_casestudy_play", args=[case.pk]))
    expect(page.get_by_text("W" * 290).first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
