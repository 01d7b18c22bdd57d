"""How the content of each of our types is cut to what GIFT and Moodle XML hold.

Each maker hands a type's content to the function that the readers build it with, after taking off what would
be lost; `form` is "gift" or "moodle_xml". What cannot be held at all raises `NotOurs` with the reason.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessments.formats import building
from assessments.formats.building import CLASSIFICATION_TAG, Accepted, Built, NotOurs
from assessments.formats.parsed import Loss, one_line
from assessments.formats.plain import from_plain, to_plain
from assessments.formats.texts import in_words
from assessments.formats.weights import Weighed, percent, weighed
from assessments.questions.common import mappings
from assessments.questions.tolerance import ToleranceError, allowance, parse_tolerance
from concepts.formulas import FormulaError, evaluate

Content = Mapping[str, Any]


def _choices(content: Content, form: str, losses: list[Loss]) -> Built:
    answers = weighed(content, several=False)
    if form == "gift" and not (
        any(answer.weight > 99.9 for answer in answers) and any(answer.weight < 99.9 for answer in answers)
    ):
        raise NotOurs(_("In GIFT a single choice needs a right answer and a wrong one."))
    return building.choices(_stripped(answers), several=False)


def _several(content: Content, form: str, losses: list[Loss]) -> Built:
    return building.choices(_stripped(weighed(content, several=True)), several=True)


def _stripped(answers: Sequence[Weighed]) -> list[Weighed]:
    """Weights and texts as files hold them."""
    return [
        Weighed(answer.text.strip(), float(percent(answer.weight)), answer.feedback.strip())
        for answer in answers
    ]


def _true_false(content: Content, form: str, losses: list[Loss]) -> Built:
    if not isinstance(content.get("right"), bool):
        raise NotOurs(_("It does not say yet whether the statement is right."))
    return building.true_false(content["right"], str(content.get("feedback") or ""), "")


def _numeric(content: Content, form: str, losses: list[Loss]) -> Built:
    if content.get("parameters") or content.get("derived"):
        raise NotOurs(_("It draws its figures afresh; the format holds fixed ones. Export it as YAML."))
    answer = _constant(content.get("answer"), losses)
    written = str(content.get("tolerance", "")).strip()
    try:
        tolerance = parse_tolerance(written)
        amount = building.figure(repr(allowance(tolerance, float(answer))))
    except ToleranceError as error:
        raise NotOurs(error.message) from None
    if tolerance.kind == "absolute":
        amount = building.figure(written)
    else:
        said = _("Tolerance “%(tolerance)s”") % {"tolerance": written}
        losses.append(Loss(said, _("It is written as ±%(amount)s.") % {"amount": amount}))
    slips = [
        Accepted(_constant(slip.get("answer"), losses), amount, 0, str(slip.get("feedback") or ""))
        for slip in mappings(content, "slips")
    ]
    unit = str(content.get("unit") or "").strip()
    if unit and form == "gift":
        losses.append(Loss(_("The unit “%(unit)s”") % {"unit": unit}, _("GIFT has none.")))
    return building.numeric([Accepted(answer, amount, 100), *slips], "", unit if form != "gift" else "")


def _constant(formula: Any, losses: list[Loss]) -> str:
    """The figure that a formula without parameters stands for."""
    text = str(formula if formula is not None else "").strip()
    try:
        value = evaluate(text, {})
    except FormulaError as error:
        raise NotOurs(error.message) from None
    try:
        return building.figure(text)
    except NotOurs:
        figure = building.figure(repr(value))
        reason = _("It is written as %(figure)s.") % {"figure": figure}
        losses.append(Loss(_("Formula “%(formula)s”") % {"formula": one_line(text)}, reason))
        return figure


def plain_of(markdown: str, losses: list[Loss]) -> str:
    """The text of what has to be plain in a file; its formatting stays behind."""
    text = to_plain(markdown)
    if text is None:
        text = in_words(markdown)
        text = "\n".join(line.strip() for line in text.split("\n")).strip() or markdown.strip()
        losses.append(
            Loss(_("Formatting of “%(text)s”") % {"text": one_line(markdown)}, _("It has to be plain."))
        )
    return text


def _short_text(content: Content, form: str, losses: list[Loss]) -> Built:
    answers = []
    for entry in mappings(content, "accept"):
        text = " ".join(str(entry.get("pattern") or entry.get("text") or "").split())
        if not text:
            raise NotOurs(_("One of its answers is empty."))
        score = entry.get("score", 100)
        weight = float(percent(score)) if isinstance(score, int | float) else 0.0
        written = text if entry.get("pattern") else text.replace("*", "\\*")
        answers.append(Weighed(written, weight, str(entry.get("feedback") or "").strip()))
    otherwise = str(content.get("otherwise") or "").strip()
    if otherwise:
        answers.append(Weighed("*", 0, otherwise))
    if form == "gift" and any("->" in answer.text or "->" in answer.feedback for answer in answers):
        raise NotOurs(_("GIFT would take “->” in an answer for matching. Export it as Moodle XML or YAML."))
    if content.get("fold"):
        losses.append(Loss(_("That accents do not count"), _("The format has no such setting.")))
    if content.get("case") is True and form == "gift":
        losses.append(Loss(_("That capitals count"), _("GIFT has no such setting.")))
    return building.short_text(answers, case=content.get("case") is True and form != "gift")


def _matching(content: Content, form: str, losses: list[Loss]) -> Built:
    pairs = mappings(content, "pairs")
    if any(pair.get("feedback") for pair in pairs):
        losses.append(Loss(_("Feedback of pairs"), _("The format has no place for it.")))
    rows = [(str(pair.get("left") or "").strip(), str(pair.get("right") or "").strip()) for pair in pairs]
    spare = [("", str(text).strip()) for text in content.get("distractors") or []]
    return building.matching(_held_pairs(rows + spare, form, losses))


def _classification(content: Content, form: str, losses: list[Loss]) -> Built:
    """Written as matching, with a tag that says what it was."""
    items = mappings(content, "items")
    if any(item.get("feedback") for item in items):
        losses.append(Loss(_("Feedback of items"), _("The format has no place for it.")))
    rows = [(str(item.get("text") or "").strip(), str(item.get("bucket") or "").strip()) for item in items]
    buckets = [str(bucket).strip() for bucket in content.get("buckets") or []]
    used = list(dict.fromkeys(right for _left, right in rows))
    spare = [bucket for bucket in buckets if bucket not in used]
    if [*used, *spare] != buckets:
        losses.append(Loss(_("The order of the buckets"), _("They come in the order of the items.")))
    return building.matching(
        _held_pairs(rows + [("", bucket) for bucket in spare], form, losses), [CLASSIFICATION_TAG]
    )


def _held_pairs(pairs: Sequence[tuple[str, str]], form: str, losses: list[Loss]) -> list[tuple[str, str]]:
    """Pairs whose right sides are plain; GIFT cannot have its arrow within a text."""
    held = []
    for left, right in pairs:
        if form == "gift" and ("->" in left or "->" in right):
            raise NotOurs(_("GIFT cannot hold “->” within a text of a matching question."))
        if not right:
            raise NotOurs(_("A pair has no right-hand side."))
        held.append((left, from_plain(plain_of(right, losses))))
    return held


def _ordering(content: Content, form: str, losses: list[Loss]) -> Built:
    if form == "gift":
        raise NotOurs(_("GIFT has no ordering. Export it as Moodle XML or YAML."))
    items = mappings(content, "items")
    if any(item.get("feedback") for item in items):
        losses.append(Loss(_("Feedback of items"), _("The format has no place for it.")))
    return building.ordering([str(item.get("text") or "").strip() for item in items])


def _written(content: Content, form: str, losses: list[Loss]) -> Built:
    if content.get("rubric"):
        losses.append(Loss(_("The rubric"), _("The format has no place for it.")))
    words = {
        name: limit
        for name, limit in (content.get("words") or {}).items()
        if name in ("from", "to") and isinstance(limit, int) and 0 < limit < 10**6
    }
    if words and form == "gift":
        losses.append(Loss(_("The number of words"), _("GIFT has no such setting.")))
    return building.essay("", words if form != "gift" else None)


Maker = Callable[[Content, str, list[Loss]], Built]
MAKERS: dict[str, Maker] = {
    "single_choice": _choices,
    "multiple_choice": _several,
    "true_false": _true_false,
    "numeric": _numeric,
    "short_text": _short_text,
    "matching": _matching,
    "classification": _classification,
    "ordering": _ordering,
    "written": _written,
}
