"""The pages of item analysis: whose answers count, what they say, and that the file equals the screen."""

import csv
import io
import re
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment, AttemptItem, Cohort, Learner, Question
from assessments.services.bank import publish_question
from tests.factories import (
    AttemptFactory,
    CohortFactory,
    ItemFactory,
    LearnerFactory,
    MembershipFactory,
    MisconceptionFactory,
    make_editor,
    practice_set,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def sit(learner: Learner, test: Assessment, *answers: str | None, **attempt: Any) -> list[AttemptItem]:
    """A finished attempt; "a" is the right answer of every question."""
    versions = [question.live for question in Question.objects.filter(objective__parts__assessment=test)]
    score = sum(answer == "a" for answer in answers)
    options = {"state": "graded", "finished_at": NOW, "score": score, "max_score": len(answers)} | attempt
    made = AttemptFactory(learner=learner, assessment=test, started_at=NOW, **options)
    return [
        ItemFactory(
            attempt=made,
            version=version,
            answer=answer,
            score=float(answer == "a"),
            graded_at=NOW,
            revision=int(answer is not None),
            first_seen_at=NOW - timedelta(seconds=40),
            saved_at=NOW if answer else None,
        )
        for version, answer in zip(versions, answers, strict=True)
    ]


@pytest.fixture
def cohort() -> Cohort:
    made: Cohort = CohortFactory(name="Night shift")
    return made


@pytest.fixture
def test_of_three(cohort: Cohort) -> Assessment:
    """Twelve members of the cohort and one from elsewhere have sat it."""
    test = practice_set(3, mode="test", title="Flow")
    for n in range(12):
        learner = MembershipFactory(cohort=cohort).learner
        sit(learner, test, *["a" if n >= 4 * k else "b" if n % 2 else None for k in range(3)])
    sit(LearnerFactory(), test, "a", "a", "a")
    return test


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(make_editor())
    return client


@pytest.fixture
def teacher(cohort: Cohort) -> Client:
    client = Client()
    client.force_login(MembershipFactory(cohort=cohort, role="instructor").learner.user)
    return client


class Rows(HTMLParser):
    """The cells of every table of a page, heads left out, and the large figures."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.figures: list[str] = []
        self.into: list[str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
            self.into = self.rows[-1]
        elif dict(attrs).get("class") == "tk-figure":
            self.figures.append("")
            self.into = self.figures

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "dd"):
            self.into = None

    def handle_data(self, data: str) -> None:
        if self.into is not None:
            self.into[-1] += data


def words(text: str) -> str:
    """A cell as the screen and as the file say it, made alike: `1,234.50`, `−3`, a dash for nothing."""
    text = " ".join(text.split()).replace("−", "-").replace(",", "").replace("(", "").replace(")", "")
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return f"{float(text):g}"
    return "" if text == "–" else text


def large(figure: str) -> str:
    """A large figure and its unit."""
    number, _, unit = " ".join(figure.split()).partition(" ")
    return f"{words(number)} {unit}".strip()


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def filed(client: Client, url: str) -> list[list[str]]:
    response = client.get(url)
    content = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(content.removeprefix("\ufeff"))))


def of_assessment(test: Assessment) -> str:
    return reverse("admin:assessments_assessment_analysis", args=[test.pk])


def of_question(question: Question) -> str:
    return reverse("admin:assessments_question_analysis", args=[question.pk])


def addresses(test: Assessment, cohort: Cohort) -> dict[str, str]:
    question = Question.objects.filter(objective__parts__assessment=test).first()
    assert question is not None
    names = {
        "cohort_analyses": [cohort.pk],
        "cohort_analysis": [cohort.pk, test.slug],
        "cohort_question": [cohort.pk, test.slug, question.pk],
    }
    made = {name: reverse(f"assessments:{name}", args=args) for name, args in names.items()}
    return {"assessment": of_assessment(test), "question": of_question(question), **made}


@pytest.fixture
def boss(cohort: Cohort) -> Client:
    client = Client()
    client.force_login(LearnerFactory(user__is_staff=True, user__is_superuser=True).user)
    return client


KINDS = ["assessment", "question", "cohort_analyses", "cohort_analysis", "cohort_question"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_equals_the_screen(
    boss: Client, test_of_three: Assessment, cohort: Cohort, kind: str
) -> None:
    url = addresses(test_of_three, cohort)[kind]
    screen = Rows(page(boss, url))
    lines = filed(boss, f"{url}export/")
    assert screen.rows
    tables = [[words(cell) for cell in line] for line in lines]
    for row in screen.rows:
        assert [words(cell) for cell in row] in tables
    above = [line for line in lines[1 : lines.index([])] if line[0] != "Verdict"]
    figures = [[words(line[1]), line[2]] if line[1] else [""] for line in above]
    assert [" ".join(pair).strip() for pair in figures] == [large(figure) for figure in screen.figures]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_costs_the_same_for_twice_as_many_attempts(
    boss: Client, test_of_three: Assessment, cohort: Cohort, kind: str
) -> None:
    url = addresses(test_of_three, cohort)[kind]
    counts = []
    for _ in range(2):
        page(boss, url)
        with CaptureQueriesContext(connection) as captured:
            page(boss, url)
        counts.append(len(captured))
        for _ in range(14):
            sit(MembershipFactory(cohort=cohort).learner, test_of_three, "a", "b", None)
    assert counts[0] == counts[1] <= 18


def test_an_assessment_costs_the_same_for_twice_as_many_questions(boss: Client) -> None:
    counts = []
    for size in (3, 6):
        test = practice_set(size, mode="test")
        for _ in range(3):
            sit(LearnerFactory(), test, *["a"] * size)
        page(boss, of_assessment(test))
        with CaptureQueriesContext(connection) as captured:
            page(boss, of_assessment(test))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_figures_of_a_test(editor: Client, test_of_three: Assessment) -> None:
    """By hand: 13, 9 and 5 of 13 are right; totals are 1 and 2 four times each, and 3 five times.

    Variances 0, 0.2308 and 0.2564, of the total 0.7436; α = 3/2 · (1 − 0.4872 / 0.7436) = 0.517.
    """
    shown = Rows(page(editor, of_assessment(test_of_three)))
    assert [words(figure) for figure in shown.figures] == [
        "13",
        "2.08 marks",
        "0.86 marks",
        "0.52",
        "0.60 marks",
    ]
    facilities = sorted(words(row[4]) for row in shown.rows[1:])
    assert facilities == ["100", "38.5", "69.2"]


def test_a_cohort_sees_its_own_learners_only(
    teacher: Client, test_of_three: Assessment, cohort: Cohort
) -> None:
    shown = Rows(page(teacher, reverse("assessments:cohort_analysis", args=[cohort.pk, test_of_three.slug])))
    assert words(shown.figures[0]) == "12"


def test_nobody_is_named(boss: Client, test_of_three: Assessment, cohort: Cohort) -> None:
    people = User.objects.filter(is_staff=False)
    for url in addresses(test_of_three, cohort).values():
        html = page(boss, url)
        assert not [user for user in people if user.last_name in html or user.email in html]


def answers_on(client: Client, question: Question, query: str = "") -> str:
    return words(Rows(page(client, of_question(question) + query)).figures[0])


def test_only_first_finished_attempts_of_learners_count(editor: Client) -> None:
    test = practice_set(1, mode="test")
    question = Question.objects.get(objective__parts__assessment=test)
    somebody = LearnerFactory()
    sit(somebody, test, "a", number=1)
    sit(somebody, test, "b", number=2)
    sit(LearnerFactory(), test, "b", number=1, is_preview=True)
    sit(LearnerFactory(), test, "b", state="in_progress", finished_at=None, score=None, max_score=None)
    sit(LearnerFactory(user__is_staff=True), test, "b")
    sit(MembershipFactory(role="instructor").learner, test, "b")
    [void] = sit(LearnerFactory(), test, "b")
    AttemptItem.objects.filter(pk=void.pk).update(void="full")
    shown = Rows(page(editor, of_question(question) + "?from=tests"))
    assert [words(figure) for figure in shown.figures[:3]] == ["1", "0", "100.0 %"]


def test_after_a_preview_the_first_real_attempt_counts(editor: Client) -> None:
    test = practice_set(1, mode="test")
    question, somebody = Question.objects.get(objective__parts__assessment=test), LearnerFactory()
    sit(somebody, test, "b", number=1, is_preview=True)
    sit(somebody, test, "a", number=2)
    assert answers_on(editor, question, "?from=tests") == "1"


def test_practice_counts_the_first_answer_and_has_no_discrimination(editor: Client) -> None:
    practice = practice_set(1)
    question, somebody = Question.objects.get(objective__parts__assessment=practice), LearnerFactory()
    sit(somebody, practice, "b", number=1)
    sit(somebody, practice, "a", number=2)
    html = page(editor, of_question(question))
    assert [words(figure) for figure in Rows(html).figures[:3]] == ["1", "0", "0.0 %"]
    assert "Efficiency %" not in html
    assert "no total to compare scores with" in page(editor, of_assessment(practice))


def test_a_diagnostic_says_that_it_is_drawn_adaptively_and_judges_nothing(
    editor: Client, teacher: Client, cohort: Cohort
) -> None:
    diagnostic = practice_set(3, mode="diagnostic", title="Where do you stand?")
    for n in range(12):
        learner = MembershipFactory(cohort=cohort).learner
        sit(learner, diagnostic, *["a" if n >= 4 * k else "b" for k in range(3)])
    html = page(editor, of_assessment(diagnostic))
    said = " ".join(html.split())
    assert "Everybody was asked other questions" in said
    assert "Drawn adaptively" in said
    assert "So totals do not compare, and α is not given." in said
    assert "So facility is of those who were asked" in said
    assert "Cronbach’s α" not in html and "α without it" not in html and "Efficiency %" not in html
    assert [words(figure) for figure in Rows(html).figures] == ["12", "3"]
    assert {words(row[1]) for row in Rows(html).rows[1:]} == {"Not judged"}
    question = Question.objects.filter(objective__parts__assessment=diagnostic).first()
    assert question is not None
    of_one = " ".join(page(editor, f"{of_question(question)}?assessment={diagnostic.pk}").split())
    assert "Not judged" in of_one and "says as much of them as of the question" in of_one
    assert "Practice" not in of_one
    rows = Rows(page(teacher, reverse("assessments:cohort_analyses", args=[cohort.pk]))).rows
    assert [words(cell) for cell in rows[1]] == ["Where do you stand?", "Diagnostic", "12", ""]


def test_blank_answers_and_slips_are_counted_apart(editor: Client) -> None:
    test = practice_set(1, mode="test")
    question, slip = Question.objects.get(objective__parts__assessment=test), MisconceptionFactory()
    for answer in ("b", "b", None):
        [item] = sit(LearnerFactory(), test, answer)
        slugs = [slip.slug] if answer else []
        AttemptItem.objects.filter(pk=item.pk).update(misconceptions=slugs)
    rows = [[words(cell) for cell in row] for row in Rows(page(editor, of_question(question))).rows]
    assert ["It falls", "wrong", "2", "66.7"] in rows
    assert ["It rises", "right", "0", "0"] in rows
    assert ["Not answered", "", "1", "33.3"] in rows
    assert [slip.name, "2"] in rows


def test_versions_and_variants_stand_apart(editor: Client) -> None:
    test = practice_set(1, mode="test", type="numeric")
    question = Question.objects.get(objective__parts__assessment=test)
    figures = {"units": 600, "hours": 2}
    for score in (1.0, 0.0):
        [item] = sit(LearnerFactory(), test, "a")
        AttemptItem.objects.filter(pk=item.pk).update(values=figures, score=score)
    question.content = {**question.content, "unit": "pieces / h"}
    question.save()
    publish_question(question=question)
    question.refresh_from_db()
    sit(LearnerFactory(), test, "a")
    first = [
        [words(cell) for cell in row] for row in Rows(page(editor, of_question(question) + "?version=1")).rows
    ]
    assert ["hours = 2 units = 600", "2", "50"] in first
    both = [
        words(row[0]) + words(row[2])
        for row in Rows(page(editor, of_question(question))).rows
        if len(row) > 2
    ]
    assert {"12", "21"} <= set(both)


def test_what_nobody_has_met_is_said_in_words(editor: Client, teacher: Client, cohort: Cohort) -> None:
    test = practice_set(1, mode="test")
    question = Question.objects.get(objective__parts__assessment=test)
    assert "Nobody has finished it yet" in page(editor, of_assessment(test))
    assert "Nobody has answered it yet" in page(editor, of_question(question))
    assert "Nobody has finished anything yet" in page(
        teacher, reverse("assessments:cohort_analyses", args=[cohort.pk])
    )
    unseen = reverse("assessments:cohort_question", args=[cohort.pk, test.slug, question.pk])
    assert teacher.get(unseen).status_code == 404


def test_one_attempt_only_is_no_crash(editor: Client) -> None:
    test = practice_set(2, mode="test")
    sit(LearnerFactory(), test, "a", None)
    html = page(editor, of_assessment(test))
    assert "Cannot be computed from one attempt only." in html
    assert "nan" not in html


@pytest.mark.parametrize(
    "query", ["?version=x", "?version=99", "?from=nonsense", "?assessment=²", "?version=9" + "9" * 30]
)
def test_a_nonsense_address_is_no_crash(editor: Client, test_of_three: Assessment, query: str) -> None:
    question = Question.objects.filter(objective__parts__assessment=test_of_three).first()
    assert question is not None
    assert editor.get(of_question(question) + query).status_code == 200
