"""The map, the modules and the lessons: what they say to whom, and what they cost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import Learner
from concepts.kept import KEPT
from concepts.models import Concept, Module
from tests.factories import (
    AssessmentFactory,
    AttemptFactory,
    ComparisonRowFactory,
    ConceptFactory,
    EvidenceFactory,
    LearnerFactory,
    MetricFactory,
    ModuleFactory,
    ObjectiveFactory,
    PartFactory,
    QuestionFactory,
    SourceFactory,
    StateFactory,
)

Said = Callable[[HttpResponse], str]
MAP = "/course/"


def lesson(module: Module | None = None, *, objectives: int = 2, **options: object) -> Concept:
    """A published lesson with objectives, a question for each, a practice set, a measure and a source."""
    options = {"module": module} | options if module else options
    concept: Concept = ConceptFactory(**options)
    practice = AssessmentFactory(concept=concept)
    for objective in ObjectiveFactory.create_batch(objectives, concept=concept):
        QuestionFactory(objective=objective, publish=True)
        PartFactory(assessment=practice, objective=objective)
    MetricFactory(concept=concept)
    concept.sources.add(SourceFactory())
    return concept


def cost(client: Client, url: str) -> int:
    """How many queries a page takes in a process that has kept nothing yet."""
    KEPT.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_a_newcomer_is_told_where_to_start_and_why(mine: Client, said: Said) -> None:
    first = lesson(title="The transformation process", minutes=7)
    AssessmentFactory(concept=None, module=first.module, mode="test", title="The test")
    lesson()
    page = said(mine.get(MAP))
    assert "You have not answered anything yet" in page
    assert "Start with The transformation process" in page
    assert "It takes about 7 minutes to read" in page
    assert "start here" in page


def test_the_map_goes_on_where_the_learner_left_off(mine: Client, me: Learner, said: Said) -> None:
    first, second = lesson(title="Cycle time"), lesson(title="Throughput")
    now = timezone.now()
    for concept, level, days in ((first, 3, 9), (second, 1, 1)):
        for objective in concept.objectives.all():
            StateFactory(learner=me, objective=objective, level=level, last_at=now - timedelta(days=days))
    page = said(mine.get(MAP))
    assert "You are at Throughput" in page
    assert "Two of its two objectives are still below proficient." in page
    assert "Go on with Throughput" in page


def test_with_nothing_below_proficient_the_map_sends_to_the_reviews(
    mine: Client, me: Learner, said: Said
) -> None:
    for objective in lesson().objectives.all():
        StateFactory(learner=me, objective=objective, level=3, last_at=timezone.now())
    page = said(mine.get(MAP))
    assert "You are proficient in the whole course" in page
    assert "See what is due" in page


def test_an_empty_course_says_what_would_be_here(mine: Client, said: Said) -> None:
    assert "No module is published yet." in said(mine.get(MAP))


def test_the_map_shows_tests_with_what_became_of_them(mine: Client, me: Learner, said: Said) -> None:
    module = lesson().module
    test = AssessmentFactory(
        concept=None, module=module, mode="test", title="Flow and time", time_limit=25, attempts_allowed=2
    )
    PartFactory(assessment=test, objective=module.concepts.get().objectives.first(), count=3)
    page = said(mine.get(MAP))
    assert "Flow and time 3 questions · 25 minutes · 0 of 2 attempts used Not taken yet" in page
    now = timezone.now()
    me.attempts.create(
        assessment=test, kind="test", state="graded", started_at=now, finished_at=now, score=2, max_score=3
    )
    assert "1 of 2 attempts used 66 %, below 70 %" in said(mine.get(MAP))


def test_a_module_lists_lessons_objectives_measures_and_its_test(mine: Client, said: Said) -> None:
    concept = lesson(title="Throughput", summary="How much comes out.", minutes=9)
    page = said(mine.get(concept.module.get_absolute_url()))
    assert "Start with Throughput" in page
    assert "How much comes out." in page
    assert "9 minutes to read · Practise Throughput , 2 questions · about 3 minutes" in page
    assert concept.objectives.first().code in page
    assert concept.metrics.get().name in page
    assert "There is no test of this module." in page


def test_an_empty_module_says_so(mine: Client, said: Said) -> None:
    page = said(mine.get(ModuleFactory().get_absolute_url()))
    assert "Nothing is published in this module yet." in page


def test_a_lesson_says_what_one_can_do_after_it(mine: Client, me: Learner, said: Said) -> None:
    concept = lesson(title="Throughput", minutes=9, body="## A rate\n\nCount the units.")
    objective = concept.objectives.first()
    StateFactory(learner=me, objective=objective, level=2)
    page = said(mine.get(concept.get_absolute_url()))
    assert f"{concept.module.title} lesson 1 of 1 about 9 minutes Throughput" in page
    assert f"{objective.statement} {objective.code} Familiar" in page
    assert "Count the units." in page
    assert "Two questions, about 3 minutes" in page
    assert "End of the module" in page


def test_the_margin_names_measures_earlier_lessons_and_sources(mine: Client, said: Said) -> None:
    concept, earlier = lesson(), lesson(title="Cycle time")
    concept.prerequisites.add(earlier)
    concept.sources.add(SourceFactory(key="SLACK", title="Operations", author="N. Slack", year=2019))
    page = said(mine.get(concept.get_absolute_url()))
    assert "Measures on this page" in page
    assert "units / h, more is better" in page
    assert "Builds on Cycle time" in page
    assert "SLACK N. Slack, “Operations”, 2019" in page


def test_a_lesson_leads_to_the_next_one(mine: Client, said: Said) -> None:
    module = ModuleFactory()
    first, second = lesson(module), lesson(module, title="Order status")
    assert "Next lesson Order status" in said(mine.get(first.get_absolute_url()))
    assert "lesson 2 of 2" in said(mine.get(second.get_absolute_url()))


def test_a_lesson_without_objectives_or_questions_still_reads(mine: Client, said: Said) -> None:
    page = said(mine.get(ConceptFactory(title="Bare").get_absolute_url()))
    assert "Bare" in page
    assert "After this you can" not in page
    assert "Quick check" not in page


def test_a_draft_is_for_editors_and_says_so(mine: Client, editor: Client, said: Said) -> None:
    draft = lesson(status="draft", title="Unfinished")
    assert mine.get(draft.get_absolute_url()).status_code == 404
    page = said(editor.get(draft.get_absolute_url()))
    assert "Draft: only editors see this" in page
    assert "a preview: it counts for nothing" in page
    assert "Unfinished" not in said(mine.get(MAP))


def test_a_lesson_is_hidden_with_its_module(mine: Client, editor: Client, said: Said) -> None:
    concept = lesson(ModuleFactory(status="draft"))
    assert mine.get(concept.get_absolute_url()).status_code == 404
    assert mine.get(concept.module.get_absolute_url()).status_code == 404
    assert "Draft: only editors see this" in said(editor.get(concept.module.get_absolute_url()))


def test_learners_see_a_change_at_once(mine: Client, said: Said) -> None:
    concept = lesson(title="Before")
    mine.get(concept.get_absolute_url())
    concept.title = "After"
    concept.save()
    assert "After" in said(mine.get(concept.get_absolute_url()))
    concept.unpublish()
    concept.save()
    assert mine.get(concept.get_absolute_url()).status_code == 404


def test_marks_are_the_readers_own(mine: Client, me: Learner, said: Said) -> None:
    concept = lesson(objectives=1)
    StateFactory(objective=concept.objectives.get(), level=4)
    assert "Mastered" not in said(mine.get(concept.get_absolute_url()))


def grow(me: Learner) -> None:
    """More of everything: modules, lessons, comparisons, learners, answers, questions."""
    for concept in (lesson(), lesson(Module.objects.first())):
        for objective in concept.objectives.all():
            StateFactory(learner=me, objective=objective, level=2, last_at=timezone.now())
            StateFactory(objective=objective, level=4)
            QuestionFactory.create_batch(2, objective=objective, type="numeric", publish=True)
            question = objective.questions.first()
            for learner in (me, LearnerFactory()):
                attempt = AttemptFactory(
                    learner=learner, assessment=None, kind="check", state="graded", finished_at=timezone.now()
                )
                EvidenceFactory(item__version=question.live, item__attempt=attempt)
        concept.prerequisites.add(Concept.objects.first())
    ComparisonRowFactory()


@pytest.mark.parametrize("warm", [False, True])
def test_a_lesson_takes_at_most_eight_queries_however_much_there_is(
    mine: Client, me: Learner, warm: bool
) -> None:
    concept = lesson()
    url = concept.get_absolute_url()
    before = cost(mine, url)
    assert before <= 8
    grow(me)
    grow(me)
    QuestionFactory.create_batch(5, objective=concept.objectives.first(), publish=True)
    assert cost(mine, url) <= before
    if warm:
        with CaptureQueriesContext(connection) as queries:
            mine.get(url)
        assert len(queries) <= 5


@pytest.mark.parametrize("page", ["map", "module"])
def test_map_and_module_take_the_same_queries_however_much_there_is(
    mine: Client, me: Learner, page: str
) -> None:
    grow(me)
    module = Module.objects.first()
    url = MAP if page == "map" else module.get_absolute_url()
    before = cost(mine, url)
    grow(me)
    grow(me)
    assert cost(mine, url) == before <= 11
