"""The pages on which written answers are graded, and what the learner reads of it."""

import logging
from itertools import pairwise
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from assessments.models import AttemptItem, Cohort, HandGrade, Learner
from tests.assessments.prose import BEST, HALF, NOW, TEXT, handed_in, practised, sat
from tests.assessments.views.cohorts.people import enrol, text
from tests.factories import UserFactory, written_set

pytestmark = pytest.mark.django_db


def posted(ticks: dict[str, str], revision: int = 1, **more: str) -> dict[str, Any]:
    return {f"tick-{name}": label for name, label in ticks.items()} | {"revision": revision, **more}


def address(cohort: Cohort, item: AttemptItem) -> str:
    return reverse("assessments:grading_answer", args=[cohort.pk, item.pk])


@pytest.fixture
def learner(cohort: Cohort) -> Learner:
    return enrol(cohort, first_name="Anneke", last_name="de Boer", email="anneke@example.org")[0]


def test_the_queue_counts_what_waits_by_assessment(
    cohort: Cohort, teacher: User, client: Client, learner: Learner
) -> None:
    first = handed_in(learner, title="Written case")
    handed_in()  # somebody else's learner
    said = text(client.get(reverse("assessments:grading", args=[cohort.pk])))
    assert "One written answer waits for you" in said
    assert "Written case" in said
    assert "Grade 1 written answer" in text(client.get(cohort.get_absolute_url()))
    client.post(address(cohort, first), posted(BEST))
    said = text(client.get(reverse("assessments:grading", args=[cohort.pk])))
    assert "No written answer waits" in said
    assert "Written answers" in text(client.get(cohort.get_absolute_url()))


def test_an_empty_queue_says_so(cohort: Cohort, teacher: User, client: Client) -> None:
    assert "Nobody has handed in" in text(client.get(reverse("assessments:grading", args=[cohort.pk])))
    assert "ritten answers" not in text(client.get(cohort.get_absolute_url()))
    pile = reverse("assessments:grading_pile", args=[cohort.pk, written_set().slug])
    assert client.get(pile)["Location"] == reverse("assessments:grading", args=[cohort.pk])


def test_nobody_is_named_before_names_are_asked_for_and_asking_is_noted(
    cohort: Cohort, teacher: User, client: Client, learner: Learner, caplog: pytest.LogCaptureFixture
) -> None:
    item = handed_in(learner)
    pages = [
        address(cohort, item),
        reverse("assessments:grading_pile", args=[cohort.pk, item.attempt.assessment.slug]),
    ]
    number = f"Learner {HandGrade.objects.get().pk}"
    for page in pages:
        said = text(client.get(page))
        assert number in said
        assert "Anneke" not in said
        assert "anneke@" not in said
    with caplog.at_level(logging.INFO):
        switch = reverse("assessments:grading_names", args=[cohort.pk])
        assert client.post(switch, {"show": "1", "back": pages[0]})["Location"] == pages[0]
    assert f"User {teacher.pk} shows the names" in caplog.text
    assert all("Anneke de Boer" in text(client.get(page)) for page in pages)
    assert client.post(switch, {"back": "https://example.com/"})["Location"] == reverse(
        "assessments:grading", args=[cohort.pk]
    )
    assert "Anneke" not in text(client.get(pages[0]))


def test_a_grade_is_kept_and_the_next_that_waits_comes(
    cohort: Cohort, teacher: User, client: Client, learner: Learner
) -> None:
    other = enrol(cohort)[0]
    assessment = written_set(2)
    (mine, mine_too), (theirs, theirs_too) = sat(assessment, learner), sat(assessment, other)
    order = [mine, theirs, mine_too, theirs_too]  # question by question
    assert "2 of 4" in text(client.get(address(cohort, theirs)))
    for item, following in pairwise(order):
        answer = client.post(address(cohort, item), posted(HALF, comment="Well.", onward="1"))
        assert answer["Location"] == address(cohort, following)
    last = client.post(address(cohort, theirs_too), posted(BEST, onward="1"))
    assert last["Location"] == reverse("assessments:grading_pile", args=[cohort.pk, assessment.slug])
    said = text(client.get(last["Location"]))
    assert "3 of 10" in said
    assert "Everything is graded" in said
    assert client.post(address(cohort, mine), posted(BEST, 2))["Location"] == address(cohort, mine)


def test_what_is_refused_is_shown_with_what_was_ticked_and_typed(
    cohort: Cohort, teacher: User, client: Client, learner: Learner
) -> None:
    item = handed_in(learner)
    answer = client.post(
        address(cohort, item), posted({"reason": "Complete", "words": "Loud"}, comment="Kept")
    )
    assert answer.status_code == 422
    assert "no such level" in text(answer)
    assert "Kept" in text(answer)
    long = client.post(address(cohort, item), posted(BEST, comment="x" * 5001))
    assert (long.status_code, "5,001 characters" in text(long)) == (422, True)
    client.post(address(cohort, item), posted(BEST))
    bare = client.post(address(cohort, item), posted({}, 2))
    assert (bare.status_code, "Tick a level for every criterion" in text(bare)) == (422, True)


