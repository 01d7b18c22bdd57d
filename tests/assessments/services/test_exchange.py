"""Importing questions: all of a file's new ones as drafts, or none."""

from typing import Any

import pytest

from assessments.formats.registry import FORMATS, write
from assessments.models import Question
from assessments.selectors.exchange import parsed_questions, with_category
from assessments.services.exchange import NoObjective, import_questions
from assessments.services.exchange_plan import KNOWN, NEW, REPEATED, UNREADABLE, plan_import
from concepts.models import Objective
from tests.factories import ObjectiveFactory, QuestionFactory, UserFactory, single_choice

pytestmark = pytest.mark.django_db


@pytest.fixture
def objective() -> Any:
    return ObjectiveFactory(code="THR-1")


def read(text: str, key: str = "gift") -> Any:
    return FORMATS[key].read(text.encode()).questions


def test_every_new_question_becomes_a_draft_with_its_history(objective: Objective) -> None:
    person = UserFactory()
    done = import_questions(
        parsed=read("// [id:mine][tag:flow]\n::One::A?{=b ~c}\n\nTwo{T}"),
        objective=objective,
        by=person,
        source="flow.gift",
    )
    first, second = done.created
    assert (first.slug, first.title, first.status, first.objective) == ("mine", "One", "draft", objective)
    assert first.content["tags"] == ["flow"]
    assert (second.slug, second.title) == ("two", "Two")
    record = first.history.get()
    assert (record.history_user, record.history_change_reason) == (person, "Imported from flow.gift")


def test_the_file_names_the_objective_by_tag_or_category(objective: Objective) -> None:
    other = ObjectiveFactory(code="OTD-2")
    plan = plan_import(
        parsed=read(
            "// [tag:thr-1][tag:x]\nA{T}\n\n$CATEGORY: top/OTD-2\n\nB{T}\n\n// [tag:objective:THR-1]\nC{T}"
        ),
        objective=None,
    )
    assert [planned.objective for planned in plan.questions] == [objective, other, objective]
    assert plan.questions[0].parsed.tags == ("x",)


def test_without_an_objective_nothing_is_written(objective: Objective) -> None:
    with pytest.raises(NoObjective):
        import_questions(parsed=read("// [tag:THR-1]\nA{T}\n\nB{T}"), objective=None)
    assert not Question.objects.exists()


def test_what_is_in_the_bank_or_twice_in_the_file_is_left(objective: Objective) -> None:
    known = QuestionFactory(content=single_choice(), slug="known")
    text = write(parsed_questions(with_category(Question.objects.all())), FORMATS["yaml"]).text
    parsed = read(text, "yaml") + read("A{T}\n\nA{T}")
    done = import_questions(parsed=parsed, objective=objective)
    assert [planned.fate for planned in done.plan.questions] == [KNOWN, NEW, REPEATED]
    assert done.plan.questions[0].known == known
    assert Question.objects.count() == 2


def test_an_address_that_is_taken_gets_a_number(objective: Objective) -> None:
    QuestionFactory(slug="mine")
    done = import_questions(parsed=read("// [id:mine]\nA{T}\n\n// [id:mine]\nB{T}"), objective=objective)
    assert [question.slug for question in done.created] == ["mine-2", "mine-3"]


def test_what_publishing_would_refuse_is_listed(objective: Objective) -> None:
    text = (
        "- type: single_choice\n  stem: A?\n"
        "  choices: [{text: b, right: true}, {text: c, misconception: none}]"
    )
    [planned] = plan_import(parsed=read(text, "yaml"), objective=objective).questions
    said = " ".join(problem.message for problem in planned.problems)
    assert "no explanation" in said and "no misconception “none”" in said


@pytest.mark.parametrize(
    "text",
    [
        "- {type: single_choice, stem: a, choices: {a: 1}}",
        "- {type: numeric, stem: a, answer: [1], tolerance: {}}",
        "- {type: matching, stem: a, pairs: [1, [2]], distractors: {a: b}}",
        "- {type: classification, stem: a, buckets: [[1], {}], items: [{text: [], bucket: {}}]}",
        "- {type: short_text, stem: a, accept: [{text: {}}]}",
        "- {type: ordering, stem: a, items: [[], {text: {}}], hints: {}}",
        "- {type: multi_step, stem: a, steps: [1], parameters: 5}",
        "- {type: written, stem: a, rubric: 5, words: []}",
    ],
)
def test_parts_of_a_wrong_shape_are_never_a_crash(text: str) -> None:
    [planned] = plan_import(parsed=read(text, "yaml"), objective=None).questions
    assert planned.problems or planned.fate == UNREADABLE


def test_what_is_exported_and_imported_elsewhere_is_the_same_question(objective: Objective) -> None:
    question = QuestionFactory(content={**single_choice(), "tags": ["flow"]}, objective=objective)
    text = write(parsed_questions(with_category(Question.objects.all())), FORMATS["yaml"]).text
    Question.objects.all().delete()
    [again] = import_questions(parsed=read(text, "yaml"), objective=None).created
    for name in ("slug", "title", "type", "thinking", "content", "objective_id"):
        assert getattr(again, name) == getattr(question, name)


def test_an_objective_that_is_not_known_here_is_named(objective: Objective) -> None:
    [planned] = plan_import(parsed=read("// [tag:objective:XYZ-1]\nA{T}"), objective=objective).questions
    assert planned.objective == objective
    assert [loss.what for loss in planned.parsed.losses] == ["Objective “XYZ-1”"]


def test_a_category_that_names_no_objective_is_named(objective: Objective) -> None:
    parsed = read("$CATEGORY: plant/flow/Lines\n\n::A line::Is it so? {T}")
    planned = plan_import(parsed=parsed, objective=objective).questions[0]
    assert planned.objective == objective
    assert "Category “plant/flow/Lines”" in [loss.what for loss in planned.parsed.losses]
