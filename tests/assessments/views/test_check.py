"""The quick check of a lesson: asked without a write, graded once, refused without losing what was typed."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.models import Attempt, AttemptItem, Evidence, Learner, ObjectiveState, QuestionVersion
from assessments.services.checks import Offer, sign_offer
from concepts.formulas import evaluate
from concepts.models import Concept, Objective
from tests.factories import ConceptFactory, LearnerFactory, ObjectiveFactory, QuestionFactory, make_editor

Reply = Callable[..., HttpResponse]


@pytest.fixture
def objective(db: None) -> Objective:
    """An objective of a published lesson."""
    objective: Objective = ObjectiveFactory(code="THR-1", title="Throughput")
    return objective


@pytest.fixture
def lesson(objective: Objective) -> Concept:
    """The lesson, with one question at its end."""
    QuestionFactory(objective=objective, publish=True)
    concept: Concept = objective.home
    return concept


def url(lesson: Concept) -> str:
    return reverse("assessments:check", args=[lesson.slug])


def token_on(response: HttpResponse) -> str:
    found = re.search(r'name="token" value="([^"]+)"', response.content.decode())
    assert found
    return found[1]


def text(response: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode().split('id="check"')[-1]).split())


@pytest.fixture
def reply(mine: Client, lesson: Concept) -> Reply:
    """Read the lesson and answer its question: ``reply("a")``, or with a token of one's own."""

    def reply(answer: str = "a", token: str | None = None, **posted: Any) -> HttpResponse:
        token = token_on(mine.get(lesson.get_absolute_url())) if token is None else token
        response: Any = mine.post(url(lesson), {"token": token, "answer": answer, **posted})
        return response

    return reply


def test_reading_a_lesson_writes_nothing(mine: Client, lesson: Concept) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = mine.get(lesson.get_absolute_url())
    assert not [q for q in queries.captured_queries if not q["sql"].lstrip("(").startswith("SELECT")]
    assert "Quick check" in text(page)
    assert "THR-1 · counts for mastery, not towards a grade" in text(page)


def test_a_right_answer_is_graded_shown_in_place_and_counts(mine: Client, reply: Reply, me: Learner) -> None:
    response = reply("a")
    assert response.status_code == 302
    assert response["Location"].endswith("#check")
    page = text(mine.get(response["Location"]))
    assert "Right, 1 of 1" in page
    assert "The same count is divided by less time." in page
    assert "THR-1 · Throughput" in page
    assert "to Familiar" in page
    assert "Another question" in page
    attempt = Attempt.objects.get()
    assert (attempt.kind, attempt.state, attempt.learner, attempt.score) == ("check", "graded", me, 1)
    assert Evidence.objects.get().origin == "check"
    assert ObjectiveState.objects.get(learner=me).level == 2


def test_a_wrong_answer_names_the_slip(mine: Client, reply: Reply) -> None:
    page = text(mine.get(reply("b")["Location"]))
    assert "Not right" in page
    assert "That is the time for each part." in page
    assert "to Attempted" in page


def test_posting_twice_grades_once_and_the_first_answer_stands(
    mine: Client, reply: Reply, lesson: Concept
) -> None:
    token = token_on(mine.get(lesson.get_absolute_url()))
    first = reply("a", token)
    for answer in ("a", "b", "", "nonsense"):
        again = reply(answer, token)
        assert again.status_code == 302
        assert "Right, 1 of 1" in text(mine.get(again["Location"]))
    assert first.status_code == 302
    assert Attempt.objects.count() == Evidence.objects.count() == 1


def test_an_answer_that_cannot_be_read_is_refused_at_the_field_and_kept(
    mine: Client, objective: Objective
) -> None:
    lesson = objective.concept
    QuestionFactory(objective=objective, type="numeric", publish=True)
    page = mine.get(lesson.get_absolute_url())
    response = mine.post(url(lesson), {"token": token_on(page), "answer": "248 ish"})
    assert response.status_code == 422
    assert "“248 ish” is not a number." in text(response)
    assert 'value="248 ish"' in response.content.decode()
    assert token_on(response) == token_on(page)
    stem = re.compile(r"A cell made [\d,]+ good parts in \d hours")
    assert stem.findall(text(response)) == stem.findall(text(page))
    assert not Attempt.objects.exists()


def test_the_figures_asked_are_the_figures_graded(mine: Client, objective: Objective) -> None:
    QuestionFactory(objective=objective, type="numeric", publish=True)
    lesson = objective.concept
    page = mine.get(lesson.get_absolute_url())
    units, hours = re.findall(r"made ([\d,]+) good parts in (\d) hours", text(page))[0]
    right = evaluate("units / hours", {"units": float(units.replace(",", "")), "hours": float(hours)})
    response = mine.post(url(lesson), {"token": token_on(page), "answer": f"{right:.6g} parts/h"})
    assert "Right, 1 of 1" in text(mine.get(response["Location"]))


