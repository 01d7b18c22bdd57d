"""What a learner is told of a question that was put right or withdrawn after they were asked it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assessments.models import Attempt, AttemptItem, CorrectedItem, Correction
from assessments.questions.base import Explanation
from assessments.selectors.attempts import Revealed
from concepts.figures import format_number


@dataclass(frozen=True)
class Notice:
    """One correction of one question, in plain text; ``stem`` is Markdown: how the question reads now."""

    head: str
    reason: str = ""
    effect: str = ""
    stem: str = ""


def explained(item: AttemptItem) -> Explanation:
    """What there is to say of an answer, by the version that marks it."""
    version = item.marking
    return version.kind.explain(version.content, item.marking_values, item.answer)


def notices_of(attempt: Attempt, items: Iterable[AttemptItem], shown: Revealed) -> list[Notice]:
    """Every correction of these questions, in the order asked: a query, and none where nothing was corrected.

    Reasons and marks are told where the settings of the assessment reveal marks and right answers: a reason
    may well name the right one.
    """
    by_key = {item.pk: item for item in items}
    is_touched = any(item.key_version_id or item.void for item in by_key.values())
    if not is_touched and attempt.state != Attempt.State.REGRADED:
        return []
    rows = CorrectedItem.objects.filter(item__in=by_key).select_related("correction")
    return [
        _notice(row, by_key[row.item_id], shown)
        for row in sorted(rows, key=lambda row: (by_key[row.item_id].position, row.pk))
    ]


def _notice(row: CorrectedItem, item: AttemptItem, shown: Revealed) -> Notice:
    correction = row.correction
    said = {"number": item.position, "day": date_format(localtime(correction.at), "j F")}
    head = (
        _("Question %(number)s was corrected on %(day)s.")
        if correction.kind == Correction.Kind.KEY
        else _("Question %(number)s was withdrawn on %(day)s.")
    )
    return Notice(
        head % said,
        reason=_sentence(correction.reason) if shown.right_answer else "",
        effect=_effect(row, item) if shown.marks else "",
    )


def _sentence(text: str) -> str:
    """A text that ends like a sentence."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _effect(row: CorrectedItem, item: AttemptItem) -> str:
    """What became of the mark."""
    old, new = _marks(row.old_score, item), _marks(row.new_score, item)
    kind = row.correction.kind
    if kind == Correction.Kind.OUT:
        return _("It is left out of your marks, for you as for everybody.")
    if kind == Correction.Kind.FULL:
        said = _("Everybody has the full mark for it.")
        return said if old in ("", new) else f"{said} {_went(old, new)}"
    if not new:
        return _("Your answer is marked by the corrected question.")
    if not old:
        return _("Your mark is %(new)s.") % {"new": new}
    return _("Your mark stays %(new)s.") % {"new": new} if old == new else _went(old, new)


def _went(old: str, new: str) -> str:
    return _("Your mark went from %(old)s to %(new)s.") % {"old": old, "new": new}


def _marks(score: float | None, item: AttemptItem) -> str:
    return "" if score is None else format_number(score * item.marks, decimals=2)


def open_notice(item: AttemptItem) -> Notice | None:
    """What to know of a question that was put right while it is being answered; nothing of what is right."""
    if item.void == AttemptItem.Void.OUT:
        return Notice(_("This question was withdrawn. It is left out of the marks; you need not answer it."))
    if item.void == AttemptItem.Void.FULL:
        return Notice(_("This question was withdrawn. Everybody has the full mark; you need not answer it."))
    if item.key_version is None:
        return None
    stem = _stem(item)
    head = _("This question was put right after you were asked it. It now reads:")
    return Notice(head, stem=stem) if stem else None


def _stem(item: AttemptItem) -> str:
    """The corrected stem where it reads differently, with the learner's own figures."""
    asked, now = item.version, item.marking
    stem = now.kind.present(now.content, item.marking_values).stem
    return "" if stem == asked.kind.present(asked.content, item.values).stem else stem
