"""The headline of a result, worked out from the answers: how it went, and what needs another look."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.mastery import THRESHOLD
from assessments.models import Assessment, Attempt, AttemptItem
from assessments.selectors.attempts import Revealed
from assessments.selectors.settled import is_right
from assessments.wording import begin_sentence, count_word, in_series, moment, time_of_day
from concepts.figures import NARROW_SPACE, format_number

NAMED = 3  # slips named in a sentence; more are a list


@dataclass(frozen=True)
class Weak:
    """What went worst: the title of a lesson, or of an objective where all is one lesson."""

    title: str
    home: Any


def percent_of(attempt: Attempt) -> str:
    """The score in per cent, to a tenth where rounding would carry it over the pass mark."""
    percent = attempt.percent or 0
    rounded = format_number(percent, decimals=0)
    assessment = attempt.assessment
    if assessment and not attempt.passed and float(rounded) >= assessment.pass_mark:
        return format_number(min(percent, assessment.pass_mark - 0.1), decimals=1)
    return rounded


def weakest(items: Sequence[AttemptItem]) -> Weak | None:
    """The lesson, or within one lesson the objective, with the lowest share of its marks if it is a miss."""
    homes = {(type(home).__name__, home.pk): home for home in (item.version.objective.home for item in items)}
    groups: dict[Any, list[AttemptItem]] = {}
    for item in items:
        objective = item.version.objective
        key = objective.code if len(homes) == 1 else (type(objective.home).__name__, objective.home.pk)
        groups.setdefault(key, []).append(item)
    shares = {
        key: sum(i.earned or 0 for i in group) / sum(i.marks for i in group) for key, group in groups.items()
    }
    low = min(shares, key=lambda key: shares[key], default=None)
    if low is None or shares[low] >= THRESHOLD:
        return None
    objective = groups[low][0].version.objective
    return Weak(objective.title if len(homes) == 1 else objective.home.title, objective.home)


def headline(attempt: Attempt, items: Sequence[AttemptItem], revealed: Revealed, weak: Weak | None) -> str:
    """How it went, in a sentence or two."""
    waiting = sum(not item.is_graded for item in items)
    if waiting:
        text = ngettext("%(count)s answer waits for a person", "%(count)s answers wait for a person", waiting)
        return begin_sentence(text % {"count": count_word(waiting)})
    if not items or not attempt.max_score:
        return _("Nothing was answered, so nothing was marked")
    if not revealed.marks:
        return _hidden(attempt, revealed)
    said = _practised(items) if attempt.gives_feedback_at_once else _tested(attempt)
    if weak is not None:
        said += " " + _("%(title)s needs another look.") % {"title": weak.title}
    return said


def _hidden(attempt: Attempt, revealed: Revealed) -> str:
    assessment = attempt.assessment
    if assessment and assessment.show_marks == Assessment.Reveal.CLOSED and revealed.closes_at:
        return _("Handed in. The marks are shown from %(when)s.") % {"when": moment(revealed.closes_at)}
    return _("Handed in. The marks of this one are not shown.")


def _tested(attempt: Attempt) -> str:
    figure = f"{percent_of(attempt)}{NARROW_SPACE}%"
    if attempt.passed:
        return _("Passed with %(figure)s.") % {"figure": figure}
    pass_mark = attempt.assessment.pass_mark if attempt.assessment else 0
    return _("%(figure)s this time, and %(mark)s passes.") % {
        "figure": figure,
        "mark": f"{pass_mark}{NARROW_SPACE}%",
    }


def _practised(items: Sequence[AttemptItem]) -> str:
    right = sum(is_right(item) for item in items)
    if right == len(items):
        return _("Right.") if right == 1 else _("All %(count)s right.") % {"count": count_word(right)}
    partly = sum(bool(item.score) and not is_right(item) for item in items)
    words = {
        "right": count_word(right) if right else _("none"),
        "count": count_word(len(items)),
        "partly": count_word(partly),
    }
    text = (
        _("%(right)s of %(count)s right, %(partly)s partly.")
        if partly
        else _("%(right)s of %(count)s right.")
    )
    return begin_sentence(text % words)


def lede(attempt: Attempt, items: Sequence[AttemptItem], revealed: Revealed, slips: Sequence[str]) -> str:
    """What stands behind the headline."""
    said = []
    if attempt.state == Attempt.State.EXPIRED and attempt.finished_at:
        said.append(_expired(attempt, items))
    graded = [item for item in items if item.is_graded]
    if len(graded) < len(items):
        said.append(_("The result comes when all is marked; you can see it here."))
        if graded and revealed.marks:
            said.append(_("Your marks so far: %(sum)s.") % {"sum": so_far(graded)})
        return " ".join(said)
    if slips and revealed.feedback:
        said.append(_slipped(slips))
    elif revealed.marks and items:
        said.append(_missed(items))
    return " ".join(filter(None, said))


def sum_of(attempt: Attempt) -> str:
    """`8.5 of 12`, the marks of an attempt that is marked."""
    return _of(attempt.score or 0, attempt.max_score or 0)


def so_far(items: Sequence[AttemptItem]) -> str:
    """The marks of those that are graded, of what they could have earned."""
    graded = [item for item in items if item.is_graded and item.void != AttemptItem.Void.OUT]
    if not graded:
        return "–"
    return _of(sum(item.earned or 0 for item in graded), sum(item.marks for item in graded))


def _of(earned: float, marks: float) -> str:
    return _("%(earned)s of %(marks)s") % {
        "earned": format_number(earned, decimals=2),
        "marks": format_number(marks),
    }


def _expired(attempt: Attempt, items: Sequence[AttemptItem]) -> str:
    answered = sum(item.answer is not None for item in items)
    assert attempt.finished_at is not None  # noqa: S101 - an attempt that has ended
    return _(
        "Time was up at %(time)s. What was saved until then has been marked: %(answered)s of %(count)s."
    ) % {
        "time": time_of_day(attempt.finished_at),
        "answered": answered,
        "count": len(items),
    }


def _slipped(slips: Sequence[str]) -> str:
    if len(slips) > NAMED:
        return _("%(count)s slips cost you marks. They are named below.") % {
            "count": begin_sentence(count_word(len(slips)))
        }
    names = in_series([_("“%(name)s”") % {"name": name} for name in slips])
    text = ngettext(
        "One slip cost you marks: %(names)s.", "%(count)s slips cost you marks: %(names)s.", len(slips)
    )
    return text % {"count": begin_sentence(count_word(len(slips))), "names": names}


def _missed(items: Sequence[AttemptItem]) -> str:
    """How many answers were not right, and how many questions were left blank."""
    blank = sum(item.answer is None for item in items)
    missed = sum(not is_right(item) for item in items) - blank
    late = sum(is_right(item) and (item.score or 0) < 1 for item in items)
    said = []
    if missed:
        text = ngettext(
            "One answer was wrong or only partly right.",
            "%(count)s answers were wrong or only partly right.",
            missed,
        )
        said.append(text % {"count": begin_sentence(count_word(missed))})
    if late:
        text = ngettext("One was right after a miss.", "%(count)s were right after a miss.", late)
        said.append(text % {"count": begin_sentence(count_word(late))})
    if blank:
        text = ngettext("One question was left blank.", "%(count)s questions were left blank.", blank)
        said.append(text % {"count": begin_sentence(count_word(blank))})
    return " ".join(said) or _("Nothing needs another look today.")
