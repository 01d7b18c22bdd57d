"""Matching: to each text on the left belongs one on the right; the share matched right counts."""

import random
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
    verdict,
)
from assessments.questions.keys import key_of, text_key

FEWEST, MOST, MOST_DISTRACTORS = 3, 8, 4
_PAIR = ("left", "right", "feedback", "misconception", "key", "right_key")


class Matching:
    """The answer maps the key of each left-hand text matched to the key of a right-hand one."""

    key = "matching"
    label = gettext_lazy("Matching")
    parametric = False

    def check(self, content: Content) -> list[Problem]:
        problems = [
            *check_frame(content, ("pairs", "distractors")),
            *check_list(content, "pairs", FEWEST, MOST),
        ]
        listed = content.get("pairs")
        for i, pair in enumerate(listed if isinstance(listed, list) else []):
            if isinstance(pair, Mapping):
                problems += _check_pair(pair, f"pairs.{i}")
        pairs = mappings(content, "pairs")
        problems += check_distinct([pair["left"] for pair in pairs if pair.get("left")], "pairs", "left")
        rights = {text_key(pair["right"]) for pair in pairs if pair.get("right")}
        problems += _check_distractors(content, rights)
        if len(pairs) >= FEWEST and len(rights) < 2:
            message = _("Every pair has the same right-hand side, so there is nothing to tell apart.")
            problems.append(Problem("pairs", message))
        return problems

    def draw(self, content: Content, seed: int) -> dict[str, Any]:
        rng = random.Random(seed)  # noqa: S311  an order, not a secret
        lefts, rights = list(_pairs(content)), list(_rights(content))
        rng.shuffle(lefts)
        rng.shuffle(rights)
        return {"order": lefts, "rights": rights}

    def present(self, content: Content, values: Values) -> Presentation:
        pairs, rights = _pairs(content), _rights(content)
        drawn = order({"order": values.get("rights")}, list(rights))
        return Presentation(
            "matching",
            content["stem"],
            label=_("Pick what belongs to each"),
            hint=_hint(content),
            options=tuple(Option(key, str(pairs[key]["left"])) for key in order(values, list(pairs))),
            buckets=tuple(Option(key, rights[key]) for key in drawn),
        )

    def read(self, content: Content, values: Values, posted: Posted) -> Answer | None:
        rights = _rights(content)
        matched = {key: posted_key(posted, key, rights) for key in _pairs(content)}
        return {key: right for key, right in matched.items() if right} or None

    def grade(self, content: Content, values: Values, answer: Answer | None) -> Grade:
        pairs = _pairs(content)
        chosen = {key: _chosen(content, answer, key) for key in pairs}
        right = sum(chosen[key] == _right_key(content, pair) for key, pair in pairs.items())
        slips = [
            str(pair.get("misconception") or "")
            for key, pair in pairs.items()
            if chosen[key] and chosen[key] != _right_key(content, pair)
        ]
        score = right / len(pairs) if pairs else 0.0
        return Grade(score, tuple(dict.fromkeys(slip for slip in slips if slip)))

    def explain(self, content: Content, values: Values, answer: Answer | None) -> Explanation:
        pairs = _pairs(content)
        keys = order(values, list(pairs))
        parts = tuple(_part(content, pairs[key], _chosen(content, answer, key)) for key in keys)
        return Explanation(
            verdict=verdict(self.grade(content, values, answer).score),
            feedback=(),
            parts=parts,
            right_answer="; ".join(f"{pairs[key]['left']}: {pairs[key]['right']}" for key in keys),
            your_answer=self.summary(content, values, answer),
            explanation=content["explanation"],
            in_short=placed_right(parts),
        )

    def variant_key(self, content: Content, values: Values) -> str:
        return ""

    def summary(self, content: Content, values: Values, answer: Answer | None) -> str:
        pairs, rights = _pairs(content), _rights(content)
        matched = [(key, _chosen(content, answer, key)) for key in order(values, list(pairs))]
        said = [f"{pairs[key]['left']}: {rights[right]}" for key, right in matched if right]
        return "; ".join(said) or no_answer()


def _pairs(content: Content) -> dict[str, Mapping[str, Any]]:
    return {key_of(pair, "left"): pair for pair in mappings(content, "pairs")}


def _rights(content: Content) -> dict[str, str]:
    """Every right-hand text once, those that belong nowhere included."""
    listed = content.get("distractors")
    pairs = mappings(content, "pairs")
    rights = {_right_key(content, pair): str(pair.get("right", "")) for pair in pairs}
    others = listed if isinstance(listed, list) else []
    return rights | {text_key(text): str(text) for text in others if text_key(text) not in rights}


def _right_key(content: Content, pair: Mapping[str, Any]) -> str:
    """The key of a pair's right-hand text; pairs that share the text share the key that one of them kept."""
    own = text_key(pair.get("right", ""))
    for each in mappings(content, "pairs"):
        if each.get("right_key") and text_key(each.get("right", "")) == own:
            return key_of(each, "right", "right_key")
    return own


def _chosen(content: Content, answer: Answer | None, key: str) -> str:
    """The key of the right-hand text chosen for a left-hand one, empty if none was."""
    chosen = str(answer.get(key) or "") if isinstance(answer, Mapping) else ""
    return chosen if chosen in _rights(content) else ""


def _part(content: Content, pair: Mapping[str, Any], chosen: str) -> Part:
    right = chosen == _right_key(content, pair)
    return Part(
        text=str(pair["left"]),
        chosen=_rights(content).get(chosen) or _("Not matched"),
        expected=str(pair["right"]),
        right=right,
        feedback="" if right or not chosen else str(pair.get("feedback") or ""),
    )


def _hint(content: Content) -> str:
    """What to know before answering: whether every text on the right is used, and once."""
    rights, pairs = _rights(content), mappings(content, "pairs")
    used = {_right_key(content, pair) for pair in pairs}
    share = _("Each one matched right earns its share.")
    if len(used) < len(pairs):
        return _("An answer may fit more than once, or not at all. %(share)s") % {"share": share}
    if len(rights) > len(used):
        return _("Some of the answers fit nowhere. %(share)s") % {"share": share}
    return _("Every answer fits once. %(share)s") % {"share": share}


def _check_pair(pair: Mapping[str, Any], path: str) -> list[Problem]:
    problems = check_text(pair, "left", f"{path}.left", _("The left-hand side is empty. Write it."))
    remedy = _("The right-hand side is empty. Write what belongs to it.")
    problems += check_text(pair, "right", f"{path}.right", remedy)
    problems += check_keys(pair, _PAIR, f"{path}.")
    for name in ("feedback", "misconception", "key", "right_key"):
        problems += check_optional_text(pair, name, f"{path}.{name}")
    return problems


def _check_distractors(content: Content, rights: set[str]) -> list[Problem]:
    listed = content.get("distractors") or []
    if not isinstance(listed, list) or len(listed) > MOST_DISTRACTORS:
        return [Problem("distractors", _("Give a list of %(most)s at most.") % {"most": MOST_DISTRACTORS})]
    fits = _("“%(text)s” fits a pair, so it is no distractor. Take it out.")
    said = [fits % {"text": text} for text in listed if text_key(text) in rights]
    said += [each.message for each in check_distinct(listed, "distractors")]
    if not all(isinstance(text, str) and text.strip() for text in listed):
        said.append(_("Each is a text. Put figures in quotation marks."))
    return [Problem("distractors", message) for message in said]
