"""Tags of many questions at once, and the filter by tag."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.coursepack.kinds import as_asked
from assessments.forms.corrections import CorrectionForm
from assessments.models import Question
from assessments.questions.common import MOST_TAGS
from assessments.selectors.tags import tag_counts, tagged_with
from assessments.services.bank import publish_question, put_right
from concepts.admin.chosen import MOST
from tests.assessments.forms.typed import typed
from tests.factories import QuestionFactory, single_choice

pytestmark = pytest.mark.django_db
LIST = "/admin/assessments/question/"


def tagged(*tags: str, **more: Any) -> Any:
    return QuestionFactory(content=single_choice() | ({"tags": list(tags)} if tags else {}), **more)


def change(editor: Client, questions: list[Any], **data: Any) -> Any:
    keys = [question.pk for question in questions]
    return editor.post(reverse("admin:tags"), {"listed": keys, "pk": keys, **data})


def tags_of(question: Any) -> Any:
    return Question.objects.get(pk=question.pk).content.get("tags")


def test_the_action_shows_what_is_chosen_with_its_tags_and_those_that_are_known(editor: Client) -> None:
    tagged("exam")
    question = tagged("lean", "flow")
    response = editor.post(LIST, {"action": "tag_selected", "_selected_action": [question.pk]})
    assert response.status_code == 200
    said = response.content.decode()
    assert "Tags: lean, flow" in said
    assert '<option value="exam">' in said
    assert [value for value, _label in response.context["form"].fields["take_off"].choices] == [
        "flow",
        "lean",
    ]


def test_tags_are_added_and_taken_off_with_a_history(editor: Client) -> None:
    one, two = tagged("old", "kept"), tagged()
    response = change(editor, [one, two], add="new,  two  words", take_off=["old"])
    assert response["Location"] == LIST
    assert (tags_of(one), tags_of(two)) == (["kept", "new", "two words"], ["new", "two words"])
    last = one.history.first()
    assert last.history_user == response.wsgi_request.user
    assert last.history_change_reason == "Tagged: new, two words. Tags taken off: old."


def test_the_last_tag_leaves_nothing_behind(editor: Client) -> None:
    question = tagged("old")
    change(editor, [question], take_off=["old"])
    assert Question.objects.get().content == single_choice()


def test_a_known_tag_keeps_its_spelling_and_is_not_there_twice(editor: Client) -> None:
    one, two = tagged("Lean"), tagged()
    change(editor, [one, two], add="lean")
    assert (tags_of(one), tags_of(two)) == (["Lean"], ["Lean"])
    assert one.history.count() == 1


def test_bad_input_is_refused_and_changes_nothing(editor: Client) -> None:
    full = tagged(*(f"tag {i}" for i in range(MOST_TAGS)))
    free = tagged()
    for data, status in (
        ({}, 422),
        ({"add": "x" * 61}, 422),
        ({"take_off": ["never seen"]}, 422),
        ({"add": "one more"}, 422),
        ({"add": "x", "pk": []}, 422),
    ):
        assert change(editor, [full, free], **data).status_code == status
    assert (len(tags_of(full)), tags_of(free)) == (MOST_TAGS, None)
    assert editor.get(reverse("admin:tags")).status_code == 405


def test_questions_are_found_by_a_tag_wherever_it_stands_and_only_by_the_whole_tag() -> None:
    one, two = tagged("a", "b", 'quo"te', "größe"), tagged("b")
    tagged("ab", "stem")
    for tag, found in (("a", [one]), ("b", [one, two]), ('quo"te', [one]), ("größe", [one]), ("c", [])):
        assert list(Question.objects.filter(tagged_with(tag)).order_by("pk")) == found
    assert tag_counts()["b"] == 2


def test_the_list_is_filtered_by_tag_and_by_having_none(editor: Client) -> None:
    one, two = tagged("lean", title="With"), tagged(title="Without")
    assert list(editor.get(LIST, {"tag": "=lean"}).context["cl"].queryset) == [one]
    assert list(editor.get(LIST, {"tag": "none"}).context["cl"].queryset) == [two]
    assert editor.get(LIST, {"tag": "nonsense"}).status_code == 200


def test_a_longer_list_with_tags_takes_no_more_queries(editor: Client) -> None:
    counts = []
    for _ in range(2):
        for i in range(5):
            tagged("lean", f"tag {i}")
        with CaptureQueriesContext(connection) as asked:
            assert editor.get(LIST, {"tag": "=lean"}).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def listed(editor: Client, asked: str) -> list[Any]:
    return list(editor.get(LIST, {"asked": asked}).context["cl"].queryset)


def test_tagging_what_is_asked_is_no_change_that_waits(editor: Client) -> None:
    question, tagged_before = tagged(publish=True), tagged("old", publish=True)
    change(editor, [question, tagged_before], add="lean", take_off=["old"])
    question.refresh_from_db()
    assert question.content["tags"] == ["lean"] and "tags" not in question.live.content
    assert not question.has_unpublished_changes
    assert listed(editor, "this") == [question, tagged_before] and listed(editor, "older") == []
    assert "Version 1; changes wait" not in editor.get(LIST).content.decode()


def test_another_stem_beside_a_tag_is_a_change_that_waits(editor: Client) -> None:
    question = tagged(publish=True)
    question.content = {**question.content, "stem": "Another?", "tags": ["lean"]}
    question.save()
    assert question.has_unpublished_changes
    assert listed(editor, "this") == [] and listed(editor, "older") == [question]


def test_publishing_after_tagging_makes_no_version_and_keeps_the_tag(editor: Client) -> None:
    question = tagged("lean", publish=True)
    change(editor, [question], add="flow")
    question.refresh_from_db()
    publish_question(question=question)
    assert question.versions.count() == 1
    assert tags_of(question) == ["lean", "flow"]


def test_a_correction_shows_no_tags_and_leaves_those_of_the_draft(editor: Client) -> None:
    question = tagged("old", publish=True)
    change(editor, [question], add="lean", take_off=["old"])
    question.refresh_from_db()
    form = CorrectionForm(question.live, [])
    assert "tags" not in [name for shown in form.content_form.shown() for name in shown.section.fields]
    changes = {"q__stem": "Put right?", "q__tags": "hand-made", "reason": "A slip"}
    data = typed(question.type, question.live.content, **changes, live=str(question.live_id))
    corrected = CorrectionForm(question.live, [], data)
    assert corrected.is_valid()
    assert corrected.content()["tags"] == ["old"]
    put_right(question=question, content=corrected.content(), reason="A slip")
    assert tags_of(question) == ["lean"]
    assert Question.objects.get().content["stem"] == "Put right?"
    assert not Question.objects.get().has_unpublished_changes


def test_a_course_is_exported_with_the_tags_of_today(editor: Client) -> None:
    question = tagged(publish=True)
    change(editor, [question], add="lean")
    question.refresh_from_db()
    assert as_asked(question).content == question.content
    question.content = {**question.content, "stem": "Not published yet?"}
    question.save()
    assert as_asked(question).content == {**question.live.content, "tags": ["lean"]}


def test_as_many_as_may_be_chosen_are_tagged_in_one_form(editor: Client) -> None:
    first = tagged()
    Question.objects.bulk_create(
        Question(
            slug=f"copy-{number}",
            title=f"Copy {number}",
            type=first.type,
            objective=first.objective,
            content=first.content,
        )
        for number in range(MOST - 1)
    )
    keys = list(Question.objects.values_list("pk", flat=True))
    page = editor.post(LIST, {"action": "tag_selected", "_selected_action": keys}).content.decode()
    assert page.count('type="checkbox" name="pk"') == MOST
    assert page.count('name="listed"') == 1
    listed = " ".join(str(key) for key in keys)
    posted = {"listed": listed, "pk": keys, "add": "lean"}
    assert editor.post(reverse("admin:tags"), posted).status_code == 302
    assert tag_counts()["lean"] == MOST
    again = editor.post(reverse("admin:tags"), {**posted, "add": ""})
    assert (again.status_code, len(again.context["rows"])) == (422, MOST)


def test_keys_that_are_no_keys_are_refused_in_words(editor: Client) -> None:
    tagged()
    for keys in (["²"], ["x"], ["9" * 40]):
        response = editor.post(reverse("admin:tags"), {"listed": keys, "pk": keys, "add": "lean"})
        assert response.status_code == 422
        assert "Nothing is ticked" in response.content.decode()
        said = editor.post(
            LIST, {"action": "tag_selected", "index": "0", "_selected_action": keys}, follow=True
        )
        assert "Items must be selected" in said.content.decode()
        assert editor.get(LIST, {"module": keys[0]}).status_code == 200
