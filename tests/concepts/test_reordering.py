"""Putting lists in order: the set stays, the places are 1 to n, and who comes second is told."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concepts.models import MetricStep, Module, Objective
from concepts.reordering import ORDERS, OrderRefused, in_order, key_of, place_last, reorder
from tests.factories import (
    AssessmentFactory,
    ComparisonFactory,
    ConceptFactory,
    LearningPathFactory,
    MetricFactory,
    ModuleFactory,
    ObjectiveFactory,
    PartFactory,
    PathStepFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def keys_of(kind: str, home: object = None) -> list[str]:
    return [key_of(obj) for obj in ORDERS[kind].items(home)]


def put(kind: str, home: object, keys: list[str], seen: list[str] | None = None, user: object = None) -> int:
    there = keys_of(kind, home) if seen is None else seen
    return reorder(objects=keys, seen=there, order=ORDERS[kind], home=home, user=user)


def test_lessons_and_comparisons_of_a_module_stand_in_one_list() -> None:
    module = ModuleFactory()
    first, second = ConceptFactory.create_batch(2, module=module)
    table = ComparisonFactory(module=module, position=9_000)
    put("lessons", module, [key_of(table), key_of(second), key_of(first)])
    for obj in (first, second, table):
        obj.refresh_from_db()
    assert (table.position, second.position, first.position) == (1, 2, 3)


def test_each_move_is_in_the_history_with_its_editor_and_nothing_else_is() -> None:
    editor, concept = UserFactory(), ConceptFactory()
    one = ObjectiveFactory(concept=concept, position=1)
    two = ObjectiveFactory(concept=concept, position=2)
    still = ObjectiveFactory(concept=concept, position=3)
    assert put("objectives", concept, [key_of(two), key_of(one), key_of(still)], user=editor) == 2
    last = one.history.first()
    assert (last.history_user, last.history_change_reason, last.position) == (
        editor,
        "Put in another order.",
        2,
    )
    assert still.history.count() == 1


def test_places_that_were_given_twice_become_unique() -> None:
    concept = ConceptFactory()
    for _ in range(3):
        MetricFactory(concept=concept, position=1)
    put("measures", concept, keys_of("measures", concept))
    assert sorted(concept.metrics.values_list("position", flat=True)) == [1, 2, 3]


def test_what_was_added_meanwhile_refuses_the_order_and_moves_nothing() -> None:
    concept = ConceptFactory()
    ObjectiveFactory.create_batch(2, concept=concept)
    seen = keys_of("objectives", concept)
    ObjectiveFactory(concept=concept)
    before = list(Objective.objects.values_list("pk", "position"))
    with pytest.raises(OrderRefused, match="added or removed") as refused:
        put("objectives", concept, seen[::-1], seen)
    assert refused.value.status == 409
    assert list(Objective.objects.values_list("pk", "position")) == before


def test_an_order_that_was_changed_meanwhile_is_not_overwritten() -> None:
    path = LearningPathFactory()
    PathStepFactory.create_batch(3, path=path)
    seen = keys_of("path", path)
    put("path", path, [seen[1], seen[0], seen[2]])
    with pytest.raises(OrderRefused, match="changed the order"):
        put("path", path, seen[::-1], seen)


@pytest.mark.parametrize("broken", [lambda keys: keys[:-1], lambda keys: [keys[0], *keys], lambda keys: []])
def test_a_list_that_is_not_the_whole_list_is_refused(broken: Callable[[list[str]], list[str]]) -> None:
    assessment = AssessmentFactory()
    PartFactory.create_batch(3, assessment=assessment)
    keys = keys_of("parts", assessment)
    with pytest.raises(OrderRefused):
        put("parts", assessment, broken(keys))


def test_a_step_cannot_come_before_what_it_uses() -> None:
    metric = MetricFactory()
    for place, (name, expression) in enumerate([("net", "hours - 0.5"), ("rate", "units / net")], 1):
        MetricStep.objects.create(metric=metric, name=name, label=name, expression=expression, position=place)
    with pytest.raises(OrderRefused, match="“rate” uses a step that would come after it") as refused:
        put("calculation", metric, keys_of("calculation", metric)[::-1])
    assert refused.value.status == 422


def test_what_is_new_to_a_list_goes_last_behind_both_of_its_kinds() -> None:
    module = ModuleFactory()
    ConceptFactory(module=module, position=4)
    ComparisonFactory(module=module, position=7)
    new = ConceptFactory.build(module=module)
    place_last(new)
    assert new.position == 8


def test_the_first_of_a_list_is_at_place_one() -> None:
    new = ObjectiveFactory.build(concept=None, comparison=ComparisonFactory())
    place_last(new)
    assert new.position == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(data=st.data())
def test_any_order_keeps_the_set_and_counts_from_one(db: None, data: st.DataObject) -> None:
    Module.objects.all().delete()
    places = data.draw(st.lists(st.integers(0, 40), min_size=1, max_size=7))
    for place in places:
        ModuleFactory(position=place)
    before = keys_of("modules")
    wanted = data.draw(st.permutations(before))
    put("modules", None, wanted)
    after = in_order(ORDERS["modules"].rows(None))
    assert [key_of(obj) for obj in after] == wanted
    assert [obj.position for obj in after] == list(range(1, len(places) + 1))
