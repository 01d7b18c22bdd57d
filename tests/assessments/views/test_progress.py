"""My progress, one objective, and the rule: what they say, what they cost, who may see them."""

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from assessments.models import Learner, ObjectiveState, Question
from assessments.selectors.answers import PER_PAGE
from concepts.models import Objective, Publishable
from tests.assessments.lives import answered, lesson, mastered
from tests.factories import ComparisonRowFactory, LearnerFactory, QuestionFactory, make_editor

MOST_QUERIES = 10  # session and user among them
URL = "/progress/"
VIEWS = [URL, f"{URL}?view=table", f"{URL}?view=answers"]


def text(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def page_of(objective: Objective) -> str:
    return reverse("assessments:objective", args=[objective.code])


def life(me: Learner) -> list[Question]:
    """A module with one objective at each level and one that is fading."""
    _, questions = lesson(6)
    mastered(me, questions[0], days=3)
    mastered(me, questions[1], days=400)
    answered(me, questions[2], 1, 1)
    answered(me, questions[3], 1)
    answered(me, questions[4], 0.2)
    return questions


def test_the_headline_is_the_count(mine: Client, me: Learner) -> None:
    life(me)
    page = text(mine.get(URL))
    assert "2 of 6 objectives mastered" in page
    assert "2 of 6 mastered, 1 fading" in page


def test_each_mark_is_a_link_that_names_the_objective_and_its_level(mine: Client, me: Learner) -> None:
    questions = life(me)
    page = mine.get(URL).content.decode()
    marks = re.findall(r'<li><a href="([^"]+)" title="[^"]*">(.*?)</a></li>', page.split("Course map")[1])
    names = [re.sub(r"<[^>]+>", "", inside) for _, inside in marks]
    words = ["Mastered", "Fading", "Proficient", "Familiar", "Attempted", "Not started"]
    assert names == [f"{q.objective.code} {word}" for q, word in zip(questions, words, strict=True)]
    assert [href for href, _ in marks] == [page_of(question.objective) for question in questions]


def test_both_charts_have_words_and_a_table(mine: Client, me: Learner) -> None:
    life(me)
    page = mine.get(URL).content.decode()
    for key in ("history", "kept"):
        assert f'aria-labelledby="{key}-t {key}-d"' in page
    assert page.count("<details") == 2
    assert page.count("<caption") == 2


def test_somebody_new_is_told_what_will_be_here(mine: Client) -> None:
    lesson(2)
    page = text(mine.get(URL))
    assert "2 objectives to master" in page
    assert "You have not answered anything yet." in page
    assert "0 of 2 mastered" in page


def test_an_empty_course_has_a_page_too(mine: Client) -> None:
    assert "Nothing to master yet" in text(mine.get(URL))


def test_the_table_says_all_of_every_objective(mine: Client, me: Learner) -> None:
    questions = life(me)
    ObjectiveState.objects.filter(objective=questions[2].objective).update(
        next_review=timezone.now() + timedelta(days=3)
    )
    page = text(mine.get(URL, {"view": "table"}))
    code = questions[2].objective.code
    row = page.split(code)[1].split(questions[3].objective.code)[0]
    coming = timezone.localtime() + timedelta(days=3)
    assert "Proficient" in row
    assert f"{coming.day} {coming:%b %Y}" in row
    assert "due now" in page


def test_all_answers_are_listed_by_the_page(mine: Client, me: Learner) -> None:
    _, (question,) = lesson()
    answered(me, question, *[1.0] * (PER_PAGE + 1))
    page = text(mine.get(URL, {"view": "answers"}))
    assert f"{PER_PAGE + 1} answers count" in page
    assert "Page 1 of 2" in page
    assert mine.get(URL, {"view": "answers", "page": "2"}).content.count(b'class="tk-row"') == 1
    assert mine.get(URL, {"view": "answers", "page": "no number"}).status_code == 200


def test_a_new_learner_has_no_answers_to_list(mine: Client) -> None:
    assert "You have not answered anything yet." in text(mine.get(URL, {"view": "answers"}))


@pytest.mark.parametrize("url", VIEWS)
def test_it_asks_the_database_little_and_never_more(
    url: str, mine: Client, me: Learner, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    life(me)
    mine.get(url)
    with django_assert_max_num_queries(MOST_QUERIES) as before:
        mine.get(url)
    life(me)
    life(LearnerFactory())
    mine.get(url)
    with django_assert_max_num_queries(MOST_QUERIES) as after:
        mine.get(url)
    assert len(after) == len(before)


def test_somebody_elses_progress_is_not_mine(mine: Client) -> None:
    life(LearnerFactory())
    page = text(mine.get(URL))
    assert "6 objectives to master" in page
    assert "Latest answers" not in page


# --- One objective ---


def test_an_objective_says_what_it_is_and_what_would_raise_it(mine: Client, me: Learner) -> None:
    questions = life(me)
    page = text(mine.get(page_of(questions[3].objective)))
    assert "After the lesson you can compute throughput from a count and a time." in page
    assert "One more success, on another question or other figures, makes it proficient." in page
    assert questions[3].title in page


def test_before_the_first_answer_the_lesson_is_the_thing_to_do(mine: Client, me: Learner) -> None:
    _, (question,) = lesson()
    response = mine.get(page_of(question.objective))
    assert "You have not answered a question on it yet." in text(response)
    buttons = re.findall(r'btn-primary" href="([^"]+)"', response.content.decode())
    assert buttons == [question.objective.get_absolute_url()]


def test_what_is_due_can_be_reviewed_at_once(mine: Client, me: Learner) -> None:
    _, (question,) = lesson()
    answered(me, question, 1, 1, days=40)
    response = mine.get(page_of(question.objective))
    assert "It is due: a success at a review makes it mastered." in text(response)
    assert b'<form method="post" action="/reviews/">' in response.content


def test_the_row_of_a_comparison_is_linked_where_it_stands(mine: Client) -> None:
    row = ComparisonRowFactory()
    QuestionFactory(objective=row.objective, publish=True)
    assert f"#{row.anchor}".encode() in mine.get(page_of(row.objective)).content


def test_its_answers_are_listed_by_the_page(
    mine: Client, me: Learner, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    _, (question,) = lesson()
    answered(me, question, 1.0)
    url = page_of(question.objective)
    with django_assert_max_num_queries(MOST_QUERIES) as before:
        mine.get(url)
    answered(me, question, *[1.0] * PER_PAGE, days=0.5)
    with django_assert_max_num_queries(MOST_QUERIES) as after:
        page = text(mine.get(url))
    assert len(after) == len(before)
    assert "Page 1 of 2" in page


def test_answers_of_others_are_not_listed(mine: Client) -> None:
    questions = life(LearnerFactory())
    assert "0 answers" in text(mine.get(page_of(questions[0].objective)))


@pytest.mark.parametrize("code", ["THR-99", "nothing"])
def test_an_unknown_code_is_not_there(mine: Client, code: str) -> None:
    assert mine.get(f"/progress/objectives/{code}/").status_code == 404


def test_an_objective_of_a_draft_is_there_for_editors_only(mine: Client) -> None:
    _, (question,) = lesson(status=Publishable.Status.DRAFT)
    url = page_of(question.objective)
    assert mine.get(url).status_code == 404
    mine.force_login(make_editor())
    assert mine.get(url).status_code == 200


# --- The rule ---


def test_the_rule_is_told_in_full(mine: Client) -> None:
    page = text(mine.get("/progress/how/"))
    for words in ("Mastered", "at least 3 days later", "below 80 %", "left blank in a test", "FSRS"):
        assert words in page
