"""Ordering: things to put in order. What counts is how many pairs of them stand in the right order.

With n things there are n (n - 1) / 2 pairs; the score is the share of pairs in the right order, which is
(1 + Kendall's tau) / 2: 1 for the right order, 0 for its reverse. One thing out of place costs the pairs that
it breaks and no more, where counting places would fail all that it shifts.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.questions.base import (
    Answer,
    AnswerError,
    Content,
    Explanation,
    Grade,
    Option,
    Part,
    Posted,
    Presentation,
    Problem,
    Values,
)
from assessments.questions.common import (
    check_distinct,
    check_frame,
    check_keys,
    check_list,
    check_optional_text,
    check_text,
    mappings,
    no_answer,
    order,
    shuffled,
    verdict,
)
from assessments.questions.keys import key_of

FEWEST, MOST = 3, 8


class Ordering:
    """The answer is the list of the items' keys, the first first."""

    key = "ordering"
    label = gettext_lazy("Ordering")
    parametric = False

    def check(self, content: Content) -> list[Problem]:
        problems = [*check_frame(content, ("items",)), *check_list(content, "items", FEWEST, MOST)]
        listed = content.get("items")
        for i, item in enumerate(listed if isinstance(listed, list) else []):
            if isinstance(item, Mapping):
                problems += _check_item(item, f"items.{i}")
        texts = [item.get("text") for item in mappings(content, "items") if item.get("text")]
        return problems + check_distinct(texts, "items")

    def draw(self, content: Content, seed: int) -> dict[str, Any]:
        right = list(_items(content))
        return {"order": _mixed(shuffled(right, seed)["order"], right)}

    def present(self, content: Content, values: Values) -> Presentation:
        items = _items(content)
        return Presentation(
            "ordering",
            content["stem"],
            label=_("Put them in order, the first at the top"),
            hint=_(
                "The order to begin with is a mixed one, never the right one. The mark is the share of all "
                "pairs that you put in the right order."
            ),
            options=tuple(Option(key, str(items[key]["text"])) for key in _shown(items, values)),
        )

    def read(self, content: Content, values: Values, posted: Posted) -> Answer | None:
        items = _items(content)
        places = {key: _place(posted, key, len(items)) for key in _shown(items, values)}
        if not any(places.values()):
            return None
        taken: dict[int, str] = {}
        for key, place in places.items():
            if place is None:
                message = _("This one has no place yet. Give each a place from 1 to %(count)s.")
                raise AnswerError(message % {"count": len(items)}, key)
            if place in taken:
                message = _("Place %(place)s is taken twice. Give one of the two another place.")
                raise AnswerError(message % {"place": place}, key)
            taken[place] = key
        return [taken[place] for place in sorted(taken)]

    def grade(self, content: Content, values: Values, answer: Answer | None) -> Grade:
        right, pairs = _pairs_in_order(content, answer)
        return Grade(right / pairs if pairs else 0.0)

    def explain(self, content: Content, values: Values, answer: Answer | None) -> Explanation:
        items, placed = _items(content), _places(answer)
        right, pairs = _pairs_in_order(content, answer)
        told = _("%(right)s of %(pairs)s pairs stand in the right order.") % {"right": right, "pairs": pairs}
        expected = {key: place for place, key in enumerate(items, 1)}
        return Explanation(
            verdict=verdict(self.grade(content, values, answer).score),
            feedback=(told,) if placed and right < pairs else (),
            parts=tuple(_part(items[key], placed.get(key), expected[key]) for key in _shown(items, values)),
            right_answer=_joined(items, list(items)),
            your_answer=self.summary(content, values, answer),
            explanation=content["explanation"],
            in_short=_("%(right)s of %(pairs)s pairs in order") % {"right": right, "pairs": pairs},
        )

    def variant_key(self, content: Content, values: Values) -> str:
        return ""

    def summary(self, content: Content, values: Values, answer: Answer | None) -> str:
        return _joined(_items(content), list(_places(answer))) or no_answer()


def _items(content: Content) -> dict[str, Mapping[str, Any]]:
    """The items by their keys, in the right order."""
    return {key_of(item): item for item in mappings(content, "items")}


def _mixed(drawn: Sequence[str], right: Sequence[str]) -> list[str]:
    """A drawn order, turned by one place if it happens to be the right one."""
    return [*drawn[1:], *drawn[:1]] if list(drawn) == list(right) else list(drawn)


def _shown(items: Mapping[str, Any], values: Values) -> list[str]:
    """The order in which the items are shown, never the right one."""
    right = list(items)
    return _mixed(order(values, right), right)


def _place(posted: Posted, key: str, count: int) -> int | None:
    """The place given to an item, from 1; None if none was."""
    given = {text.strip() for text in posted.get(key, ())} - {""}
    if not given:
        return None
    text = given.pop()
    known = text.isascii() and text.isdigit() and len(text) < 4
    if given or not known or not 1 <= int(text) <= count:
        raise AnswerError(_("Pick one place from 1 to %(count)s.") % {"count": count}, key)
    return int(text)


def _places(answer: Answer | None) -> dict[str, int]:
    """The place of each key in an answer, from 1, in the order of the answer."""
    listed = answer if isinstance(answer, list | tuple) else ()
    return {key: place for place, key in enumerate(listed, 1) if isinstance(key, str)}


def _pairs_in_order(content: Content, answer: Answer | None) -> tuple[int, int]:
    """How many pairs stand in the right order, and how many there are. What has no place is in no order."""
    items, placed = list(_items(content)), _places(answer)
    pairs = list(combinations(items, 2))
    right = sum(
        first in placed and second in placed and placed[first] < placed[second] for first, second in pairs
    )
    return right, len(pairs)


def _joined(items: Mapping[str, Mapping[str, Any]], keys: Sequence[str]) -> str:
    return " → ".join(str(items[key].get("text", "")) for key in keys if key in items)


def _part(item: Mapping[str, Any], place: int | None, expected: int) -> Part:
    right = place == expected
    return Part(
        text=str(item["text"]),
        chosen=_("place %(place)s") % {"place": place} if place else _("Not placed"),
        expected=_("place %(place)s") % {"place": expected},
        right=right,
        feedback="" if right or not place else str(item.get("feedback") or ""),
    )


def _check_item(item: Mapping[str, Any], path: str) -> list[Problem]:
    problems = check_text(item, "text", f"{path}.text", _("This item is empty. Write it or take it out."))
    problems += check_keys(item, ("text", "feedback", "key"), f"{path}.")
    problems += check_optional_text(item, "key", f"{path}.key")
    return problems + check_optional_text(item, "feedback", f"{path}.feedback")