def test_no_answer_is_refused_at_the_field(reply: Reply) -> None:
    response = reply("")
    assert response.status_code == 422
    assert "There is no answer yet." in text(response)
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("token", ["", "x", "a:b:c"])
def test_an_answer_without_its_question_is_refused_with_a_fresh_one(reply: Reply, token: str) -> None:
    response = reply("a", token)
    assert response.status_code == 400
    assert "This answer came without its question. Nothing was graded." in text(response)
    assert token_on(response)


def test_a_token_of_somebody_else_or_of_another_lesson_is_refused(
    mine: Client, reply: Reply, lesson: Concept
) -> None:
    version = QuestionVersion.objects.get()
    theirs = sign_offer(Offer(LearnerFactory().pk, version.pk, 1, "nonce", False), lesson.slug)
    assert reply("a", theirs).status_code == 400
    other = ConceptFactory()
    token = token_on(mine.get(lesson.get_absolute_url()))
    assert mine.post(url(other), {"token": token, "answer": "a"}).status_code == 400
    assert not Attempt.objects.exists()


def test_a_question_left_open_for_days_is_gone(
    mine: Client, me: Learner, reply: Reply, lesson: Concept
) -> None:
    token = token_on(mine.get(lesson.get_absolute_url()))
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        mine.force_login(me.user)
        response = reply("a", token)
    assert response.status_code == 410
    assert "open for more than three days" in text(response)


def test_another_question_is_one_that_was_not_answered_before(mine: Client, objective: Objective) -> None:
    lesson = objective.concept
    QuestionFactory.create_batch(3, objective=objective, publish=True)
    for _ in range(3):
        page = mine.get(lesson.get_absolute_url())
        mine.post(url(lesson), {"token": token_on(page), "answer": "a"})
    asked = list(AttemptItem.objects.order_by("pk").values_list("version__question", flat=True))
    assert len(set(asked)) == 3
    page = mine.get(lesson.get_absolute_url())
    mine.post(url(lesson), {"token": token_on(page), "answer": "a"})
    assert AttemptItem.objects.latest("pk").version.question_id == asked[0]  # met longest ago


def test_only_published_questions_are_asked(mine: Client, objective: Objective) -> None:
    QuestionFactory(objective=objective)
    assert "Quick check" not in mine.get(objective.concept.get_absolute_url()).content.decode()


def test_somebody_elses_result_is_not_shown(mine: Client, reply: Reply) -> None:
    location = reply("a")["Location"]
    stranger = Client()
    stranger.force_login(LearnerFactory().user)
    page = stranger.get(location)
    assert "Right, 1 of 1" not in text(page)
    assert token_on(page)
    assert "Right, 1 of 1" not in text(mine.get(location.replace("check=", "check=x")))


def test_a_check_on_a_draft_counts_for_nothing(lesson: Concept) -> None:
    lesson.unpublish()
    lesson.save()
    client = Client()
    client.force_login(make_editor())
    page = client.get(lesson.get_absolute_url())
    response = client.post(url(lesson), {"token": token_on(page), "answer": "a"})
    assert "Right, 1 of 1" in text(client.get(response["Location"]))
    assert Attempt.objects.get().is_preview
    assert not Evidence.objects.exists()


def test_the_address_of_the_check_leads_back_to_the_lesson(mine: Client, lesson: Concept) -> None:
    response = mine.get(url(lesson))
    assert response["Location"] == f"{lesson.get_absolute_url()}#check"


def test_a_lesson_that_is_not_there_answers_so(mine: Client, db: None) -> None:
    assert mine.post(reverse("assessments:check", args=["nothing"]), {"token": "x"}).status_code == 404


def test_a_result_costs_no_query_more_and_answering_is_cheap(
    mine: Client, reply: Reply, lesson: Concept
) -> None:
    token = token_on(mine.get(lesson.get_absolute_url()))
    with CaptureQueriesContext(connection) as answering:
        response = reply("a", token)
    with CaptureQueriesContext(connection) as showing:
        mine.get(response["Location"])
    writes = [
        q for q in answering.captured_queries if not re.match("SAVEPOINT|RELEASE|BEGIN|COMMIT", q["sql"])
    ]
    # PostgreSQL is asked in a statement of its own to hold the version against a correction meanwhile.
    assert len(writes) <= 15 + (connection.vendor == "postgresql")
    assert len(showing) <= 8
