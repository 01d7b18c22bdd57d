"""The words in a question, whatever its type: found, changed, and nothing else with them."""

import pytest

from assessments.questions import get
from assessments.questions.keys import text_key
from assessments.questions.texts import texts_in, with_texts
from tests.factories import numeric, single_choice


def paths(content: dict[str, object]) -> set[str]:
    return {".".join(path) for path, _text in texts_in(content)}


def test_the_words_of_a_choice_are_its_texts_and_feedback() -> None:
    content = single_choice() | {"tags": ["stem"], "hints": ["Look at the time."], "penalty": 10}
    assert paths(content) == {
        "stem",
        "explanation",
        "hints.0",
        *(f"choices.{i}.text" for i in range(3)),
        "choices.1.feedback",
        "choices.2.feedback",
    }


def test_expressions_units_names_and_misconceptions_are_no_words() -> None:
    assert paths(numeric()) == {"stem", "explanation", "label", "slips.0.feedback"}


def test_other_texts_leave_everything_else_as_it_was() -> None:
    content = numeric()
    changed = with_texts("numeric", content, {("stem",): "{units} in {hours}?"})
    assert changed == {**content, "stem": "{units} in {hours}?"}
    assert content == numeric()


def test_items_follow_their_bucket() -> None:
    content = {
        "stem": "Sort.",
        "explanation": "So.",
        "buckets": ["Goods", "Services"],
        "items": [
            {"text": f"Thing {i}", "bucket": bucket, "feedback": "Because."}
            for i, bucket in enumerate(["Goods", "Services", "Goods", "Services"])
        ],
    }
    changed = with_texts("classification", content, {("buckets", "0"): "Products"})
    assert [item["bucket"] for item in changed["items"]] == ["Products", "Services", "Products", "Services"]
    assert get("classification").check(changed) == []


def test_a_reworded_item_keeps_the_key_by_which_answers_name_it_and_drops_it_on_the_way_back() -> None:
    items = [{"text": text} for text in ("First", "Second", "Third")]
    content = {"stem": "Order them.", "explanation": "So.", "items": items}
    changed = with_texts("ordering", content, {("items", "1", "text"): "Next"})
    assert changed["items"][1] == {"text": "Next", "key": text_key("Second")}
    assert get("ordering").check(changed) == []
    assert with_texts("ordering", changed, {("items", "1", "text"): "Second"}) == content


@pytest.mark.parametrize("content", [{}, {"hints": "one"}, {"choices": [1, None]}, {"stem": 3}])
def test_what_nobody_has_checked_is_read_all_the_same(content: dict[str, object]) -> None:
    assert all(isinstance(text, str) for _path, text in texts_in(content))
