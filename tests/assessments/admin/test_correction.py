"""Correcting a live question in the admin: fill in, look at the effects, agree, and nothing in between."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Attempt, Correction, Question
from assessments.services.attempts import start_attempt
from tests.assessments.corrections import NOW, answered_test, corrected, hand_in, reworded
from tests.assessments.forms.typed import typed
from tests.factories import LearnerFactory, MisconceptionFactory, QuestionFactory, UserFactory, practice_set

pytestmark = pytest.mark.django_db
REASON = "The key had the wrong choice."


def url(question: Question, act: str = "correct") -> str:
    return reverse(f"admin:assessments_question_{act}", args=[question.pk])


def form(question: Question, **changes: Any) -> dict[str, Any]:
    """The page as it is sent: the content corrected, the reason, and the version it was made from."""
    content = changes.pop("content", corrected(question, right=1))
    data = typed(question.type, content).dict()
    return {**data, "live": question.live_id, "reason": REASON, **changes}


def hidden(response: Any) -> dict[str, str]:
    """What the page of the effects sends again."""
    page = response.content.decode()
    fields = dict(re.findall(r'<textarea hidden name="([^"]+)">\n(.*?)</textarea>', page, re.DOTALL))
    token = re.search(r'name="token" value="(\w+)"', page)
    assert token
    return {name: value.replace("&#x27;", "'") for name, value in fields.items()} | {"token": token[1]}


def test_the_page_shows_what_is_live_and_asks_for_the_reason(editor: Client) -> None:
    question, _ = answered_test("b")
    question.content = question.content | {"stem": "A draft."}
    question.save()
    shown = editor.get(url(question)).content.decode()
    assert "A press makes the same parts in less time" in shown
    assert "A draft." not in shown
    assert "Learners read it beside their mark" in shown


def test_the_effects_are_shown_without_names_before_anything_changes(editor: Client) -> None:
    question, attempts = answered_test("a", "b", "b")
    response = editor.post(url(question), form(question, _preview="1"))
    shown = " ".join(response.content.decode().split())
    assert response.status_code == 200
    assert response.context["preview"].rows[0].learners == 2
    assert "It falls" in shown
    assert "2 attempts: Not passed → Passed" in shown
    assert "2 learners in the objective: Attempted → Familiar" in shown
    assert REASON in shown
    assert not any(attempt.learner.user.email in shown for attempt in attempts)
    assert not any(attempt.learner.user.last_name in shown for attempt in attempts)
    assert not Correction.objects.exists()
    assert [attempt.score for attempt in Attempt.objects.order_by("pk")] == [1, 0, 0]


def test_agreeing_corrects_and_the_question_lists_it(editor: Client) -> None:
    question, _ = answered_test("a", "b")
    seen = editor.post(url(question), form(question, _preview="1"))
    done = editor.post(url(question), hidden(seen) | {"_apply": "1"}, follow=True)
    shown = " ".join(done.content.decode().split())
    assert "Done. 2 answers were looked at again; marks changed: 2." in shown
    assert REASON in shown
    made = Correction.objects.get()
    assert (made.reason, made.affected, made.changed) == (REASON, 2, 2)
    assert made.by is not None


def test_going_back_loses_nothing_that_was_typed(editor: Client) -> None:
    question, _ = answered_test("b")
    seen = editor.post(url(question), form(question, _preview="1", reason="Half a reason"))
    shown = editor.post(url(question), hidden(seen) | {"_edit": "1"}).content.decode()
    assert "Half a reason" in shown
    assert "Think again." in shown


def test_an_answer_that_came_in_meanwhile_is_shown_before_anything_changes(editor: Client) -> None:
    question, _ = answered_test("b")
    seen = editor.post(url(question), form(question, _preview="1"))
    hand_in(question.objective.parts.get().assessment, "b")
    refused = editor.post(url(question), hidden(seen) | {"_apply": "1"})
    assert refused.status_code == 409
    assert "Something has changed since you looked" in refused.content.decode()
    assert refused.context["preview"].effects.answers == 2
    assert not Correction.objects.exists()
    assert editor.post(url(question), hidden(refused) | {"_apply": "1"}).status_code == 302


def test_another_version_that_became_live_meanwhile_is_no_surprise(editor: Client) -> None:
    question, _ = answered_test("b")
    data = form(question, _preview="1")
    reworded(question)
    refused = editor.post(url(question), data)
    assert refused.status_code == 409
    assert "Another version has become live" in refused.content.decode()
    assert REASON in refused.content.decode()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"reason": " "}, "Say why."),
        ({"reason": "x" * 501}, "at most 500 characters"),
        ({"q-choices-1-feedback": "", "q-choices-0-feedback": ""}, "has no feedback"),
        ({"q-stem": ""}, "The question has no text"),
        ({"q-choices-2-DELETE": "on"}, "There are 2; give 3 to 5."),
    ],
)
def test_bad_input_is_answered_at_the_field(editor: Client, changes: dict[str, str], reason: str) -> None:
    question, _ = answered_test("b")
    response = editor.post(url(question), form(question, _preview="1") | changes)
    assert response.status_code == 422
    assert reason in response.content.decode()
    assert not Correction.objects.exists()


def test_what_answers_hang_on_is_refused_with_the_way_out(editor: Client) -> None:
    question, _ = answered_test("b")
    swapped = corrected(question, right=1)
    swapped["choices"][0], swapped["choices"][2] = swapped["choices"][2], swapped["choices"][0]
    response = editor.post(url(question), form(question, _preview="1", content=swapped))
    assert response.status_code == 422
    assert "publish a new version instead" in response.content.decode()


def test_older_versions_can_be_ticked(editor: Client) -> None:
    question, _ = answered_test("b")
    first = question.live_id
    reworded(question)
    question.refresh_from_db()
    hand_in(question.objective.parts.get().assessment, "b")
    assert "Version 1 of" in editor.get(url(question)).content.decode()
    seen = editor.post(url(question), form(question, _preview="1", older=[str(first)]))
    assert seen.context["preview"].effects.answers == 2


def test_a_question_is_withdrawn_in_the_same_two_steps(editor: Client) -> None:
    question, _ = answered_test("a", "b")
    page = url(question, "void")
    assert editor.get(page).status_code == 200
    refused = editor.post(page, {"live": question.live_id, "reason": "Broken.", "_preview": "1"})
    assert refused.status_code == 422
    assert "Pick one of the two." in refused.content.decode()
    data = {"live": question.live_id, "reason": "Broken.", "kind": "out", "_preview": "1"}
    seen = editor.post(page, data)
    assert "left out of all marks" in seen.content.decode()
    assert editor.post(page, hidden(seen) | {"_apply": "1"}).status_code == 302
    assert Correction.objects.get().kind == "out"
    assert not Question.objects.get().is_published


def test_there_is_nothing_to_correct_before_somebody_was_asked(editor: Client) -> None:
    question = QuestionFactory(publish=True)
    assert editor.get(url(question)).status_code == 404
    shown = editor.get(reverse("admin:assessments_question_change", args=[question.pk])).content.decode()
    assert "Correct this live question" not in shown
    start_attempt(learner=LearnerFactory(), assessment=practice_set(1), now=NOW)
    asked = Question.objects.exclude(pk=question.pk).get()
    shown = editor.get(reverse("admin:assessments_question_change", args=[asked.pk])).content.decode()
    assert "Correct this live question" in shown


def test_only_who_may_change_questions_may_correct_them(client: Client) -> None:
    question, _ = answered_test("b")
    client.force_login(UserFactory(is_staff=True))
    assert client.get(url(question)).status_code == 403
    assert client.get(url(question, "void")).status_code == 403
    assert client.post(url(question), form(question, _apply="1")).status_code == 403


def test_the_record_is_read_only_and_names_nobody(editor: Client) -> None:
    question, attempts = answered_test("b")
    seen = editor.post(url(question), form(question, _preview="1"))
    editor.post(url(question), hidden(seen) | {"_apply": "1"})
    made = Correction.objects.get()
    for page in ("/admin/assessments/correction/", f"/admin/assessments/correction/{made.pk}/change/"):
        shown = editor.get(page).content.decode()
        assert str(question) in shown
        assert attempts[0].learner.user.email not in shown
    assert editor.get("/admin/assessments/correction/add/").status_code == 403


def test_a_misconception_is_called_by_its_name(editor: Client) -> None:
    question, _ = answered_test("b")
    named = MisconceptionFactory(slug="pace-for-rate", name="Pace taken for rate")
    content = corrected(question, right=1)
    content["choices"][0]["misconception"] = named.slug
    shown = editor.post(url(question), form(question, content=content, _preview="1")).content.decode()
    assert "Pace taken for rate" in shown


def test_the_list_of_corrections_says_when_there_is_none_and_names_who_made_one(editor: Client) -> None:
    changelist = reverse("admin:assessments_correction_changelist")
    assert "No question has been corrected" in editor.get(changelist).content.decode()
    question, _ = answered_test("b")
    token = hidden(editor.post(url(question), form(question, _preview="1")))
    editor.post(url(question), token | {"_apply": "1"})
    shown = editor.get(changelist).content.decode()
    assert "No question has been corrected" not in shown
    assert str(Correction.objects.get().by.get_full_name()) in shown
