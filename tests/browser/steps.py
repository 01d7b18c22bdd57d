"""What people do in the journeys: look at a page, press, sign up, answer a question whatever its type."""

import re
from collections.abc import Callable, Sequence

from django.urls import resolve
from playwright.sync_api import Locator, Page, expect

from assessments.models import AttemptItem, Learner, QuestionVersion
from assessments.questions.base import Values
from assessments.questions.sampling import figures_of
from assessments.services.checks import read_offer
from concepts.formulas import evaluate
from tests.factories import PASSWORD

Look = Callable[[Page], None]
Visit = Callable[..., Page]
# So often Tab is pressed before somebody would give up.
PATIENCE = 90


def press(page: Page, name: str) -> None:
    """Press a button and wait for the page that it leads to; long forms of the admin have it twice."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """Follow a link; the main navigation, which comes first, wins over what has the same name below."""
    with page.expect_navigation():
        page.get_by_role("link", name=name, exact=True).first.click()


def until(page: Page, happened: Callable[[], bool]) -> None:
    """Wait for what no locator can be asked; Playwright's own way would read a string as code in the page."""
    for _ in range(200):
        if happened():
            return
        page.wait_for_timeout(25)
    raise AssertionError("It did not happen within five seconds.")


def sign_up(page: Page, first: str, last: str) -> None:
    """Make an account, from the page that asks for it."""
    page.get_by_label("First name").fill(first)
    page.get_by_label("Last name").fill(last)
    page.get_by_label("E-mail address").fill(f"{first.lower()}@example.org")
    page.get_by_label("Password").first.fill(PASSWORD)
    page.get_by_label("The password again").fill(PASSWORD)
    press(page, "Make the account")


def item_at(page: Page) -> AttemptItem:
    """The question of an attempt that this page asks."""
    place = resolve(page.evaluate("location.pathname")).kwargs
    items = AttemptItem.objects.select_related("version__question")
    return items.get(attempt=place["pk"], position=place["position"])


def offered(token: str, learner: Learner, lesson: str) -> tuple[QuestionVersion, Values]:
    """The question that the end of a lesson asks, with the figures or the order drawn."""
    offer = read_offer(token, learner, lesson)
    version = QuestionVersion.objects.get(pk=offer.version)
    return version, version.kind.draw(version.content, offer.seed)


def checked_at(page: Page, learner: Learner) -> tuple[QuestionVersion, Values]:
    """The same, from the page of the lesson."""
    token = page.locator("#check input[name=token]").input_value()
    return offered(token, learner, resolve(page.evaluate("location.pathname")).kwargs["slug"])


def answer_rightly(scope: Locator, version: QuestionVersion, values: Values) -> None:
    """Give the right answer, whatever the type of the question."""
    widget = version.kind.present(version.content, values).widget
    ANSWERS.get(widget, pick)(scope, version, values)


def pick(scope: Locator, version: QuestionVersion, values: Values) -> None:
    """Every choice that is right by itself."""
    shown = version.kind.present(version.content, values)
    is_one = shown.widget == "one"
    for place, option in enumerate(shown.options):
        alone = option.key if is_one else [option.key]
        if version.kind.grade(version.content, values, alone).score > 0:
            scope.get_by_role("radio" if is_one else "checkbox").nth(place).check()


def calculate(scope: Locator, version: QuestionVersion, values: Values) -> None:
    scope.get_by_role("textbox").fill(figure(version, values))


def sort(scope: Locator, version: QuestionVersion, values: Values) -> None:
    shown = version.kind.present(version.content, values)
    places = {item["text"]: item["bucket"] for item in version.content["items"]}
    buckets = [bucket.text for bucket in shown.buckets]
    for row, option in enumerate(shown.options):
        cells = scope.get_by_role("radiogroup").nth(row).get_by_role("radio")
        cells.nth(buckets.index(places[option.text])).check()


def match(scope: Locator, version: QuestionVersion, values: Values) -> None:
    shown = version.kind.present(version.content, values)
    parts = version.kind.explain(version.content, values, None).parts
    for option, part in zip(shown.options, parts, strict=True):
        scope.locator(f"select[name='{option.key}']").select_option(label=part.expected)


def arrange(scope: Locator, version: QuestionVersion, values: Values) -> None:
    put_in_order(scope, [item["text"] for item in version.content["items"]])


def go_through(scope: Locator, version: QuestionVersion, values: Values) -> None:
    for place, part in enumerate(version.kind.explain(version.content, values, None).parts):
        scope.get_by_role("textbox").nth(place).fill(part.expected)


def name(scope: Locator, version: QuestionVersion, values: Values) -> None:
    scope.get_by_role("textbox").fill(version.kind.explain(version.content, values, None).right_answer)


ANSWERS = {
    "number": calculate,
    "buckets": sort,
    "matching": match,
    "ordering": arrange,
    "steps": go_through,
    "text": name,
}


def put_in_order(scope: Locator, texts: Sequence[str]) -> None:
    """Move lines up, one place at a time, until they stand as they should."""
    for place, text in enumerate(texts):
        standing = scope.locator("[data-item] [data-text]").all_inner_texts()
        for _ in range(standing.index(text) - place):
            scope.get_by_role("button", name=f"Move up: {text}", exact=True).click()


def figure(version: QuestionVersion, values: Values, slip: int | None = None) -> str:
    """The right figure of a question with numbers, or the one that a slip leads to."""
    asked = version.content if slip is None else version.content["slips"][slip]
    return f"{evaluate(str(asked['answer']), figures_of(values)):.8g}"


def check_rightly(page: Page) -> None:
    """Answer the question of an attempt rightly and have it marked."""
    item = item_at(page)
    answer_rightly(page.get_by_role("main"), item.version, item.values)
    press(page, "Check")
    expect(page.get_by_role("status").filter(has_text=re.compile(r"^\s*Right, "))).to_be_visible()


def tab_to(page: Page, goal: Locator) -> None:
    """Press Tab until something has the focus, as somebody does who has no mouse."""
    for _ in range(PATIENCE):
        if goal.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The keyboard does not get to {goal}.")


def key(page: Page, goal: Locator) -> None:
    """Get to a button or a link by Tab and press it with Enter."""
    tab_to(page, goal)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def answer_by_keys(page: Page, scope: Locator) -> None:
    """Some answer, given by Tab, Space and figures alone."""
    if scope.get_by_role("textbox").count():
        tab_to(page, scope.get_by_role("textbox").first)
        page.keyboard.type("1")
    elif scope.get_by_role("button", name=re.compile("^Move down:")).count():
        tab_to(page, scope.get_by_role("button", name=re.compile("^Move down:")).first)
        page.keyboard.press("Enter")
    elif scope.get_by_role("combobox").count():
        tab_to(page, scope.get_by_role("combobox").first)
        page.keyboard.press("ArrowDown")
    else:
        tab_to(page, scope.get_by_role("radio").first)
        page.keyboard.press("Space")
        expect(scope.get_by_role("radio").first).to_be_checked()
