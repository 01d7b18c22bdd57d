"""A form as a sheet of cells: each that was changed elsewhere is told, and no other."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from concepts.admin.desk import Base, clashes, read_base
from concepts.admin.sheets import Cell, digests
from concepts.admin.sidebyside import sheets_beside
from concepts.models import Concept
from tests.factories import ConceptFactory, MetricFactory
from tests.forms import change, opened

TEXTS = st.dictionaries(st.sampled_from("abcd"), st.text(max_size=5), min_size=4, max_size=4)


def sheet(values: dict[str, str]) -> dict[str, Cell]:
    return {key: Cell(key, (key,), ((value,),)) for key, value in values.items()}


@given(TEXTS, TEXTS, TEXTS)
def test_a_cell_is_told_exactly_when_it_was_changed_elsewhere_and_reads_otherwise_here(
    base: dict[str, str], theirs: dict[str, str], mine: dict[str, str]
) -> None:
    found = clashes(digests(sheet(base)), sheet(theirs), sheet(mine))
    told = {key for key in base if theirs[key] not in (base[key], mine[key])}
    assert {clash.key for clash in found} == told
    assert {clash.key for clash in found if clash.is_touched} == {
        key for key in told if mine[key] != base[key]
    }


@given(TEXTS, TEXTS)
def test_both_sides_hold_every_word_of_their_version(left: dict[str, str], right: dict[str, str]) -> None:
    page = sheets_beside("l", "r", sheet(left), sheet(right))
    assert {pair.label for pair in page.pairs} == {key for key in left if left[key] != right[key]}
    for pair in page.pairs:
        assert "".join(piece.text for piece in pair.left) == left[pair.label]
        assert "".join(piece.text for piece in pair.right) == right[pair.label]


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=8)), st.text(max_size=20))
def test_a_stamp_comes_back_as_it_went(cells: dict[str, str], rest: str) -> None:
    assert read_base(Base(cells, rest).packed()) == Base(cells, rest)


@pytest.mark.parametrize("text", [None, "", "null", "[]", "{}", '{"cells": 1, "rest": ""}', "{{", '"a"'])
def test_a_stamp_that_we_never_wrote_is_none(text: Any) -> None:
    assert read_base(text) is None


@pytest.mark.django_db
@pytest.mark.parametrize("make", [ConceptFactory, MetricFactory])
def test_what_was_opened_and_saved_as_it_is_changes_nothing(editor: Client, make: Any) -> None:
    obj = make(status="draft")
    rows = list(obj.inputs.values()) if hasattr(obj, "inputs") else []
    before = {field.attname: getattr(obj, field.attname) for field in obj._meta.concrete_fields}
    assert editor.post(change(obj), {**opened(editor, obj), "_save": "1"}).status_code == 302
    obj.refresh_from_db()
    after = {field.attname: getattr(obj, field.attname) for field in obj._meta.concrete_fields}
    before.pop("updated_at")
    after.pop("updated_at")
    assert after == before
    assert (list(obj.inputs.values()) if rows else []) == rows


@pytest.mark.django_db
def test_what_was_saved_is_named_to_the_browser_that_kept_it(editor: Client) -> None:
    concept = ConceptFactory(status="draft")
    for name in ("a-kept-text-1", "a-kept-text-2", "<script>"):
        editor.post(change(concept), {**opened(editor, concept), "_kept": name, "_save": "1"})
    assert editor.cookies["takt_saved"].value == "a-kept-text-1.a-kept-text-2"
    refused = {**opened(editor, concept), "title": "", "_kept": "a-kept-text-3", "_save": "1"}
    assert editor.post(change(concept), refused).status_code == 422
    assert "a-kept-text-3" not in editor.cookies["takt_saved"].value
    assert Concept.objects.count() == 1
