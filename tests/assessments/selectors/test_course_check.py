"""The check of the course as it stands in the database: what is looked at, and at what cost."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.selectors.course_check import course_findings, home_findings
from assessments.selectors.course_facts import Reader, named_in
from tests.factories import (
    AssessmentFactory,
    CaseStudyFactory,
    ComparisonRowFactory,
    ConceptFactory,
    MetricFactory,
    MisconceptionFactory,
    ModuleFactory,
    ObjectiveFactory,
    PictureFactory,
    QuestionFactory,
    SourceFactory,
    TermFactory,
    single_choice,
)

pytestmark = pytest.mark.django_db


def about(kind: str, *, drafts: bool = False) -> list[str]:
    return [one.where.name for one in course_findings(drafts=drafts) if one.kind == kind]


def test_an_empty_course_lacks_nothing() -> None:
    assert course_findings() == course_findings(drafts=True) == []


def test_learners_do_not_miss_what_is_a_draft() -> None:
    hidden = ModuleFactory(status="draft")
    for lesson in (
        ConceptFactory(slug="draft", status="draft"),
        ConceptFactory(slug="hidden", module=hidden),
    ):
        ObjectiveFactory(concept=lesson)
    ConceptFactory(slug="live")
    assert about("no_source") == ["live"]
    assert sorted(about("no_source", drafts=True)) == ["draft", "hidden", "live"]
    assert about("few_questions") == []
    assert len(about("few_questions", drafts=True)) == 2
    assert hidden.slug not in about("no_test")


def test_a_question_is_looked_at_as_learners_are_asked_it() -> None:
    question = QuestionFactory(slug="asked", publish=True)
    question.content = {**single_choice(), "explanation": "[a](term:nowhere)"}
    question.save()
    assert about("broken_link") == []
    assert about("broken_link", drafts=True) == ["asked"]
    draft = QuestionFactory(slug="draft", content={"stem": "Which?"})
    assert about("question") == []
    assert set(about("question", drafts=True)) == {draft.slug}


def test_every_text_is_searched_for_links() -> None:
    link = "[a](term:nowhere)"
    ConceptFactory(slug="c", body=link)
    row = ComparisonRowFactory(explanation=link)
    MetricFactory(slug="m", reading=link)
    TermFactory(slug="t", definition=link)
    MisconceptionFactory(slug="s", explanation=link)
    AssessmentFactory(slug="a", intro=link)
    content: Any = single_choice()
    content["choices"][1]["feedback"] = link
    QuestionFactory(slug="q", content=content, publish=True)
    place = f"{row.comparison.slug}#{row.anchor}"
    assert sorted(about("broken_link")) == sorted(["c", place, "m", "t", "s", "a", "q"])


def test_a_test_of_the_module_itself_is_a_module_test() -> None:
    module, other = ModuleFactory(slug="tested"), ModuleFactory(slug="untested")
    AssessmentFactory(module=module, concept=None, mode="test")
    AssessmentFactory(module=other, concept=None, mode="practice")
    AssessmentFactory(module=other, concept=None, mode="test", status="draft")
    assert about("no_test") == ["untested"]


def test_a_term_or_picture_that_any_text_names_is_used() -> None:
    TermFactory(slug="used", name="Used word", also="other, name")
    TermFactory(slug="lonely", definition="See [itself](term:used).")
    PictureFactory(slug="shown")
    PictureFactory(slug="unseen")
    QuestionFactory(content={**single_choice(), "explanation": "![x](picture:shown)"}, publish=True)
    assert about("unused_term") == ["lonely"]
    assert about("unused_picture") == ["unseen"]


def test_misconceptions_are_found_wherever_a_type_keeps_them() -> None:
    content = {"choices": [{"misconception": "a"}], "steps": [{"slips": [{"misconception": "b"}]}]}
    assert set(named_in(content)) == {"a", "b"}
    MisconceptionFactory(slug="time-divided-by-units")
    MisconceptionFactory(slug="unnamed")
    QuestionFactory(type="numeric", publish=True)
    assert about("unused_misconception") == ["unnamed"]


def test_the_lint_speaks_too() -> None:
    content: Any = single_choice()
    content["choices"][2]["text"] = "All of the above"
    QuestionFactory(slug="all", content=content, publish=True)
    (found,) = [one for one in course_findings() if one.kind == "advice"]
    assert found.where.name == "all"
    assert found.message.startswith("choices.2.text: ")
    assert found.remedy


def test_one_lesson_is_told_what_the_whole_course_is_told_of_it() -> None:
    lesson = ConceptFactory(slug="one", body="The takt time and [a](term:gone).")
    objective = ObjectiveFactory(concept=lesson)
    QuestionFactory(objective=objective, content={"stem": "Which?"})
    TermFactory(name="Takt time", slug="takt-time", concept=lesson)
    ObjectiveFactory()
    home = ("concepts.concept", lesson.pk)
    whole = [one for one in course_findings(drafts=True) if one.where.home == home]
    assert home_findings(lesson) == whole
    assert {"few_questions", "unlinked_term", "unused_term", "broken_link"} <= {one.kind for one in whole}


def test_a_comparison_has_its_rows_and_objectives() -> None:
    row = ComparisonRowFactory()
    row.sources.add(SourceFactory())
    assert [one.kind for one in home_findings(row.comparison)] == ["few_questions"]


def counted() -> int:
    with CaptureQueriesContext(connection) as queries:
        Reader(drafts=True).facts()
    return len(queries)


def test_it_costs_as_many_queries_however_much_there_is() -> None:
    counts = []
    for _ in range(2):
        row, metric = ComparisonRowFactory(), MetricFactory()
        row.sources.add(SourceFactory())
        metric.sources.add(SourceFactory())
        for objective in (ObjectiveFactory(), row.objective):
            QuestionFactory(objective=objective, publish=True)
        for concept in (metric.concept, ConceptFactory()):
            AssessmentFactory(concept=concept)
        TermFactory(concept=metric.concept), MisconceptionFactory(concept=metric.concept)
        CaseStudyFactory().sources.add(SourceFactory())
        counts.append(counted())
    assert counts[0] == counts[1] <= 12
