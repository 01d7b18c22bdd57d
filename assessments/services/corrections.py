"""Putting a live question right, and voiding one: the marks, the evidence and the record in one transaction.

The rows that matter are held from the beginning: first every learner who was asked, in the order of their
keys, then the versions, so that nobody is asked one of them meanwhile. Whoever answers takes the learner's
row first as well, so that nobody waits for somebody who waits for them.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import CorrectedItem, Correction, Learner, Question, QuestionVersion
from assessments.questions.base import Problem
from assessments.questions.correcting import structural_problems
from assessments.services.bank import put_right, unpublish_question
from assessments.services.effects import Effects
from assessments.services.errors import Refused
from assessments.services.regrading import Ruling, affected_items, batches, learners_of, store
from assessments.services.standing import is_void

_ROWS_AT_ONCE = 1000
_LOOKS = 5


class NotCorrectable(Refused):
    """A correction that cannot be made; ``problems`` names each field and its remedy."""

    status = 422

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = problems


class Outdated(Refused):
    """A confirmation of something else than what would happen now."""


def bound_versions(question: Question) -> list[int]:
    """The versions that every correction covers: the live one, and those that it already marks."""
    assert question.live_id is not None  # noqa: S101 - nobody was asked what was never published
    marked = QuestionVersion.objects.filter(items__key_version=question.live_id).order_by()
    return sorted({question.live_id, *marked.values_list("pk", flat=True)})


def key_ruling(question: Question, content: dict[str, Any], older: Sequence[int] = ()) -> Ruling:
    """What a correction to this content would mean, for some older versions too. Raises NotCorrectable."""
    live = question.live
    assert live is not None  # noqa: S101 - see bound_versions
    problems = live.kind.check(content)
    if problems:
        raise NotCorrectable(problems)
    key, versions = live, sorted({*bound_versions(question), *older})
    if content != live.content:
        key = QuestionVersion(
            question=question, type=live.type, objective_id=live.objective_id, content=content
        )
    elif not older and not is_void(live):
        raise NotCorrectable([Problem("stem", _("Nothing is changed yet. Correct what is wrong."))])
    for version in QuestionVersion.objects.filter(pk__in=versions).order_by("-number"):
        problems = _problems_with(version, key)
        if problems:
            raise NotCorrectable(problems)
    return Ruling(tuple(versions), key=key)


def _problems_with(version: QuestionVersion, key: QuestionVersion) -> list[Problem]:
    if version.type != key.type:
        message = _("Version %(number)d is a question of another type. Leave it out.")
        return [Problem("versions", message % {"number": version.number})]
    return structural_problems(version.kind, version.content, key.content)


def fits(version: QuestionVersion, content: dict[str, Any], kind: str) -> bool:
    """Whether answers to a version could be marked by another content."""
    return version.type == kind and not structural_problems(version.kind, version.content, content)


def void_ruling(question: Question, kind: str, older: Sequence[int] = ()) -> Ruling:
    """What voiding would mean, for some older versions too."""
    return Ruling(tuple(sorted({*bound_versions(question), *older})), void=kind)


def effects_of(ruling: Ruling) -> Effects:
    """What would happen, worked out in full. Writes nothing."""
    effects = Effects()
    for batch in batches(ruling, learners_of(ruling.versions)):
        effects.add(batch)
    return effects


@transaction.atomic
def correct_question(
    *,
    question: Question,
    content: dict[str, Any],
    reason: str,
    by: Any,
    now: datetime,
    expected: str,
    older: Sequence[int] = (),
) -> Correction:
    """Make a corrected version live, mark every answer again by it, and keep the record.

    The corrected version keeps the objective of the live one: what an answer is evidence of does not move.
    ``expected`` is the token of the effects that were seen. Raises Outdated when something else would happen
    by now, NotCorrectable when the content cannot mark what was answered; nothing is changed then.
    """
    question = _held(question)
    live = question.live_id or 0
    ruling = key_ruling(question, content, older)
    learners = _lock(ruling.versions)
    version = put_right(question=question, content=content, reason=reason, by=by)
    stored = Ruling(ruling.versions, key=version)
    return _carry_out(
        Correction(
            question=question, kind=Correction.Kind.KEY, version=version, reason=reason, by=by, at=now
        ),
        stored,
        learners,
        live,
        expected,
    )


@transaction.atomic
def void_question(
    *,
    question: Question,
    kind: str,
    reason: str,
    by: Any,
    now: datetime,
    expected: str,
    older: Sequence[int] = (),
) -> Correction:
    """Give everybody full marks for a question or leave it out, and ask it of nobody from now on.

    Putting it right takes the voiding back; publishing it makes a new version. Raises Outdated when something
    else would happen by now than what ``expected`` stands for.
    """
    question = _held(question)
    live = question.live_id or 0
    ruling = void_ruling(question, kind, older)
    learners = _lock(ruling.versions)
    unpublish_question(question=question)
    correction = Correction(question=question, kind=kind, reason=reason, by=by, at=now)
    return _carry_out(correction, ruling, learners, live, expected)


def _held(question: Question) -> Question:
    """The question as it is now, so that of two corrections one waits for the other.

    Learners who answer point at this row and must not wait for it; hence the weaker lock.
    """
    rows = Question.objects.select_for_update(of=("self",), no_key=True).select_related("live")
    return rows.get(pk=question.pk)


def _lock(versions: Sequence[int]) -> list[int]:
    """Who was asked these versions, with their rows and the versions held until the transaction ends.

    Somebody may be asked between the two looks; then both locks are let go and taken again, for a learner
    must never be waited for with a version in hand.
    """
    for _look in range(_LOOKS):
        with transaction.atomic():
            asked = affected_items(versions).values("attempt__learner")
            people = Learner.objects.select_for_update().filter(pk__in=asked).order_by("pk")
            held = list(people.values_list("pk", flat=True))
            rows = QuestionVersion.objects.select_for_update().filter(pk__in=versions).order_by("pk")
            list(rows.values_list("pk"))
            if learners_of(versions) == held:
                return held
            transaction.set_rollback(True)
    raise Outdated(
        _("Learners are being asked this question at this very moment. Nothing was changed; try again.")
    )


def _carry_out(
    correction: Correction, ruling: Ruling, learners: Sequence[int], live: int, expected: str
) -> Correction:
    """Store every batch, then what they add up to; or nothing, if that is not what was agreed to."""
    effects = Effects()
    records: list[CorrectedItem] = []
    for batch in batches(ruling, learners):
        effects.add(batch)
        refuse_failing(effects)
        store(batch)
        records += [
            CorrectedItem(item_id=each.item.pk, old_score=each.old, new_score=each.new)
            for each in batch.revised
        ]
    if effects.token(ruling, live) != expected:
        raise Outdated(
            _("Something has changed since you looked, so nothing was done. These are the effects now.")
        )
    correction.affected, correction.changed = effects.answers, effects.changed
    correction.save()
    for record in records:
        record.correction = correction
    CorrectedItem.objects.bulk_create(records, batch_size=_ROWS_AT_ONCE)
    return correction


def refuse_failing(effects: Effects) -> None:
    """Refuse a key that gives no result with the figures of some answers. Raises NotCorrectable."""
    if effects.failing:
        message = ngettext(
            "With the figures of %(count)d answer this gives no result. Mend it so that it works for all.",
            "With the figures of %(count)d answers this gives no result. Mend it so that it works for all.",
            effects.failing,
        )
        raise NotCorrectable([Problem("answer", message % {"count": effects.failing})])
