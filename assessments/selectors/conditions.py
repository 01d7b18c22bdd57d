"""The conditions of an assessment in words, for a learner who has not begun yet."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Assessment, Learner
from assessments.selectors.sets import MINUTES_A_QUESTION
from assessments.wording import begin_sentence, count_word, minutes, moment
from concepts.figures import NARROW_SPACE


@dataclass(frozen=True)
class Condition:
    """One thing to know before starting."""

    label: str
    text: str


def conditions_of(
    assessment: Assessment,
    learner: Learner,
    *,
    questions: int,
    marks: int,
    used: int,
    ends_at: datetime | None,
) -> list[Condition]:
    """Every setting of the assessment in words."""
    rows = [
        Condition(_("Length"), _length(assessment, questions, marks)),
        Condition(_("Marking"), _marking(assessment)),
        Condition(_("Time"), _time(assessment, learner, ends_at)),
    ]
    if assessment.opens_at or assessment.closes_at:
        rows.append(Condition(_("Open"), _open(assessment)))
    rows.append(Condition(_("Attempts"), _attempts(assessment, used)))
    if assessment.mode != Assessment.Mode.PRACTICE:
        percent = f"{assessment.pass_mark}{NARROW_SPACE}%"
        rows.append(Condition(_("Pass mark"), _("%(percent)s of the marks") % {"percent": percent}))
    rows.append(Condition(_("Shown"), _shown(assessment)))
    rows.append(Condition(_("Saving"), _saving(assessment)))
    return rows


def _length(assessment: Assessment, questions: int, marks: int) -> str:
    asked = ngettext("%(count)s question", "%(count)s questions", questions)
    text = begin_sentence(asked % {"count": count_word(questions)})
    if marks != questions:
        worth = ngettext("%(count)s mark", "%(count)s marks", marks) % {"count": count_word(marks)}
        text = _("%(questions)s for %(marks)s") % {"questions": text, "marks": worth}
    if assessment.time_limit:
        return f"{text}."
    about = minutes(timedelta(minutes=math.ceil(questions * MINUTES_A_QUESTION)))
    return _("%(text)s, about %(minutes)s.") % {"text": text, "minutes": about}


def _marking(assessment: Assessment) -> str:
    if assessment.gives_feedback_at_once:
        return _(
            "Each answer is marked when you give it. A question with figures can be had again with others."
        )
    if assessment.mode == Assessment.Mode.DIAGNOSTIC:
        return _("All at once, when you hand it in. It shows what you can skip.")
    return _("All at once, when you hand it in. A question left blank earns nothing and costs nothing else.")


def _time(assessment: Assessment, learner: Learner, ends_at: datetime | None) -> str:
    if not assessment.time_limit:
        text = _("No limit.")
        return f"{text} {_ends(ends_at)}" if ends_at else text
    limit = timedelta(minutes=assessment.time_limit)
    if not learner.extra_time_percent:
        return _("%(limit)s from the moment you begin.") % {"limit": minutes(limit)}
    return _("%(own)s from the moment you begin: %(limit)s and your extra time of %(share)s.") % {
        "own": minutes(limit * (1 + learner.extra_time_percent / 100)),
        "limit": minutes(limit),
        "share": f"{learner.extra_time_percent}{NARROW_SPACE}%",
    }


def _ends(ends_at: datetime) -> str:
    return _("It ends on %(when)s.") % {"when": moment(ends_at)}


def _open(assessment: Assessment) -> str:
    if assessment.opens_at and assessment.closes_at:
        return _("From %(opens)s to %(closes)s; an attempt that is still going ends then.") % {
            "opens": moment(assessment.opens_at),
            "closes": moment(assessment.closes_at),
        }
    if assessment.opens_at:
        return _("From %(opens)s.") % {"opens": moment(assessment.opens_at)}
    assert assessment.closes_at is not None  # noqa: S101 - the caller asks only where there is one of the two
    return _("Until %(closes)s; an attempt that is still going ends then.") % {
        "closes": moment(assessment.closes_at)
    }


def _attempts(assessment: Assessment, used: int) -> str:
    if assessment.attempts_allowed is None:
        return _("As many as you like; %(counts)s.") % {"counts": assessment.get_counts_display()}
    if assessment.attempts_allowed == 1:
        return _("One, and it is used.") if used else _("One.")
    return begin_sentence(
        _("%(allowed)s, of which you have used %(used)s; %(counts)s.")
        % {
            "allowed": count_word(assessment.attempts_allowed),
            "used": count_word(used) if used else _("none"),
            "counts": assessment.get_counts_display(),
        }
    )


def _shown(assessment: Assessment) -> str:
    """What is shown when, things that are shown at the same time together."""
    things = {
        _("marks"): assessment.show_marks,
        _("your answers"): assessment.show_own_answer,
        _("feedback"): assessment.show_feedback,
        _("right answers"): assessment.show_right_answer,
    }
    by_time: dict[str, list[str]] = {}
    for thing, setting in things.items():
        by_time.setdefault(_reveal(assessment, setting), []).append(thing)
    return " ".join(f"{begin_sentence(', '.join(names))}: {when}." for when, names in by_time.items())


def _reveal(assessment: Assessment, setting: str) -> str:
    if setting == Assessment.Reveal.NEVER:
        return _("not shown")
    if setting == Assessment.Reveal.CLOSED:
        return (
            _("from %(when)s") % {"when": moment(assessment.closes_at)}
            if assessment.closes_at
            else _("not shown")
        )
    return _("after each answer") if assessment.gives_feedback_at_once else _("as soon as you hand it in")


def _saving(assessment: Assessment) -> str:
    text = _("Answers are saved as you give them. You can leave and go on later, also on another device")
    return f"{text}{_('; the clock goes on.')}" if assessment.time_limit else f"{text}."
