"""Finding and replacing words in a text: what is found, what is never touched, and the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concepts.finding import Search, context, replaced, untouched, untouched_parts

LESSON = """## Lead time

The lead time of an order. See [lead time](metric:lead-time "lead time") and `lead time`.

::: lead time of a kitchen
Read https://example.org/lead time.[^lead time]
:::

```formula
lead time = {lead time} / {units}
```

![lead time drawn](picture:lead-time)

[^lead time]: On lead time.
"""


def found(text: str, looked_for: str, **how: bool) -> list[str]:
    return [text[start:end] for start, end in Search(looked_for, **how).spans(text)]


def test_words_are_found_and_what_only_looks_like_them_is_not() -> None:
    text = replaced(LESSON, Search("lead time").spans(LESSON), "cycle")
    assert (
        text
        == """## cycle

The cycle of an order. See [cycle](metric:lead-time "lead time") and `lead time`.

::: lead cycle of a kitchen
""".replace("lead cycle", "lead time")
        + """Read https://example.org/lead time.[^lead time]
:::

```formula
lead time = {lead time} / {units}
```

![cycle drawn](picture:lead-time)

[^lead time]: On cycle.
"""
    )


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("A note. ::: note", 2),
        ("::: note A note\nnote", 2),
        ("`note", 1),
        ("``a note ` note`` note", 1),
        ("~~~\nnote\n~~~\nnote", 1),
        ("```\nnote never closed", 0),
        ("{note} and {note: note} note", 1),
        ("[note][note] note", 2),
        ("[note]: https://note.example\nnote", 1),
        ("<note@note.example> note", 1),
        ("[a](concept:note(note)) note", 1),
        ("term:note note", 1),
    ],
)
def test_code_targets_names_and_figures_in_braces_are_left_alone(text: str, count: int) -> None:
    assert len(found(text, "note")) == count


def test_whole_words_and_capitals_count_if_asked() -> None:
    text = "Order, reorder, orders and ORDER"
    assert len(found(text, "order")) == 4
    assert found(text, "order", whole_words=True) == ["Order", "ORDER"]
    assert found(text, "order", whole_words=True, match_case=True) == []
    assert found(text, "order", match_case=True) == ["order", "order"]


def test_signs_are_looked_for_as_they_stand() -> None:
    assert found("a.b axb (a.b)", "a.b") == ["a.b", "a.b"]


def test_a_hit_is_shown_in_one_line_cut_at_words() -> None:
    text = "word " * 30 + "\n\nthroughput " + "more " * 30
    shown = context(text, Search("throughput").spans(text)[0])
    assert shown.found == "throughput"
    assert shown.before.startswith("… word") and shown.after.endswith("more …")
    assert "\n" not in shown.before


texts = st.text(st.sampled_from("ab X.,\n`[](){}:#~^<>/*_"), max_size=80)
words = st.text(st.sampled_from("abX. "), min_size=1, max_size=4).filter(lambda word: word.strip())


@given(text=texts, word=words, whole=st.booleans(), case=st.booleans(), data=st.data())
def test_nothing_but_the_hits_changes(
    text: str, word: str, whole: bool, case: bool, data: st.DataObject
) -> None:
    spans = Search(word, whole, case).spans(text)
    left_out = data.draw(st.sets(st.sampled_from(range(len(spans)))) if spans else st.just(set()))
    changed = replaced(text, spans, "§", left_out=left_out)
    assert changed.count("§") == len(spans) - len(left_out)
    rest = text
    for number, (start, end) in reversed(list(enumerate(spans))):
        assert text[start:end].lower() == word.lower()
        if number not in left_out:
            rest = rest[:start] + "§" + rest[end:]
    assert changed == rest


@given(text=texts, word=words)
def test_no_hit_lies_in_what_is_never_touched(text: str, word: str) -> None:
    for start, end in Search(word).spans(text):
        assert all(end <= a or b <= start for a, b in untouched(text))
    assert "".join(untouched_parts(text)) == "".join(text[a:b] for a, b in untouched(text))


@given(text=texts, word=words)
def test_replacing_back_restores_the_text(text: str, word: str) -> None:
    there = Search(word, match_case=True)
    changed = replaced(text, there.spans(text), "zq")
    back = Search("zq", match_case=True)
    if untouched_parts(changed) == untouched_parts(text):  # else the replacement is refused
        assert replaced(changed, back.spans(changed), word) == text
