"""The words of a case: what people read is there, what machines read is not, and both come back."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concepts.cases.checking import check_case
from concepts.cases.reading import read_case
from concepts.cases.wording import with_words, words_in
from tests.cases import small_case
from tests.concepts.cases.generated import cases

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["brief", "stages", "texts", "roles", "x"]), inner, max_size=3)
    ),
    max_leaves=12,
)


def test_every_kind_of_text_is_named_by_its_place() -> None:
    found = dict(words_in(small_case()))
    assert found["brief"].startswith("The **press shop**")
    assert found["roles.0.name"] == "Production manager"
    assert found["variables.1.label"] == "Cost"
    assert found["exhibits.0.table.columns.2.label"] == "Late"
    assert found["exhibits.1.chart.label"].startswith("Late orders rise")
    assert found["stages.0.texts.operations"] == "The customer is on the telephone."
    assert found["stages.0.forecast.question"].startswith("Where will")
    assert found["stages.0.decisions.0.options.1.reasoning"] == "The slowest press sets the pace."
    assert found["stages.1.decisions.0.figures.0.label"] == "Batch"
    assert found["stages.1.decisions.0.outcomes.0.text"] == "Stock piles up."
    assert found["stages.3.decisions.0.items.0.label"] == "Late orders"
    assert found["views.operations"] == "Promises first."
    assert found["teaching_note"] == "Begin with the slowest press."


@pytest.mark.parametrize(
    "step",
    [
        *("key", "kind", "unit", "objective", "rows", "when", "to", "expression", "effects", "variable"),
        *("recommendation", "start", "better", "x", "y", "checkpoints", "best_order", "image", "since"),
    ],
)
def test_what_machines_read_is_no_word(step: str) -> None:
    assert not [way for way, _text in words_in(small_case()) if step in way.split(".")]


def test_names_in_formulas_are_no_words_while_the_names_of_roles_are() -> None:
    ways = [way for way, _text in words_in(small_case()) if way.endswith(".name")]
    assert ways == ["roles.0.name", "roles.1.name"]


def test_other_words_leave_a_case_as_playable_as_it_was() -> None:
    document = small_case()
    texts = {way: f"{text} zorp" for way, text in words_in(document)}
    changed = with_words(document, texts)
    assert dict(words_in(changed)) == texts
    assert check_case(changed) == check_case(document)
    before, after = read_case(document), read_case(changed)
    assert after.exhibits[0].table != before.exhibits[0].table  # its columns are labelled anew
    assert [each.table.rows for each in after.exhibits if each.table] == [
        each.table.rows for each in before.exhibits if each.table
    ]
    assert [stage.ways for stage in after.stages] == [stage.ways for stage in before.stages]
    assert document == small_case()


@given(document=cases(objective="CAS-1"))
def test_the_same_words_make_the_same_document(document: dict[str, Any]) -> None:
    assert with_words(document, dict(words_in(document))) == document


@given(document=JSON)
def test_a_broken_document_has_words_too_and_is_given_back(document: Any) -> None:
    assert with_words(document, dict(words_in(document))) == document
