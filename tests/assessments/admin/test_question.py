"""Questions in the admin: the type first, drafts that may be incomplete, publishing that never may."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Attempt, AttemptItem, Evidence, Question, QuestionVersion
from assessments.questions import TYPES
from tests.assessments.forms.typed import typed
from tests.assessments.questions import test_multi_step
from tests.cases import make_case
from tests.factories import ItemFactory, MisconceptionFactory, ObjectiveFactory, QuestionFactory, numeric

pytestmark = pytest.mark.django_db
LIST = "/admin/assessments/question/"


def change(question: Question) -> str:
    return reverse("admin:assessments_question_change", args=[question.pk])


def form(question: Question, content: dict[str, Any] | None = None, **changes: str) -> dict[str, Any]:
    """The form of a question as it stands, with some controls typed over."""
    data = typed(question.type, question.content if content is None else content, **changes)
    return {
        "objective": question.objective_id,
        "title": question.title,
        "slug": question.slug,
        "thinking": question.thinking,
        **data.dict(),
    }


def notes(response: Any) -> str:
    return str(
        [
            s.problems + [c.problems for c in s.controls] + [c.problems for r in s.rows for c in r]
            for s in response.context["content_form"].shown()
        ]
    )


def test_a_new_question_begins_with_its_type(editor: Client) -> None:
    shown = editor.get(f"{LIST}add/?objective=5").content.decode()
    for key in TYPES:
        assert f"?type={key}&amp;objective=5" in shown


@pytest.mark.parametrize("kind", TYPES)
def test_the_form_shows_only_what_its_type_needs(editor: Client, kind: str) -> None:
    shown = editor.get(f"{LIST}add/?type={kind}").content.decode()
    assert ("Parameters" in shown) == (kind in ("numeric", "multi_step"))
    assert ("Buckets" in shown) == (kind == "classification")
    assert ("Add another choice" in shown) == (kind in ("single_choice", "multiple_choice"))


def test_an_incomplete_draft_is_saved_and_says_what_is_missing(editor: Client) -> None:
    objective = ObjectiveFactory()
    data = {"objective": objective.pk, "title": "Half done", "slug": "half-done", "thinking": "apply"}
    data |= typed("single_choice", {}, q__stem="What now?").dict()
    response = editor.post(f"{LIST}add/?type=single_choice", {**data, "_continue": "1"}, follow=True)
    question = Question.objects.get()
    assert (question.type, question.status, question.content["stem"]) == (
        "single_choice",
        "draft",
        "What now?",
    )
    shown = response.content.decode()
    assert "Not ready to publish" in shown
    assert "There is no explanation" in notes(response)


def test_publishing_makes_a_version_and_the_next_one_after_a_change(editor: Client) -> None:
    question = QuestionFactory()
    assert editor.post(change(question), {**form(question), "_publish": "1"}).status_code == 302
    question.refresh_from_db()
    assert question.live.number == 1
    typed_over = form(question, q__stem="Asked anew?")
    response = editor.post(change(question), {**typed_over, "_publish": "1"}, follow=True)
    question.refresh_from_db()
    assert question.live.number == 2
    assert question.live.content["stem"] == "Asked anew?"
    assert "Version 2 is live" in response.content.decode()


def test_saving_a_draft_leaves_learners_with_the_live_version(editor: Client) -> None:
    question = QuestionFactory(publish=True)
    ItemFactory(version=question.live, answer="a", revision=1, saved_at="2026-11-01T10:00Z")
    editor.post(change(question), {**form(question, q__stem="Asked anew?"), "_save": "1"})
    question.refresh_from_db()
    assert question.content["stem"] == "Asked anew?"
    assert question.live.content["stem"] != "Asked anew?"
    shown = editor.get(change(question)).content.decode()
    assert "version 1 is live since" in shown
    assert "in 1 answer" in shown
    assert "you are editing a draft of version 2" in shown


def test_saving_without_a_change_waits_for_nothing(editor: Client) -> None:
    question = QuestionFactory(type="numeric", publish=True)
    MisconceptionFactory(slug="time-divided-by-units")
    editor.post(change(question), {**form(question), "_save": "1"})
    question.refresh_from_db()
    assert not question.has_unpublished_changes


def test_publishing_a_broken_question_is_refused_at_the_field_and_the_draft_is_kept(editor: Client) -> None:
    question = QuestionFactory(publish=True)
    before = question.live
    broken = form(question, q__choices__1__feedback="", q__stem="Asked anew?")
    response = editor.post(change(question), {**broken, "_publish": "1"})
    assert response.status_code == 422
    assert "This wrong choice has no feedback" in notes(response)
    assert "Not published" in response.content.decode()
    assert "Asked anew?" in response.content.decode()
    question.refresh_from_db()
    assert question.live == before
    assert question.content["stem"] == "Asked anew?"


def test_a_broken_new_question_is_kept_as_a_draft_whose_form_leads_on(editor: Client) -> None:
    data = {"objective": ObjectiveFactory().pk, "title": "Half", "slug": "half", "thinking": "apply"}
    data |= typed("true_false", {}, q__stem="Takt is a pace.").dict()
    response = editor.post(f"{LIST}add/?type=true_false", {**data, "_publish": "1"})
    assert response.status_code == 422
    question = Question.objects.get()
    assert f'action="{change(question)}"' in response.content.decode()
    assert question.status == "draft"


def test_what_cannot_be_read_is_not_saved_and_not_lost(editor: Client) -> None:
    question = QuestionFactory(type="numeric")
    data = form(question, q__parameters__0__lowest="six", q__stem="Typed a moment ago {units} {hours}")
    response = editor.post(change(question), {**data, "_save": "1"})
    assert response.status_code == 422
    shown = response.content.decode()
    assert "“six” is not a number" in notes(response)
    assert 'value="six"' in shown
    assert "Typed a moment ago" in shown
    question.refresh_from_db()
    assert question.content == numeric()


def test_an_address_that_is_taken_is_refused_with_everything_kept(editor: Client) -> None:
    QuestionFactory(slug="taken", title="The first")
    question = QuestionFactory()
    data = form(question, q__stem="Typed a moment ago") | {"slug": "taken"}
    response = editor.post(change(question), {**data, "_save": "1"})
    assert response.status_code == 422
    assert "“taken” is taken by the question “The first”" in str(response.context["errors"])
    assert "Typed a moment ago" in response.content.decode()


def test_unpublishing_asks_it_of_nobody_and_keeps_its_versions(editor: Client) -> None:
    question = QuestionFactory(publish=True)
    editor.post(change(question), {**form(question), "_unpublish": "1"})
    assert not Question.objects.published().exists()
    assert QuestionVersion.objects.count() == 1


def test_several_are_published_and_the_broken_one_is_named_with_its_reason(editor: Client) -> None:
    sound, broken = QuestionFactory(), QuestionFactory(title="Broken", content={"stem": "What?"})
    data = {"action": "publish_selected", "_selected_action": [sound.pk, broken.pk]}
    shown = editor.post(LIST, data, follow=True).content.decode()
    assert "1 question is live." in shown
    assert "“Broken” was not published" in shown
    assert list(Question.objects.published()) == [sound]


def test_several_are_unpublished(editor: Client) -> None:
    questions = QuestionFactory.create_batch(2, publish=True)
    data = {"action": "unpublish_selected", "_selected_action": [question.pk for question in questions]}
    assert "2 questions withdrawn." in editor.post(LIST, data, follow=True).content.decode()


def test_withdrawing_what_a_case_asks_says_what_that_means(editor: Client) -> None:
    case = make_case(title="The press shop")
    question = case.questions.get(slug="small-case-late")
    data = {"action": "unpublish_selected", "_selected_action": [question.pk]}
    said = "“The press shop” asks “"
    assert said in editor.post(LIST, data, follow=True).content.decode()
    case.unpublish()
    case.save()
    question.publish()
    question.save()
    assert said not in editor.post(LIST, data, follow=True).content.decode()


def test_a_change_of_the_content_is_in_the_log_and_in_the_history(editor: Client) -> None:
    question = QuestionFactory()
    editor.post(change(question), {**form(question, q__choices__0__text="It doubles"), "_save": "1"})
    shown = editor.get(reverse("admin:assessments_question_history", args=[question.pk])).content.decode()
    assert "Choices 1, text" in shown
    assert "It doubles" in shown


def test_the_draws_follow_what_is_typed_and_store_nothing(editor: Client) -> None:
    data = typed("numeric", numeric(), q__tolerance="2 %").dict()
    response = editor.post(f"{LIST}draws/numeric/", data)
    assert response.status_code == 200
    assert "No slip within ±2\u202f%" in response.content.decode()
    assert not Question.objects.exists()


def test_draws_of_what_cannot_be_read_leave_the_table_that_is_there(editor: Client) -> None:
    data = typed("numeric", numeric(), q__parameters__0__lowest="six").dict()
    assert editor.post(f"{LIST}draws/numeric/", data).status_code == 204


def test_the_draws_of_steps_follow_what_is_typed_with_every_step_and_the_number_of_variants(
    editor: Client,
) -> None:
    data = typed("multi_step", test_multi_step.CONTENT, q__steps__2__name="pace", q__constraints="rest > 55")
    shown = editor.post(f"{LIST}draws/multi_step/", data.dict()).content.decode()
    assert shown.count("<tr>") == 21
    assert all(f'<th scope="col" class="num">{name}</th>' in shown for name in ("net", "takt", "pace"))
    assert "153 variants" in shown


@pytest.mark.parametrize("kind", ["single_choice", "essay"])
def test_a_type_without_figures_has_no_draws(editor: Client, kind: str) -> None:
    assert editor.post(f"{LIST}draws/{kind}/", {}).status_code == 404


def test_steps_are_saved_and_drawn_without_scripts_and_a_degenerate_draw_is_told_at_its_step(
    editor: Client,
) -> None:
    content = test_multi_step.CONTENT
    question = QuestionFactory(type="multi_step", content=content)
    changed = form(question, q__steps__2__answer="60 / (takt - takt)")
    response = editor.post(change(question), {**changed, "_continue": "1"}, follow=True)
    question.refresh_from_db()
    assert question.content["steps"][2]["answer"] == "60 / (takt - takt)"
    assert "This divides by zero" in notes(response)
    assert response.context["draws"].trouble
    editor.post(change(question), {**form(question, q__steps__2__answer="60 / takt"), "_publish": "1"})
    question.refresh_from_db()
    assert question.live.content == content
    assert len(editor.get(change(question)).context["draws"].rows) == 20


def test_the_form_of_a_numeric_question_shows_twenty_draws(editor: Client) -> None:
    question = QuestionFactory(type="numeric")
    MisconceptionFactory(slug="time-divided-by-units", name="Time divided by units")
    response = editor.get(change(question))
    assert len(response.context["draws"].rows) == 20
    assert "Twenty sample draws" in response.content.decode()


@pytest.mark.parametrize("kind", ["single_choice", "numeric"])
def test_a_question_can_be_tried_out_and_leaves_nothing_behind(editor: Client, kind: str) -> None:
    question = QuestionFactory(type=kind)
    url = reverse("admin:assessments_question_preview", args=[question.pk])
    assert "nothing is kept" in editor.get(url).content.decode()
    answer = {"single_choice": "a", "numeric": "0.0001"}[kind]
    shown = editor.post(url, {"answer": answer}).content.decode()
    assert "tk-verdict" in shown
    assert question.content["explanation"].split("{")[0] in shown
    assert not (Attempt.objects.exists() or AttemptItem.objects.exists() or Evidence.objects.exists())


def test_each_draw_of_a_preview_has_an_address_of_its_own(editor: Client) -> None:
    question = QuestionFactory(type="numeric")
    pages = [
        editor.get(reverse("admin:assessments_question_preview_draw", args=[question.pk, n])) for n in (1, 2)
    ]
    stems = [page.context["preview"].presentation.stem for page in pages]
    assert stems[0] != stems[1]
    assert stems[0] == editor.get(change(question)).context["draws"].first.shown.stem


def test_an_answer_that_cannot_be_read_is_refused_in_the_preview_as_it_would_be_for_a_learner(
    editor: Client,
) -> None:
    question = QuestionFactory(type="numeric")
    url = reverse("admin:assessments_question_preview", args=[question.pk])
    response = editor.post(url, {"answer": "248 ish"})
    assert response.status_code == 422
    assert "“248 ish” is not a number" in response.content.decode()
    assert editor.post(url, {"answer": ""}).status_code == 422
    assert "I do not know" not in editor.post(url, {"gives_up": "1"}).content.decode()


def test_a_draft_that_cannot_be_asked_says_why(editor: Client) -> None:
    question = QuestionFactory(type="numeric", content={"stem": "What?"})
    shown = editor.get(reverse("admin:assessments_question_preview", args=[question.pk]))
    assert "This draft cannot be asked yet" in shown.content.decode()


def test_the_form_is_as_cheap_with_many_rows(editor: Client, django_assert_max_num_queries: Any) -> None:
    question = QuestionFactory(type="numeric", publish=True)
    editor.get(change(question))
    with django_assert_max_num_queries(12):
        editor.get(change(question))
