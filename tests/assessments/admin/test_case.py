"""The questions of a case at its desk: their list, and their check before publishing."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from assessments.models import Question
from concepts.admin.case_checks import problems_of
from concepts.models import CaseStudy
from tests.case_desk import desk_case, whole_case
from tests.factories import CaseStudyFactory, QuestionFactory, UserFactory
from tests.forms import change, opened

pytestmark = pytest.mark.django_db
LATE = "stages.0.checkpoints.0"
QUESTIONS = reverse("admin:assessments_question_changelist")


def found(case: CaseStudy) -> dict[str, str]:
    return {problem.field: problem.message for problem in problems_of(case.content, case)}


def test_a_case_whose_questions_are_there_has_nothing_to_mend() -> None:
    assert found(desk_case()) == {}


def test_a_question_that_is_not_there_is_said_at_its_place_with_the_nearest_one() -> None:
    case = desk_case()
    case.content["stages"][0]["checkpoints"] = ["small-case-lat"]
    assert found(case) == {LATE: "There is no question “small-case-lat”. Did you mean “small-case-late”?"}


def test_a_question_of_another_case_does_not_do() -> None:
    case = desk_case()
    Question.objects.filter(slug="small-case-late").update(case=None)
    assert "does not belong to this case" in found(case)[LATE]


def test_a_question_of_another_type_does_not_do() -> None:
    case = desk_case()
    case.content["stages"][0]["checkpoints"] = ["small-case-recommendation"]
    case.content["recommendation"] = "small-case-late"
    said = found(case)
    assert "Here fits: Written" in said["recommendation"]
    assert "of the type Written" in said[LATE]


def test_a_draft_of_a_question_has_to_be_published_first() -> None:
    case = desk_case()
    Question.objects.filter(slug="small-case-late").update(status="draft")
    assert found(case) == {LATE: "The question “small-case-late” is a draft. Publish it first."}


def test_the_form_of_a_case_lists_its_questions_with_state_and_place(editor: Client) -> None:
    case = desk_case()
    spare: Any = QuestionFactory(case=case, title="A spare one")
    case.content["stages"][1]["checkpoints"] = ["still-to-be-written"]
    case.save()
    page = editor.get(change(case)).content.decode()
    panel = page[page.index('id="h-questions"') :]
    for slug in ("small-case-late", "small-case-recommendation"):
        assert change(Question.objects.get(slug=slug)) in panel
    assert "The first week" in panel
    assert change(spare) in panel
    assert "nowhere yet" in panel
    assert "still-to-be-written" in panel
    assert f"{reverse('admin:assessments_question_add')}?case={case.pk}" in panel


def test_the_list_of_questions_costs_the_same_for_twice_as_many(
    editor: Client, django_assert_max_num_queries: Any
) -> None:
    case = desk_case()
    editor.get(change(case))
    with django_assert_max_num_queries(100) as few:
        editor.get(change(case))
    QuestionFactory.create_batch(4, case=case, objective=Question.objects.first().objective)
    with django_assert_max_num_queries(100) as many:
        editor.get(change(case))
    assert len(many) == len(few)


def test_a_question_is_given_to_a_case_in_its_form(editor: Client) -> None:
    case, question = desk_case(), QuestionFactory(type="numeric")
    form = opened(editor, question) | {"case": case.pk}
    assert editor.post(change(question), {**form, "_save": "1"}).status_code == 302
    question.refresh_from_db()
    assert question.case == case


def test_the_form_of_a_new_question_knows_the_case_it_comes_from(editor: Client) -> None:
    case = desk_case()
    page = editor.get(reverse("admin:assessments_question_add"), {"type": "numeric", "case": case.pk})
    assert page.context["adminform"].form["case"].value() in (case.pk, str(case.pk))


@pytest.mark.parametrize(("value", "count"), [("none", 1), ("case", 2), ("x", 3), ("9" * 25, 3)])
def test_questions_are_filtered_by_their_case(editor: Client, value: str, count: int) -> None:
    case = desk_case()
    QuestionFactory()
    wanted = str(case.pk) if value == "case" else value
    assert editor.get(QUESTIONS, {"case": wanted}).context["cl"].result_count == count


def test_who_may_only_look_reads_the_content_and_can_change_nothing(client: Client) -> None:
    case = desk_case("published")
    viewer = UserFactory(is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename="view_casestudy"))
    client.force_login(viewer)
    page = client.get(change(case)).content.decode()
    assert "The first week" in page
    assert "c-stages-0-rest" not in page
    assert "h-questions" not in page
    assert client.post(change(case), {"title": "New"}).status_code == 403
    assert CaseStudy.objects.get(pk=case.pk).content == whole_case()


def test_the_questions_of_a_copy_are_not_to_be_taken_from_the_case_it_was_copied_from() -> None:
    copy, other = desk_case(), CaseStudyFactory(title="The first press")
    Question.objects.filter(slug="small-case-late").update(case=other)
    assert found(copy)[LATE] == (
        "The question “small-case-late” belongs to “The first press”. Write one for this case."
    )
