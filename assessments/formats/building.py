"""From the answers of a foreign question to the content of one of ours; shared by all readers.

Each function takes what the file says and returns the type's key, the content without stem and explanation,
and what was not carried over. What cannot be one of ours raises `NotOurs` with the reason.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from assessments.formats.parsed import Loss, one_line
from assessments.formats.texts import in_words
from assessments.formats.weights import Weighed, multiple_choices, single_choices, tidy
from assessments.questions.common import MOST_HINTS
from assessments.questions.tries import PENALTY

Built = tuple[str, dict[str, Any], list[Loss]]
CLASSIFICATION_TAG = "type:classification"
_STAR = re.compile(r"\\(\*)|\*")


class NotOurs(Exception):
    """A question that has no counterpart here; the message is the reason, for the report."""


@dataclass(frozen=True)
class Accepted:
    """A figure that a file accepts: from the answer, so far up and down, for so many per cent."""

    answer: str
    tolerance: str
    weight: float
    feedback: str = ""


def choices(answers: Sequence[Weighed], *, several: bool) -> Built:
    """Single or multiple choice."""
    if len(answers) < 2:
        raise NotOurs(_("It offers fewer than two answers."))
    if any(abs(answer.weight) > 100.1 for answer in answers):
        raise NotOurs(_("An answer is worth more than 100 % or costs more than that."))
    if several:
        return "multiple_choice", {"choices": multiple_choices(answers)}, []
    return "single_choice", {"choices": single_choices(answers)}, []


def true_false(right: bool, if_wrong: str, if_right: str) -> Built:
    """True or false; ours has feedback for a wrong answer only."""
    content: dict[str, Any] = {"right": right}
    if if_wrong:
        content["feedback"] = if_wrong
    return "true_false", content, _lost_text(_("Feedback for the right answer"), if_right, _only_wrong())


def all_or_nothing(weights: Iterable[float]) -> list[Loss]:
    """What is lost of the weights of two answers where one is right here and the other is worth nothing."""
    odd = [weight for weight in weights if min(abs(weight), abs(weight - 100)) > 1e-9]
    reason = _("True or false earns everything or nothing.")
    return [Loss(_("Weight %(weight)s %%") % {"weight": tidy(weight)}, reason) for weight in odd]


def cost_of_the_rest(weight: float) -> list[Loss]:
    """What is lost of the weight of any other answer, which is worth nothing here; raises `NotOurs`."""
    if weight > 0:
        raise NotOurs(_("Any figure at all earns something."))
    said = _("Weight %(weight)s %% of any other answer") % {"weight": tidy(weight)}
    return [Loss(said, _("A wrong answer costs a try, and nothing else."))] if weight < 0 else []


def short_text(answers: Sequence[Weighed], *, case: bool = False) -> Built:
    """Accepted texts; in the file a star stands for anything, and `\\*` for a star."""
    if not answers:
        raise NotOurs(_("It accepts no answer at all."))
    content: dict[str, Any] = {"accept": []}
    losses: list[Loss] = []
    for answer in answers:
        if answer.text == "*" and answer.weight <= 0 and "otherwise" not in content and answer.feedback:
            content["otherwise"] = answer.feedback
            losses += cost_of_the_rest(answer.weight)
            continue
        entry: dict[str, Any] = {}
        is_pattern = any(match[1] is None for match in _STAR.finditer(answer.text))
        entry["pattern" if is_pattern else "text"] = (
            answer.text if is_pattern else answer.text.replace("\\*", "*")
        )
        if abs(answer.weight - 100) > 1e-9:
            entry["score"] = tidy(max(0.0, min(100.0, answer.weight)))
            if not 0 <= answer.weight <= 100:
                said = _("Weight %(weight)s %% of “%(text)s”")
                values = {"weight": tidy(answer.weight), "text": one_line(answer.text)}
                losses.append(Loss(said % values, _("An answer here earns 0 to 100 %.")))
        if answer.feedback:
            entry["feedback"] = answer.feedback
        content["accept"].append(entry)
    if case:
        content["case"] = True
    return "short_text", content, losses


def numeric(answers: Sequence[Accepted], otherwise: str = "", unit: str = "") -> Built:
    """A figure with a tolerance. Wrong figures become slips; half-right ones there are none."""
    full = [answer for answer in answers if answer.weight > 99.9]
    if not full:
        raise NotOurs(_("No figure earns the full mark."))
    if len(full) > 1:
        raise NotOurs(_("Several figures are right; a question here has one right figure."))
    right = full[0]
    content: dict[str, Any] = {"answer": right.answer, "tolerance": right.tolerance}
    if unit:
        content["unit"] = unit
    slips, losses = [], _lost_text(_("Feedback for the right figure"), right.feedback, _only_wrong())
    for answer in answers:
        if answer is right:
            continue
        if abs(answer.weight) < 1e-9 and answer.tolerance == right.tolerance:
            feedback = {"feedback": answer.feedback} if answer.feedback else {}
            slips.append({"answer": answer.answer, **feedback})
            continue
        said = _("%(weight)s %% for %(answer)s ± %(tolerance)s")
        values = {"weight": tidy(answer.weight), "answer": answer.answer, "tolerance": answer.tolerance}
        reason = _("A figure here is right or wrong, and one tolerance holds for all of a question.")
        comment = f": “{one_line(in_words(answer.feedback))}”" if answer.feedback else ""
        losses.append(Loss(said % values + comment, reason))
    if slips:
        content["slips"] = slips
    reason = _("Here feedback belongs to a named slip.")
    return "numeric", content, losses + _lost_text(_("Feedback for any other figure"), otherwise, reason)


def matching(pairs: Sequence[tuple[str, str]], tags: Sequence[str] = ()) -> Built:
    """Pairs; one without a left side is a distractor. A tag of ours says that it was a classification."""
    real = [(left, right) for left, right in pairs if left]
    spare = list(dict.fromkeys(right for left, right in pairs if not left and right))
    if len(real) < 2:
        raise NotOurs(_("It has fewer than two pairs."))
    if CLASSIFICATION_TAG in tags:
        buckets = list(dict.fromkeys([*(right for _left, right in real), *spare]))
        items = [{"text": left, "bucket": right} for left, right in real]
        return "classification", {"buckets": buckets, "items": items}, []
    content: dict[str, Any] = {"pairs": [{"left": left, "right": right} for left, right in real]}
    if spare:
        content["distractors"] = spare
    return "matching", content, []


def ordering(items: Sequence[str]) -> Built:
    """Things in their right order."""
    if len(items) < 2:
        raise NotOurs(_("It has fewer than two things to put in order."))
    return "ordering", {"items": [{"text": text} for text in items]}, []


def essay(guide: str = "", words: Mapping[str, int] | None = None) -> Built:
    """A text to be marked by hand; the rubric that it needs here is still to be written."""
    losses = _lost_text(_("Notes for graders"), guide, _("Graders here go by a rubric. Write it from these."))
    return "written", {"words": dict(words)} if words else {}, losses


def tries(hints: Sequence[str], penalty: str, losses: list[Loss]) -> dict[str, Any]:
    """Hints, and what a miss costs in whole per cent where that is not what it costs anyway."""
    made: dict[str, Any] = {"hints": list(hints[:MOST_HINTS])} if hints else {}
    for hint in hints[MOST_HINTS:]:
        reason = _("A question has %(most)s hints at most.") % {"most": MOST_HINTS}
        losses.append(Loss(_("Hint “%(text)s”") % {"text": one_line(hint)}, reason))
    if penalty:
        cost = float(figure(penalty)) * 100
        if not 0 <= cost <= 100:
            said = _("Penalty “%(penalty)s”") % {"penalty": one_line(penalty, 40)}
            losses.append(Loss(said, _("A miss costs from 0 to 100 %.")))
        elif round(cost) != PENALTY:
            made["penalty"] = round(cost)
        if 0 <= cost <= 100 and abs(cost - round(cost)) > 0.001 and abs(cost - 100 / 3) > 0.01:
            said = _("Penalty “%(penalty)s”") % {"penalty": one_line(penalty, 40)}
            losses.append(Loss(said, _("A miss costs a whole number of per cent; it was rounded.")))
    return made


def figure(text: str) -> str:
    """A number as plain digits with a point; raises `NotOurs`."""
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        raise NotOurs(_("“%(text)s” is not a number.") % {"text": one_line(text, 40)}) from None
    if not value.is_finite() or (value and not -15 <= value.adjusted() <= 15):
        raise NotOurs(_("“%(text)s” is too large or too small a number.") % {"text": one_line(text, 40)})
    plain = f"{value:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain == "-0" else plain


def from_range(low: str, high: str) -> tuple[str, str]:
    """The middle of a range and how far it reaches from there."""
    least, most = Decimal(figure(low)), Decimal(figure(high))
    if least > most:
        raise NotOurs(_("The range %(low)s to %(high)s is upside down.") % {"low": low, "high": high})
    return figure(str((least + most) / 2)), figure(str((most - least) / 2))


def with_frame(content: Mapping[str, Any], stem: str, explanation: str) -> dict[str, Any]:
    """The content with what every question has."""
    framed = {"stem": stem, **content}
    return framed | {"explanation": explanation} if explanation else framed


def _only_wrong() -> str:
    return _("Here only a wrong answer has feedback; everybody reads the explanation.")


def _lost_text(what: str, text: str, reason: str) -> list[Loss]:
    return [Loss(f"{what}: “{one_line(in_words(text))}”", reason)] if text else []
