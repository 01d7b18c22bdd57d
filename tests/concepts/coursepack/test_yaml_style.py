"""Our YAML: whatever is written is read again as it was, by both of PyYAML's readers."""

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from concepts.coursepack.yaml_style import dump
from tests.concepts.coursepack.hostile import HOSTILE

words = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=("Cs",)), max_size=30))
figures = st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False))
values = st.recursive(
    st.one_of(st.none(), st.booleans(), figures, words),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(words, inner, max_size=4)),
    max_leaves=12,
)
documents = st.one_of(
    st.lists(values, min_size=1, max_size=4), st.dictionaries(words, values, min_size=1, max_size=4)
)


@settings(max_examples=300, deadline=None)
@given(documents)
def test_what_is_written_is_read_again_as_it_was(value: Any) -> None:
    text = dump(value)
    assert yaml.safe_load(text) == value
    assert yaml.load(text, Loader=yaml.CSafeLoader) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"a": "plain words", "b": "yes", "c": "12", "d": ""}, 'a: plain words\nb: "yes"\nc: "12"\nd: ""\n'),
        ({"a": "one\n\n  two"}, "a: |-\n  one\n\n    two\n"),
        ([{"sources": ["S1", "HOPP"], "more": {"from": 1, "to": 2.5}}], None),
        ({"a": 1e-07, "b": 8, "c": True, "d": None}, "a: 1.0e-07\nb: 8\nc: true\nd: null\n"),
        ({"a": "x: y", "b": "a #b", "c": "- d", "d": "e, f"}, 'a: "x: y"\nb: "a #b"\nc: "- d"\nd: e, f\n'),
        ({"a": []}, "a: []\n"),
    ],
)
def test_the_style_is_that_of_the_shipped_course(value: Any, text: str | None) -> None:
    assert dump(value) == (text or "- sources: [S1, HOPP]\n  more: {from: 1, to: 2.5}\n")


def test_a_long_line_is_folded_and_a_long_list_is_not_written_on_one() -> None:
    lines = dump({"a": "word " * 60 + "end", "b": ["a long word " * 4] * 3}).splitlines()
    assert lines[0] == "a: >-" and all(len(line) <= 118 for line in lines)
    assert lines[-1].startswith("  - ")