def test_of_two_graders_the_second_sees_both_grades_and_may_put_theirs_in_place(
    cohort: Cohort, teacher: User, client: Client, learner: Learner
) -> None:
    item = handed_in(learner)
    colleague = UserFactory(first_name="Beatriz", last_name="Ocampo", is_superuser=True)
    first = Client()
    first.force_login(colleague)
    first.post(address(cohort, item), posted(BEST, comment="Theirs."))
    answer = client.post(address(cohort, item), posted(HALF, comment="Mine."))
    said = text(answer)
    assert answer.status_code == 409
    assert all(words in said for words in ("Beatriz Ocampo", "Theirs.", "Mine.", "Complete", "Partly"))
    assert HandGrade.objects.get().comment == "Theirs."
    assert client.post(address(cohort, item), posted(HALF, 2, comment="Mine.")).status_code == 302
    assert HandGrade.objects.get().comment == "Mine."


@pytest.mark.parametrize("kind", ["queue", "pile", "answer"])
def test_pages_cost_the_same_for_any_number_of_answers(
    cohort: Cohort, teacher: User, client: Client, django_assert_max_num_queries: Any, kind: str
) -> None:
    assessment = written_set()
    counts = set()
    for count in (2, 4):
        items = [
            sat(assessment if kind != "queue" else written_set(), one)[0] for one in enrol(cohort, count)
        ]
        url = {
            "queue": reverse("assessments:grading", args=[cohort.pk]),
            "pile": reverse("assessments:grading_pile", args=[cohort.pk, assessment.slug]),
            "answer": address(cohort, items[0]),
        }[kind]
        with django_assert_max_num_queries(14) as queries:
            assert client.get(url).status_code == 200
        counts.add(len(queries))
    assert len(counts) == 1


def test_a_learner_reads_that_it_waits_and_then_the_grade_with_the_comment(
    cohort: Cohort, teacher: User, client: Client, learner: Learner
) -> None:
    item = handed_in(learner)
    own = Client()
    own.force_login(learner.user)
    result = reverse("assessments:result", args=[item.attempt_id])
    question = reverse("assessments:question", args=[item.attempt_id, 1])
    said = text(own.get(result))
    assert "One answer waits for a person" in said
    assert "Waits for a person" in said
    assert "10 words" in said
    assert "pass mark" not in said
    assert "Handed in: a person will mark it" in text(own.get(question))
    assert "not graded" not in text(own.get(item.attempt.assessment.get_absolute_url()))
    client.post(address(cohort, item), posted(HALF, comment="Say what waits.\n\nThen why."))
    said = text(own.get(question))
    assert all(words in said for words in ("3 of 10 points", "Partly", "Say what waits.", TEXT))
    assert "30" in text(own.get(result))
    assert "waits for a person" not in text(own.get(result))


def test_in_practice_the_model_answer_is_read_at_once_and_the_practice_goes_on(learner: Learner) -> None:
    item = practised(learner, questions=2)
    own = Client()
    own.force_login(learner.user)
    said = text(own.get(reverse("assessments:question", args=[item.attempt_id, 1])))
    assert "The orders wait for something else." in said
    assert "Names what the orders wait for." in said
    assert own.get(reverse("assessments:attempt", args=[item.attempt_id]))["Location"] == reverse(
        "assessments:question", args=[item.attempt_id, 2]
    )
    second = reverse("assessments:question", args=[item.attempt_id, 2])
    assert "How it is marked" in text(own.get(second))
    assert own.post(second, {"answer": TEXT, "revision": "0"})["Location"] == f"{second}#verdict"
    late = own.post(second, {"answer": "Another.", "revision": "1"})
    assert (late.status_code, "Handed in already" in text(late)) == (409, True)
    assert "Every question is answered" in text(
        own.get(reverse("assessments:submit", args=[item.attempt_id]))
    )


def test_too_many_words_are_refused_at_the_field_and_kept(learner: Learner) -> None:
    item = practised(learner, questions=2)
    own = Client()
    own.force_login(learner.user)
    second = reverse("assessments:question", args=[item.attempt_id, 2])
    answer = own.post(second, {"answer": "word " * 40, "revision": "0"})
    assert answer.status_code == 422
    assert "at most 22 are taken" in text(answer)
    assert "word word" in text(answer)


def test_an_answer_to_a_void_question_is_not_asked_of_anybody_and_its_page_still_opens(
    cohort: Cohort, teacher: User, client: Client, learner: Learner
) -> None:
    item = handed_in(learner)
    AttemptItem.objects.filter(pk=item.pk).update(void="full", score=1, graded_at=NOW)
    assert client.get(address(cohort, item)).status_code == 404
    own = Client()
    own.force_login(learner.user)
    assert own.get(reverse("assessments:question", args=[item.attempt_id, 1])).status_code == 200
