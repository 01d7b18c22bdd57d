"""The whole chain of a lesson: what is missing, what is asked, what hangs on it, and nobody's name."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Question
from concepts.kept import KEPT
from concepts.models import Concept
from tests.assessments.views.test_analysis import sit
from tests.factories import (
    AssessmentFactory,
    ComparisonRowFactory,
    ConceptFactory,
    LearnerFactory,
    MetricFactory,
    MisconceptionFactory,
    ObjectiveFactory,
    PartFactory,
    PathStepFactory,
    PictureFactory,
    QuestionFactory,
    TermFactory,
    practice_set,
    single_choice,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    KEPT.clear()


def address(home: Any) -> str:
    return reverse(f"admin:concepts_{home._meta.model_name}_chain", args=[home.pk])


def shown(client: Client, home: Any) -> str:
    response = client.get(address(home))
    assert response.status_code == 200
    return response.content.decode()


def rich(questions: int = 1) -> Concept:
    """A lesson with something of everything, and so many questions of each state."""
    lesson: Concept = ConceptFactory(title="Flow", body="A [takt](term:takt).\n\n![x](picture:board)\n")
    TermFactory(slug="takt", name="Takt")
    PictureFactory(slug="board")
    MetricFactory(concept=lesson, name="Pace of the line")
    MisconceptionFactory(concept=lesson, name="Upside down")
    before, after = ConceptFactory(title="Before it"), ConceptFactory(title="After it")
    lesson.prerequisites.add(before)
    after.prerequisites.add(lesson)
    ConceptFactory(title="Names it", body=f"See [it](concept:{lesson.slug}).")
    PathStepFactory(module=lesson.module, path__title="New manager")
    for n in range(2):
        objective = ObjectiveFactory(concept=lesson, position=n)
        QuestionFactory.create_batch(questions, objective=objective, publish=True)
        QuestionFactory.create_batch(questions, objective=objective, title="A draft of it")
        for question in QuestionFactory.create_batch(questions, objective=objective, publish=True):
            Question.objects.filter(pk=question.pk).update(title="Changed since")
    PartFactory(objective=objective, assessment=AssessmentFactory(title="The test of it", concept=None))
    return lesson


def test_it_shows_what_hangs_on_a_lesson_and_what_it_hangs_on(editor: Client) -> None:
    page = shown(editor, rich())
    for name in ("Takt", "board", "Pace of the line", "Upside down", "Before it", "After it", "Names it"):
        assert f">{name}</a>" in page, name
    assert ">The test of it</a>" in page
    assert "New manager" in page


def test_each_question_says_its_state(editor: Client) -> None:
    page = shown(editor, rich())
    assert page.count("Live</span>") == 2
    assert page.count("Live; changes wait</span>") == 2
    assert page.count("Draft</span>") == 2


def test_what_is_missing_comes_first_and_leads_to_where_it_is_mended(editor: Client) -> None:
    lesson = rich()
    objective = lesson.objectives.first()
    page = shown(editor, lesson)
    missing = page.split('id="h-missing"')[1].split('id="h-objectives"')[0]
    write = f"{reverse('admin:assessments_question_add')}?objective={objective.pk}"
    assert f'href="{write}"' in missing
    assert "Write 2 more questions." in missing
    assert f'href="{reverse("admin:concepts_concept_change", args=[lesson.pk])}"' in missing
    assert "It names no source." in missing
    form = editor.get(write + "&type=numeric")
    assert form.context["adminform"].form["objective"].value() == str(objective.pk)


def test_a_comparison_has_its_chain_as_well(editor: Client) -> None:
    row = ComparisonRowFactory()
    QuestionFactory(objective=row.objective, title="Asked of the row", publish=True)
    page = shown(editor, row.comparison)
    assert ">Asked of the row</a>" in page
    assert "Write 3 more questions." in page


def test_a_lesson_without_anything_says_what_would_be_here(editor: Client) -> None:
    page = shown(editor, ConceptFactory(status="draft"))
    assert "It has no objective yet" in page
    assert "Nothing draws on it." in page
    assert "No text links to it." in page


def test_figures_of_answers_are_shown_and_nobody_is_named(editor: Client) -> None:
    test = practice_set(3, mode="test")
    people = [LearnerFactory(user__last_name=f"Secretname{n}") for n in range(12)]
    for n, learner in enumerate(people):
        sit(learner, test, *["a" if n >= 4 * k else "b" for k in range(3)])
    page = shown(editor, test.concept)
    assert "36 answers" in page
    assert page.count('<td class="num">12</td>') == 3
    assert '<td class="num">66.7</td>' in page  # eight of twelve
    assert "Secretname" not in page


def test_it_costs_as_many_queries_however_many_questions_and_answers(editor: Client) -> None:
    lesson = rich(2)
    shown(editor, lesson)
    counts = [counted(editor, lesson)]
    grow(lesson)
    counts.append(counted(editor, lesson))
    assert counts[0] == counts[1]
    assert counts[0] <= 60


def counted(client: Client, home: Any) -> int:
    KEPT.clear()
    with CaptureQueriesContext(connection) as queries:
        shown(client, home)
    return len(queries)


def grow(lesson: Concept) -> None:
    """More of everything."""
    for objective in lesson.objectives.all():
        QuestionFactory.create_batch(4, objective=objective, publish=True)
    ObjectiveFactory(concept=lesson)
    MisconceptionFactory.create_batch(3, concept=lesson)
    MetricFactory.create_batch(2, concept=lesson)
    TermFactory.create_batch(3, concept=lesson)
    content = {**single_choice(), "explanation": f"[it](concept:{lesson.slug})"}
    QuestionFactory.create_batch(3, content=content)
    for question in Question.objects.filter(objective__concept=lesson, live__isnull=False):
        PartFactory(objective=None, question=question, assessment=AssessmentFactory(concept=lesson))


def test_the_forms_lead_to_it(editor: Client) -> None:
    for home in (ConceptFactory(), ComparisonRowFactory().comparison):
        model = home._meta.model_name
        form = editor.get(reverse(f"admin:concepts_{model}_change", args=[home.pk])).content.decode()
        assert f'<a href="{address(home)}">Whole chain</a>' in form


def test_what_is_not_there_is_not_found_and_posts_are_refused(editor: Client) -> None:
    lesson = ConceptFactory()
    assert editor.get(reverse("admin:concepts_concept_chain", args=[lesson.pk + 99])).status_code == 404
    assert editor.post(address(lesson)).status_code == 405


def test_who_may_not_see_questions_may_not_see_the_chain() -> None:
    client, person = Client(), LearnerFactory(user__is_staff=True).user
    client.force_login(person)
    assert client.get(address(ConceptFactory())).status_code == 403


def test_one_word_and_one_minute_are_said_as_one(editor: Client) -> None:
    lesson = ConceptFactory(body="Flow", minutes=1)
    text = shown(editor, lesson)
    assert "1 word of prose" in text
    assert "1 minute stated, about 1 needed" in text
    form = editor.get(reverse("admin:concepts_concept_change", args=[lesson.pk])).content.decode()
    assert "· 1 word · 1 minute to read" in form


def test_each_path_of_its_module_is_a_link_to_its_form(editor: Client) -> None:
    lesson = ConceptFactory()
    path = PathStepFactory(module=lesson.module, path__title="New manager").path
    url = reverse("admin:concepts_learningpath_change", args=[path.pk])
    assert f'<a href="{url}">New manager</a>' in shown(editor, lesson)
    assert editor.get(url).status_code == 200
