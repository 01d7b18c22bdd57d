"""The pages of the learning paths, and the course in the order of one."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Learner
from concepts.kept import KEPT
from concepts.models import LearningPath
from tests.assessments.lives import lesson
from tests.factories import LearningPathFactory, ModuleFactory, PathStepFactory, StateFactory

Said = Callable[[HttpResponse], str]
LIST = reverse("concepts:paths")


def made(count: int = 2, **options: object) -> LearningPath:
    """A path over new modules of a lesson with two objectives each, the last one first."""
    path: LearningPath = LearningPathFactory(**options)
    for place in range(count, 0, -1):
        concept, _ = lesson(2, minutes=7)
        PathStepFactory(path=path, module=concept.module, position=place, why=f"Reason {place}.")
    return path


def test_the_list_says_for_whom_and_how_much(mine: Client, said: Said) -> None:
    path = made(title="New production manager", audience="people who run a line")
    step = path.steps.last()
    step.emphasis = "familiar"
    step.save()
    page = said(mine.get(LIST))
    assert "New production manager" in page
    assert "For people who run a line." in page
    assert "2 modules, 1 of them core · about 14 minutes to read" in page


def test_an_empty_list_says_so(mine: Client, said: Said) -> None:
    assert "No learning path is published yet." in said(mine.get(LIST))


def test_a_path_shows_its_modules_in_its_order_with_why_and_how_deeply(mine: Client, said: Said) -> None:
    path = made()
    first, second = path.steps.select_related("module")
    page = said(mine.get(path.get_absolute_url()))
    assert page.index(first.module.title) < page.index(second.module.title)
    assert page.index("Reason 1.") < page.index("Reason 2.")
    assert "Core · 7 min 0 of 2 proficient" in page
    assert "Follow this path" in page


def test_it_counts_what_the_reader_holds_by_what_it_asks(mine: Client, me: Learner, said: Said) -> None:
    path = made()
    first, second = path.steps.all()
    second.emphasis = "familiar"
    second.save()
    for step in (first, second):
        for objective in step.module.concepts.get().objectives.all():
            StateFactory(learner=me, objective=objective, level=2)
    page = said(mine.get(path.get_absolute_url()))
    assert "0 of 2 proficient" in page
    assert "As far as the path asks" in page


def test_one_filled_button_whether_followed_or_not(mine: Client, me: Learner, said: Said) -> None:
    path = made()
    other = made(title="Another way")
    assert mine.get(path.get_absolute_url()).content.count(b"btn-primary") == 1
    me.path = path
    me.save()
    response = mine.get(path.get_absolute_url())
    assert response.content.count(b"btn-primary") == 1
    assert "Leave this path" in said(response)
    assert f"It takes the place of “{path.title}”" in said(mine.get(other.get_absolute_url()))
    assert "You follow it" in said(mine.get(LIST))


def test_a_draft_is_for_editors_and_nobody_follows_it(mine: Client, editor: Client, said: Said) -> None:
    path = made(status="draft")
    assert mine.get(path.get_absolute_url()).status_code == 404
    page = said(editor.get(path.get_absolute_url()))
    assert "Draft: only editors see this" in page
    assert "Follow this path" not in page


def test_a_path_of_drafts_says_so(mine: Client, said: Said) -> None:
    step = PathStepFactory(module=ModuleFactory(status="draft"))
    assert "None of its modules is published yet." in said(mine.get(step.path.get_absolute_url()))


def test_the_course_leads_to_the_paths(mine: Client, said: Said) -> None:
    page = mine.get("/course/")
    assert f'href="{LIST}"' in page.content.decode()
    assert "The modules stand in the order of the course." in said(page)


def test_the_course_goes_by_the_order_of_the_path(mine: Client, me: Learner, said: Said) -> None:
    rest, _ = lesson(title="Left out")
    me.path = path = made(title="New here")
    me.save()
    first, second = path.steps.select_related("module")
    page = said(mine.get("/course/"))
    assert "The modules stand in the order of your path, New here ." in page
    places = [page.rindex(module.title) for module in (first.module, second.module, rest.module)]
    assert places == sorted(places)
    assert "step 1 of 2, core" in page
    assert "not on your path" in page
    assert f"Start with {first.module.concepts.get().title}" in page


def test_a_finished_path_is_not_called_the_whole_course(mine: Client, me: Learner, said: Said) -> None:
    me.path = made(1)
    me.save()
    for objective in me.path.steps.get().module.concepts.get().objectives.all():
        StateFactory(learner=me, objective=objective, level=3)
    assert "You have done all that your path asks" in said(mine.get("/course/"))


def cost(client: Client, url: str, *, cold: bool) -> int:
    if cold:
        KEPT.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", ["list", "path", "course"])
def test_pages_cost_the_same_however_much_there_is(mine: Client, me: Learner, name: str) -> None:
    me.path = made()
    me.save()
    url = {"list": LIST, "path": me.path.get_absolute_url(), "course": "/course/"}[name]
    before, warm = cost(mine, url, cold=True), cost(mine, url, cold=False)
    for _ in range(3):
        step = made(3).steps.first()
        PathStepFactory(path=me.path, module=step.module)
    assert cost(mine, url, cold=True) == before <= 13
    assert cost(mine, url, cold=False) == warm <= 8
