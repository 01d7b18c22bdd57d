"""What a format can hold of a question of ours: the question cut to fit, and what stays behind.

A question that was cut is made by the same functions that the readers use, so that what is written and read
again is equal to it, to the letter. What a format cannot hold at all has a reason instead.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.formats import building
from assessments.formats.aiken import is_aiken_text
from assessments.formats.building import NotOurs
from assessments.formats.fitting_types import MAKERS, plain_of
from assessments.formats.meta import finish, question_name, tags_of
from assessments.formats.parsed import Loss, ParsedQuestion
from assessments.formats.plain import from_plain
from assessments.formats.weights import Weighed, weighed

Content = Mapping[str, Any]
# Texts that stay behind wherever they stand, since nothing but our own format has a place for them.
_OURS_ONLY = {
    "misconception": gettext_lazy("Misconceptions"),
    "label": gettext_lazy("The label of the field"),
}


@dataclass(frozen=True)
class Fitted:
    """A question as a format holds it, and what it loses; or None and the reason."""

    question: ParsedQuestion | None
    losses: tuple[Loss, ...] = ()
    reason: str = ""


def fit_yaml(question: ParsedQuestion) -> Fitted:
    """Our own format holds everything."""
    return Fitted(_finished(question, dict(question.content), question.tags, keep=True))


def fit_gift(question: ParsedQuestion) -> Fitted:
    """GIFT: no ordering, no texts with an arrow in matching, no hints, units or capitals that count."""
    return _fitted(question, "gift")


def fit_moodle_xml(question: ParsedQuestion) -> Fitted:
    """Moodle XML holds most."""
    return _fitted(question, "moodle_xml")


def fit_aiken(question: ParsedQuestion) -> Fitted:
    """Aiken holds a line of text, lines of choices, and which one is right."""
    try:
        if question.type != "single_choice":
            raise NotOurs(_("Aiken holds single choice only."))
        answers = weighed(question.content, several=False)
        if [answer.weight > 99.9 for answer in answers].count(True) != 1 or not 2 <= len(answers) <= 26:
            raise NotOurs(_("Aiken needs two choices or more, exactly one of them right."))
        losses: list[Loss] = []
        stem = plain_of(str(question.content.get("stem") or ""), losses)
        texts = [plain_of(answer.text, losses) for answer in answers]
        if not all([stem, *texts]) or not is_aiken_text(stem) or any("\n" in text for text in texts):
            raise NotOurs(_("In Aiken the question and each choice are one line of text."))
    except NotOurs as refusal:
        return Fitted(None, reason=str(refusal))
    reason = _("Aiken holds the question, the choices and the key.")
    losses += [Loss(what, reason) for what in _beyond_aiken(question, answers)]
    plain = [
        Weighed(from_plain(text), 100 if answer.weight > 99.9 else 0)
        for text, answer in zip(texts, answers, strict=True)
    ]
    kind, content, _lost = building.choices(plain, several=False)
    framed = building.with_frame(content, from_plain(stem), "")
    return Fitted(finish(kind=kind, title="", content=framed, line=0), tuple(dict.fromkeys(losses)))


def _beyond_aiken(question: ParsedQuestion, answers: Sequence[Weighed]) -> Iterator[str]:
    content = question.content
    if question.title != question_name("", str(content.get("stem") or "")):
        yield _("The title")
    if content.get("explanation"):
        yield _("The explanation")
    if any(answer.feedback for answer in answers):
        yield _("Feedback")
    if any(answer.weight not in (0, 100) for answer in answers):
        yield _("Weights of choices")
    if content.get("hints") or "penalty" in content:
        yield _("Hints and penalty")
    if question.objective or question.thinking or question.tags or question.slug:
        yield _("Objective, thinking, tags and address")
    if any(choice.get("misconception") for choice in content.get("choices") or []):
        yield str(_OURS_ONLY["misconception"])


def _fitted(question: ParsedQuestion, form: str) -> Fitted:
    losses: list[Loss] = []
    try:
        make = MAKERS.get(question.type)
        if make is None:
            raise NotOurs(_("There is no such type of question in this format. Export it as YAML."))
        _kind, content, _lost = make(question.content, form, losses)
    except NotOurs as refusal:
        return Fitted(None, reason=str(refusal))
    content |= _tries(question.content, form, losses)
    stem, explanation = (str(question.content.get(name) or "") for name in ("stem", "explanation"))
    framed = building.with_frame(content, stem, explanation)
    fitted = _finished(question, framed, tags_of(question), keep=False, losses=losses)
    return Fitted(fitted, tuple(dict.fromkeys([*losses, *_ours_only(question.content)])))


def _finished(
    question: ParsedQuestion,
    content: dict[str, Any],
    tags: Sequence[str],
    *,
    keep: bool,
    losses: list[Loss] | None = None,
) -> ParsedQuestion:
    """The question as a reader would hand it back; what its names lose is added to the list."""
    made = finish(
        kind=question.type,
        title=question.title,
        content=content,
        line=0,
        slug=question.slug,
        tags=tags,
        category="" if keep else question.category,
    )
    if losses is not None:
        losses += made.losses
    kept = {"objective": question.objective, "thinking": question.thinking} if keep else {}
    return ParsedQuestion(**{**vars(made), **kept, "losses": ()})


def _ours_only(content: Content) -> Iterator[Loss]:
    """What stays behind wherever it stands in the content."""
    reason = _("The format has no place for it.")
    for name, what in _OURS_ONLY.items():
        if _holds(content, name):
            yield Loss(str(what), reason)


def _holds(value: Any, name: str) -> bool:
    if isinstance(value, Mapping):
        return bool(value.get(name)) or any(_holds(entry, name) for entry in value.values())
    return isinstance(value, list) and any(_holds(entry, name) for entry in value)


def _tries(content: Content, form: str, losses: list[Loss]) -> dict[str, Any]:
    hints = [str(hint).strip() for hint in content.get("hints") or [] if str(hint).strip()]
    penalty = content.get("penalty")
    if form == "gift":
        if hints or penalty is not None:
            losses.append(Loss(_("Hints and penalty"), _("GIFT has none.")))
        return {}
    cost = f"{penalty / 100:.2f}" if isinstance(penalty, int) and 0 <= penalty <= 100 else ""
    return building.tries(hints, cost, losses)
