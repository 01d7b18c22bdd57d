"""A case in a real browser: both roles by mouse, one by the keyboard alone, one without JavaScript."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from assessments.models import CaseRun, Evidence, Learner
from assessments.services import case_moves as services
from concepts.models import CaseStudy
from tests.browser.steps import Look, Visit, follow, key, press, tab_to
from tests.cases import THROUGH, Answers, make_case, make_run, move, small_case
from tests.factories import PASSWORD, CaseStudyFactory, LearnerFactory

pytestmark = pytest.mark.django_db(transaction=True)
WAIT = {"timeout": 15_000}
WORDS = "Keep the slowest press staffed all week."


@pytest.fixture
def me(sign_in: Callable[[User], None]) -> Learner:
    learner: Learner = LearnerFactory()
    sign_in(learner.user)
    return learner


@pytest.fixture
def case(me: Learner) -> CaseStudy:
    return make_case(title="The late press shop")


def deciding(case: CaseStudy, me: Learner, role: str = "operations") -> CaseRun:
    """A run whose first stage is decided and whose second waits for its decisions."""
    run = move(make_run(case, role=role, learner=me), THROUGH[0])
    return forecast_made(run)


def forecast_made(run: CaseRun) -> CaseRun:
    run.moves.create(position=2, stage="second", forecast=12, forecast_at=run.last_at, reason="So.")
    return run


def forecast(page: Page, figure: str) -> None:
    page.get_by_label("Your forecast").fill(figure)
    page.get_by_label("Why?").fill("The slowest press sets the pace.")
    press(page, "Keep the forecast, then decide")


def decide(page: Page) -> None:
    press(page, "Decide and go on")


def saved(page: Page, place: str = "[action$='/decide/']") -> None:
    said = page.locator(f"form{place} [data-save-state]")
    expect(said).to_have_text(re.compile(r"^Saved at \d\d:\d\d:\d\d"), **WAIT)


def shares(page: Page) -> list[str]:
    """The last column of the table of orders, as it stands."""
    return page.locator("#exhibit-orders tbody td:last-child").all_inner_texts()


def test_both_roles_by_mouse_and_then_side_by_side(page: Page, case: CaseStudy, look: Look) -> None:
    page.goto("/")
    follow(page, "Cases")
    look(page)
    follow(page, "The late press shop")
    look(page)
    press(page, "Begin as Operations manager")
    look(page)
    forecast(page, "lots")
    expect(page.get_by_label("Your forecast")).to_have_value("lots")
    forecast(page, "85 %")
    follow(page, re.compile("^Question"))
    look(page)
    follow(page, "Save and go back")
    page.get_by_label("The two at the slowest press").check()
    look(page)
    decide(page)
    expect(page.get_by_text("The slowest press keeps running.").first).to_be_visible()
    forecast(page, "12")
    spend_the_budget(page, look)
    put_priorities_in_order(page)
    look(page)
    write_with_a_citation(page, look)
    follow(page, "Go to the debrief")
    look(page)
    expect(page.get_by_role("link", name="[E1]")).to_have_attribute("href", "#exhibit-orders")
    follow(page, "Play as Production manager")
    press(page, "Begin as Production manager")
    forecast(page, "70")
    page.get_by_label("Nobody").check()
    decide(page)
    follow(page, "Write the recommendation")
    press(page, "I do not know")
    follow(page, "Go to the debrief")
    follow(page, "Compare the two roles")
    look(page)
    expect(page.get_by_text("One saw presses, the other a mail.")).to_be_visible()
    assert Evidence.objects.filter(origin="case", move__isnull=False).count() == 5


def spend_the_budget(page: Page, look: Look) -> None:
    """What is left is counted while it is given out; what does not fit is said and stays."""
    page.get_by_label("Batch").fill("90")
    page.get_by_label("Training").fill("20")
    expect(page.locator("[data-left]")).to_have_text("10 k€ left")
    page.get_by_label("Spare parts").fill("30")
    expect(page.locator("[data-left]")).to_have_text("20 k€ too much")
    decide(page)
    problem = page.get_by_text("This comes to 50 k€; there are 30. Take some away.")
    saved(page)
    expect(problem).to_be_visible()
    expect(page.get_by_text("Go in steps of 20 from 20.")).to_be_visible()
    look(page)
    page.get_by_label("Spare parts").fill("10")
    expect(problem).to_be_hidden()
    page.get_by_label("Batch").fill("100")
    decide(page)


def put_priorities_in_order(page: Page) -> None:
    decide(page)
    problem = page.get_by_text("Nothing is decided here yet.")
    saved(page)
    expect(problem).to_be_visible()
    page.get_by_role("button", name=re.compile("^Move down:")).first.click()
    expect(problem).to_be_hidden()
    decide(page)


def write_with_a_citation(page: Page, look: Look) -> None:
    follow(page, "Write the recommendation")
    look(page)
    press(page, "Hand it in")
    expect(page.get_by_text("There is no answer yet.")).to_be_visible()
    look(page)
    page.get_by_label("Your answer").fill(WORDS)
    page.get_by_role("button", name=re.compile("^Cite E1")).click()
    expect(page.get_by_label("Your answer")).to_have_value(f"{WORDS} [E1]")
    press(page, "Hand it in")
    look(page)


def test_a_role_by_the_keyboard_alone(page: Page, case: CaseStudy, me: Learner) -> None:
    page.goto("/cases/")
    key(page, page.get_by_role("link", name="The late press shop"))
    key(page, page.get_by_role("button", name="Begin as Production manager"))
    tab_to(page, page.get_by_label("Your forecast"))
    page.keyboard.type("85")
    tab_to(page, page.get_by_label("Why?"))
    page.keyboard.type("It rose before.")
    key(page, page.get_by_role("button", name="Keep the forecast, then decide"))
    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    wanted = page.get_by_label("The two at the slowest press")
    for _other in range(2):  # they stand in another order in every run
        if not wanted.is_checked():
            page.keyboard.press("ArrowDown")
    expect(wanted).to_be_checked()
    key(page, page.get_by_role("button", name="Decide and go on"))
    forecast_made(CaseRun.objects.get())
    page.reload()
    tab_to(page, page.get_by_label("Batch"))
    page.keyboard.type("100")
    key(page, page.get_by_role("button", name="Decide and go on"))
    before = page.locator("[data-item] [data-text]").all_inner_texts()
    tab_to(page, page.get_by_role("button", name=f"Move down: {before[0]}"))
    page.keyboard.press("Enter")
    after = page.locator("[data-item] [data-text]").all_inner_texts()
    assert after == [before[1], before[0], before[2]]
    key(page, page.get_by_role("button", name="Decide and go on"))
    key(page, page.get_by_role("link", name="Write the recommendation"))
    key(page, page.get_by_role("button", name="I do not know"))
    key(page, page.get_by_role("link", name="Go to the debrief"))
    expect(page.get_by_role("heading", name="The path you took")).to_be_visible()
    order = CaseRun.objects.get().moves.get(position=3).answers["priority"]["order"]
    assert [name.split("_")[0] for name in order] == [text.split()[0].lower() for text in after]


def test_a_role_without_javascript(visit: Visit, transactional_db: None) -> None:
    case, me = make_case(), LearnerFactory()
    page = visit(me.user, java_script_enabled=False)
    page.goto(case.get_absolute_url())
    press(page, "Begin as Operations manager")
    forecast(page, "85")
    follow(page, "Late")
    assert shares(page) == ["4", "6", "9", "12"]
    follow(page, "Late")
    assert shares(page) == ["12", "9", "6", "4"]
    page.get_by_label("The two at the slowest press").check()
    decide(page)
    page.get_by_label("Your notes").fill("Ask for the set-up times.")
    press(page, "Save the notes")
    expect(page.get_by_text("Your notes are saved.")).to_be_visible()
    forecast(page, "12")
    page.get_by_label("Batch").fill("100")
    page.get_by_label("Training").fill("10")
    decide(page)
    expect(page.get_by_text("Write a number, such as 0.")).to_be_visible()
    page.get_by_label("Spare parts").fill("20")
    decide(page)
    for place, name in enumerate(("Rush orders", "Late orders", "New orders"), start=1):
        page.get_by_label(f"Place of: {name}").select_option(str(place))
    decide(page)
    follow(page, "Write the recommendation")
    page.get_by_label("Your answer").fill(f"{WORDS} [E1]")
    press(page, "Hand it in")
    follow(page, "Go to the debrief")
    expect(page.get_by_text("Ask for the set-up times.")).to_be_attached()
    expect(page.get_by_role("link", name="[E1]")).to_be_visible()


def test_a_draft_survives_a_reload_and_notes_go_with_it(page: Page, case: CaseStudy, me: Learner) -> None:
    run = deciding(case, me)
    page.goto(run.get_absolute_url())
    page.get_by_label("Batch").fill("about 100")
    page.get_by_label("Your notes").fill("Ask for the set-up times.")
    saved(page)
    saved(page, "[action$='/notes/']")
    page.reload()
    expect(page.get_by_label("Batch")).to_have_value("about 100")
    expect(page.get_by_label("Your notes")).to_have_value("Ask for the set-up times.")
    page.get_by_label("Your notes").fill("Ask twice.")
    follow(page, "Cases")  # a link waits for what was typed just before it
    run.refresh_from_db()
    assert run.notes == "Ask twice."


def test_deciding_sends_the_notes_first(page: Page, case: CaseStudy, me: Learner) -> None:
    run = make_run(case, role="production", learner=me)
    run.moves.create(position=1, stage="first", forecast=80, forecast_at=run.last_at)
    page.goto(run.get_absolute_url())
    page.get_by_label("Everybody").check()
    page.get_by_label("Your notes").fill("It will be loud.")
    decide(page)
    run.refresh_from_db()
    assert (run.notes, run.stages_done) == ("It will be loud.", 1)


def test_without_a_connection_nothing_typed_is_lost(page: Page, case: CaseStudy, me: Learner) -> None:
    run = deciding(case, me, "production")
    page.goto(run.get_absolute_url())
    page.context.set_offline(True)
    page.get_by_label("Batch").fill("120")
    said = page.locator("form[action$='/decide/'] [data-save-state]")
    expect(said).to_have_text("Not saved yet: no connection. It will be sent again.", **WAIT)
    page.context.set_offline(False)
    saved(page)
    assert run.moves.get(position=2).draft == {"batch-size": ["120"]}


def test_a_stale_tab_overwrites_nothing(page: Page, case: CaseStudy, me: Learner, look: Look) -> None:
    run = deciding(case, me, "production")
    page.goto(run.get_absolute_url())
    other = page.context.new_page()
    other.goto(run.get_absolute_url())
    page.get_by_label("Batch").fill("120")
    saved(page)
    other.get_by_label("Batch").fill("60")
    expect(other.locator("form[action$='/decide/'] [data-save-state]")).to_contain_text(
        "Nothing was overwritten", **WAIT
    )
    press(other, "Decide and go on")
    expect(other.get_by_role("heading", level=1)).to_have_text("This stage stands otherwise by now")
    expect(other.get_by_text("Batch size: Batch")).to_be_visible()
    look(other)
    assert run.moves.get(position=2).draft == {"batch-size": ["120"]}


def test_tables_are_sorted_on_the_spot_and_a_link_opens_its_exhibit(
    page: Page, case: CaseStudy, me: Learner
) -> None:
    run = deciding(case, me)
    page.goto(f"{run.get_absolute_url()}#exhibit-orders")
    head = page.get_by_role("columnheader", name="Late")
    head.get_by_role("link").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert shares(page) == ["4", "6", "9", "12"]
    head.get_by_role("link").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    assert shares(page) == ["12", "9", "6", "4"]
    with page.expect_download() as download:
        page.get_by_role("link", name="as XLSX").click()
    assert re.fullmatch(r"case-\d+-orders-[0-9-]+\.xlsx", download.value.suggested_filename)


def long_names() -> dict[str, Any]:
    """The small case for one role, with a word in every name that is wider than a phone."""
    content, word = small_case(), "Verantwortungsbereichskoordinationsstelle" * 2
    content |= {"roles": content["roles"][:1], "recommendation": "", "views": {}, "compared": ""}
    content["roles"][0]["name"] = content["variables"][0]["label"] = word
    content["exhibits"][0]["title"] = word
    for stage in content["stages"]:
        stage["title"] = word
        for decision in stage.get("decisions", []):
            decision["title"] = word
            for part in ("options", "figures", "items"):
                for each in decision.get(part, []):
                    each["label"] = f"{word} {each['label']}"
    return content


def decide_as(run: CaseRun, answers: Answers) -> None:
    """Decide the first stage, whose forecast is made."""
    run = CaseRun.objects.get(pk=run.pk)
    services.decide(run=run, position=1, answers=answers, draft={}, revision=0, now=timezone.now())


def test_no_name_and_no_word_that_was_typed_widens_a_page(page: Page, me: Learner, look: Look) -> None:
    case = CaseStudyFactory(content=long_names(), title="Long names")
    page.goto(case.get_absolute_url())
    look(page)
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^Begin as")).click()
    page.get_by_label("Your forecast").fill("85")
    page.get_by_label("Why?").fill("w" * 1_999)
    press(page, "Keep the forecast, then decide")
    look(page)
    run = CaseRun.objects.get()
    other = page.context.new_page()
    other.goto(run.get_absolute_url())
    decide_as(run, THROUGH[0])
    other.get_by_label("Nobody").check()
    press(other, "Decide and go on")
    expect(other.get_by_role("heading", level=1)).to_have_text("This stage stands otherwise by now")
    look(other)
    for answers in THROUGH[1:]:
        page.goto(run.get_absolute_url())
        look(page)
        move(run, answers)
    page.goto(run.get_absolute_url())
    expect(page.get_by_role("heading", name="The path you took")).to_be_visible()
    look(page)
    page.goto("/cases/")
    look(page)


def test_the_comparison_says_why_it_is_locked(page: Page, case: CaseStudy, me: Learner, look: Look) -> None:
    page.goto(f"{case.get_absolute_url()}compared/")
    expect(page.get_by_role("heading", level=1)).to_have_text("The comparison opens after both roles")
    look(page)


def test_who_was_signed_out_writes_the_forecast_once(page: Page, case: CaseStudy, me: Learner) -> None:
    run = make_run(case, role="production", learner=me)
    page.goto(run.get_absolute_url())
    page.get_by_label("Your forecast").fill("85")
    page.get_by_label("Why?").fill("The slowest press sets the pace.")
    page.context.clear_cookies(name="sessionid")
    press(page, "Keep the forecast, then decide")
    page.get_by_label("E-mail").fill(me.user.email)
    page.get_by_label("Password").first.fill(PASSWORD)
    press(page, "Sign in")
    expect(page.get_by_text("You had been signed out")).to_be_visible()
    expect(page.get_by_label("Why?")).to_have_value("The slowest press sets the pace.")
    press(page, "Keep the forecast, then decide")
    assert run.moves.get().forecast == 85


def test_going_back_shows_where_the_run_stands_and_not_a_form_that_is_decided(
    page: Page, case: CaseStudy, me: Learner
) -> None:
    run = deciding(case, me, "production")
    page.goto(run.get_absolute_url())
    page.get_by_label("Batch").fill("100")
    decide(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("The third week")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("The third week")
    expect(page.get_by_label("Batch")).to_have_count(0)
