"""Classification: several things, each to be put where it belongs."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.questions.base import (
    Answer,
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
    placed_right,
    posted_key,
    shuffled,
    verdict,
)


class Classification:
    """The answer maps the key of each item placed (`item-0`) to the key of its bucket (`bucket-1`)."""

    key = "classification"
    label = gettext_lazy("Classification")
    parametric = False

    def check(self, content: Content) -> list[Problem]:
        problems = [*check_frame(content, ("buckets", "items")), *_check_buckets(content)]
        problems += check_list(content, "items", 4, 8)
        listed = content.get("items")
        for i, item in enumerate(listed if isinstance(listed, list) else []):
            if isinstance(item, Mapping):
                problems += _check_item(item, f"items.{i}", list(_buckets(content).values()))
        texts = [item.get("text") for item in _items(content).values() if item.get("text")]
        return problems + check_distinct(texts, "items")

    def draw(self, content: Content, seed: int) -> dict[str, Any]:
        return shuffled(list(_items(content)), seed)

    def present(self, content: Content, values: Values) -> Presentation:
        items = _items(content)
        return Presentation(
            "buckets",
            content["stem"],
            label=_("Put each where it belongs"),
            options=tuple(Option(key, str(items[key]["text"])) for key in order(values, list(items))),
            buckets=tuple(Option(key, text) for key, text in _buckets(content).items()),
        )

    def read(self, content: Content, values: Values, posted: Posted) -> Answer | None:
        buckets = _buckets(content)
        placed = {key: posted_key(posted, key, buckets) for key in _items(content)}
        return {key: bucket for key, bucket in placed.items() if bucket} or None

    def grade(self, content: Content, values: Values, answer: Answer | None) -> Grade:
        items = _items(content)
        placed = {key: _bucket_of(content, answer, key) for key in items}
        right = sum(placed[key] == item.get("bucket") for key, item in items.items())
        slips = [
            str(item.get("misconception") or "")
            for key, item in items.items()
            if placed[key] and placed[key] != item.get("bucket")
        ]
        return Grade(
            right / len(items) if items else 0.0, tuple(dict.fromkeys(slip for slip in slips if slip))
        )

    def explain(self, content: Content, values: Values, answer: Answer | None) -> Explanation:
        items = _items(content)
        keys = order(values, list(items))
        parts = tuple(_part(items[key], _bucket_of(content, answer, key)) for key in keys)
        return Explanation(
            verdict=verdict(self.grade(content, values, answer).score),
            feedback=(),
            parts=parts,
            right_answer="; ".join(f"{items[key]['text']}: {items[key]['bucket']}" for key in keys),
            your_answer=self.summary(content, values, answer),
            explanation=content["explanation"],
            in_short=placed_right(parts),
        )

    def variant_key(self, content: Content, values: Values) -> str:
        return ""

    def summary(self, content: Content, values: Values, answer: Answer | None) -> str:
        items = _items(content)
        placed = {key: _bucket_of(content, answer, key) for key in order(values, list(items))}
        return (
            "; ".join(f"{items[key]['text']}: {bucket}" for key, bucket in placed.items() if bucket)
            or no_answer()
        )


def _items(content: Content) -> dict[str, Mapping[str, Any]]:
    return {f"item-{i}": item for i, item in enumerate(mappings(content, "items"))}


def _buckets(content: Content) -> dict[str, str]:
    listed = content.get("buckets")
    return {f"bucket-{i}": str(text) for i, text in enumerate(listed)} if isinstance(listed, list) else {}


def _bucket_of(content: Content, answer: Answer | None, key: str) -> str:
    """The text of the bucket that an item was put into, empty if it was not placed."""
    placed = answer.get(key) if isinstance(answer, Mapping) else None
    return _buckets(content).get(str(placed), "")


def _part(item: Mapping[str, Any], bucket: str) -> Part:
    right = bucket == item["bucket"]
    return Part(
        text=str(item["text"]),
        chosen=bucket or _("Not placed"),
        expected=str(item["bucket"]),
        right=right,
        feedback="" if right or not bucket else str(item.get("feedback") or ""),
    )


def _check_buckets(content: Content) -> list[Problem]:
    buckets = content.get("buckets")
    if not isinstance(buckets, list) or not 2 <= len(buckets) <= 4:
        return [Problem("buckets", _("Give a list of 2 to 4 buckets."))]
    problems = [
        Problem(
            f"buckets.{i}", _("“%(value)s” is not read as text. Put it in quotation marks.") % {"value": text}
        )
        for i, text in enumerate(buckets)
        if not isinstance(text, str) or not text.strip()
    ]
    return problems + check_distinct(buckets, "buckets", name="")


def _check_item(item: Mapping[str, Any], path: str, buckets: list[str]) -> list[Problem]:
    problems = check_text(item, "text", f"{path}.text", _("This item is empty. Write it or take it out."))
    problems += check_keys(item, ("text", "bucket", "feedback", "misconception"), f"{path}.")
    problems += check_optional_text(item, "misconception", f"{path}.misconception")
    if item.get("bucket") not in buckets:
        message = _("“%(bucket)s” is none of the buckets. Write one of: %(buckets)s.")
        values = {"bucket": item.get("bucket") or "", "buckets": ", ".join(buckets)}
        problems.append(Problem(f"{path}.bucket", message % values))
    remedy = _("There is no feedback. Say to who misplaces this where it belongs and why.")
    return problems + check_text(item, "feedback", f"{path}.feedback", remedy)
