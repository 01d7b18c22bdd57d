"""The page on which lists are put in order: the whole list, one line at a time, and what is refused."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concepts.models import Concept, Module
from concepts.reordering import ORDERS, key_of
from tests.factories import (
    ComparisonFactory,
    ConceptFactory,
    LearnerFactory,
    MetricFactory,
    ModuleFactory,
    ObjectiveFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(db: None) -> Module:
    made: Module = ModuleFactory(title="Measuring")
    for title in ("Alpha", "Beta", "Gamma"):
        ConceptFactory(module=made, title=title)
    return made


def page(kind: str, home: object = None) -> str:
    return reverse("admin:order_of", args=[kind, home.pk]) if home else reverse("admin:order", args=[kind])  # type: ignore[attr-defined]


def change(obj: object) -> str:
    return reverse(f"admin:concepts_{obj._meta.model_name}_change", args=[obj.pk])  # type: ignore[attr-defined]


def posted(kind: str, home: object, titles: str = "", **more: str) -> dict[str, object]:
    items = ORDERS[kind].items(home)
    named = {str(obj): key_of(obj) for obj in items}
    keys = [named[title] for title in titles.split()] if titles else list(named.values())
    return {"order": keys, "seen": " ".join(map(key_of, items)), **more}


def titles(module: Module) -> list[str]:
    return list(Concept.objects.filter(module=module).order_by("position").values_list("title", flat=True))


def test_the_whole_list_is_saved_as_it_was_posted(editor: Client, module: Module) -> None:
    response = editor.post(
        page("lessons", module), posted("lessons", module, "Gamma Alpha Beta"), follow=True
    )
    assert response.redirect_chain
    assert titles(module) == ["Gamma", "Alpha", "Beta"]
    assert "The new order is saved." in response.content.decode()
    newest = Concept.objects.get(title="Gamma").history.first()
    assert newest.history_user == response.wsgi_request.user


def test_without_javascript_a_button_moves_one_line_and_keeps_the_focus(
    editor: Client, module: Module
) -> None:
    beta = key_of(Concept.objects.get(title="Beta"))
    response = editor.post(page("lessons", module), posted("lessons", module, move=f"{beta}:-1"), follow=True)
    assert titles(module) == ["Beta", "Alpha", "Gamma"]
    said = response.content.decode()
    assert "“Beta” is now at place 1 of 3." in said
    assert f'value="{beta}:-1"' in said.split("autofocus")[0][-400:]


def test_a_button_at_the_end_of_the_list_does_nothing(editor: Client, module: Module) -> None:
    alpha = key_of(Concept.objects.get(title="Alpha"))
    editor.post(page("lessons", module), posted("lessons", module, move=f"{alpha}:-1"))
    assert titles(module) == ["Alpha", "Beta", "Gamma"]


def test_who_comes_second_is_told_and_finds_the_new_line_at_the_end(editor: Client, module: Module) -> None:
    data = posted("lessons", module, "Gamma Alpha Beta")
    ComparisonFactory(module=module, title="Delta", position=1)
    response = editor.post(page("lessons", module), data)
    assert response.status_code == 409
    assert [line.text for line in response.context["lines"]] == ["Gamma", "Alpha", "Beta", "Delta"]
    assert "new since you looked" in response.content.decode()
    assert titles(module) == ["Alpha", "Beta", "Gamma"]
    again = {"order": [line.key for line in response.context["lines"]], "seen": response.context["seen"]}
    assert editor.post(page("lessons", module), again).status_code == 302
    assert titles(module) == ["Gamma", "Alpha", "Beta"]


def test_nonsense_is_refused(editor: Client, module: Module) -> None:
    for data in ({}, {"order": ["concept-0"], "seen": "concept-0"}, {"order": "x", "move": "y:7"}):
        assert editor.post(page("lessons", module), data).status_code == 409
    assert editor.get("/admin/order/nothing/").status_code == 404
    assert editor.get("/admin/order/lessons/").status_code == 404
    assert editor.get("/admin/order/modules/1/").status_code == 404
    assert editor.get("/admin/order/lessons/999999/").status_code == 404


def test_an_empty_list_and_one_line_say_why_there_is_nothing_to_do(editor: Client) -> None:
    concept = ConceptFactory()
    assert "Nothing stands in this list yet" in editor.get(page("objectives", concept)).content.decode()
    ObjectiveFactory(concept=concept)
    assert "only one line" in editor.get(page("objectives", concept)).content.decode()


def test_forms_and_the_list_of_modules_link_to_it(editor: Client, module: Module) -> None:
    form = editor.get(reverse("admin:concepts_module_change", args=[module.pk])).content.decode()
    assert page("lessons", module) in form
    ModuleFactory()
    assert page("modules") in editor.get(reverse("admin:concepts_module_changelist")).content.decode()
    metric = MetricFactory()
    form = editor.get(reverse("admin:concepts_metric_change", args=[metric.pk])).content.decode()
    assert page("inputs", metric) in form
    assert page("calculation", metric) not in form  # it has no steps


def test_who_may_not_change_everything_in_the_list_may_not_order_it(module: Module) -> None:
    user = LearnerFactory(user=UserFactory(is_staff=True)).user
    user.user_permissions.add(Permission.objects.get(codename="change_concept"))
    client = Client()
    client.force_login(user)
    assert client.get(page("lessons", module)).status_code == 403


def lesson(module: Module, **more: object) -> dict[str, object]:
    data = {"title": "Delta", "slug": "delta", "module": module.pk, "minutes": 5, "summary": "The lede."}
    counts = {"objectives-TOTAL_FORMS": "0", "objectives-INITIAL_FORMS": "0"}
    return {**data, "body": "Words.", **counts, **more}


def test_a_new_lesson_goes_last_and_one_that_its_form_moves_does_too(editor: Client, module: Module) -> None:
    assert editor.post(reverse("admin:concepts_concept_add"), lesson(module)).status_code == 302
    assert titles(module)[-1] == "Delta"
    delta, other = Concept.objects.get(title="Delta"), ModuleFactory()
    ConceptFactory(module=other, position=3)
    assert editor.post(change(delta), lesson(other)).status_code == 302
    delta.refresh_from_db()
    assert (delta.module, delta.position) == (other, 4)


def test_new_rows_of_a_form_go_last_in_their_order(editor: Client, module: Module) -> None:
    delta = ConceptFactory(title="Delta", slug="delta", module=module, status="draft")
    ObjectiveFactory(concept=delta, position=5)
    data = lesson(module, **{"objectives-TOTAL_FORMS": "3", "objectives-INITIAL_FORMS": "1"})
    rows = [(delta.objectives.get().code, delta.objectives.get().pk), ("DLT-2", ""), ("DLT-1", "")]
    for i, (code, pk) in enumerate(rows):
        row = {"code": code, "title": code, "statement": "do it", "level": "apply", "id": pk}
        data |= {f"objectives-{i}-{name}": value for name, value in row.items()}
        data[f"objectives-{i}-concept"] = delta.pk
    assert editor.post(change(delta), data).status_code == 302
    found = delta.objectives.order_by("position").values_list("code", "position")
    assert list(found) == [(rows[0][0], 5), ("DLT-2", 6), ("DLT-1", 7)]


def test_the_page_asks_as_often_for_many_lines_as_for_few(editor: Client, module: Module) -> None:
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert editor.get(page("lessons", module)).status_code == 200
        counts.append(len(asked))
        ConceptFactory.create_batch(20, module=module)
    assert counts[0] == counts[1]
