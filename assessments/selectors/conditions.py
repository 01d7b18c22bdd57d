"""The conditions of an assessment in words, as they hold for a learner who has not begun yet."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Assessment
from assessments.models.terms import Terms
from assessments.selectors.sets import MINUTES_A_QUESTION
from assessments.wording import begin_sentence, count_word, in_series, minutes, moment
from concepts.figures import NARROW_SPACE


@dataclass(frozen=True)
class Condition:
    """One thing to know before starting."""

    label: str
    text: str


def conditions_of(
    terms: Terms, *, questions: int, marks: int, by_person: bool, used: int, now: datetime, at_most: int = 0
) -> list[Condition]:
    """Every setting of the assessment in words; `by_person` says that a person marks some of the answers,
    `at_most` to how many questions a diagnostic can come that begins with so many.
    """
    assessment = terms.assessment
    length = _length(assessment, questions, marks)
    if assessment.mode == Assessment.Mode.DIAGNOSTIC:
        length = _rounds(questions, at_most)
    rows = [
        Condition(_("Length"), length),
        Condition(_("Marking"), _marking(assessment, by_person=by_person)),
        Condition(_("Time"), _time(terms, now)),
    ]
    if assessment.opens_at or assessment.closes_at:
        rows.append(Condition(_("Open"), _open(terms)))
    rows.append(Condition(_("Attempts"), _attempts(terms, used)))
    if assessment.mode == Assessment.Mode.TEST:
        percent = f"{assessment.pass_mark}{NARROW_SPACE}%"
        rows.append(Condition(_("Pass mark"), _("%(percent)s of the marks") % {"percent": percent}))
    rows.append(Condition(_("Shown"), _shown(terms, by_person=by_person)))
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


def _rounds(at_first: int, at_most: int) -> str:
    text = ngettext(
        "%(count)s question to begin with, one for each module.",
        "%(count)s questions to begin with, one for each module.",
        at_first,
    ) % {"count": begin_sentence(count_word(at_first))}
    if at_most <= at_first:
        return text
    more = _("Where you know a module, more follow; where you miss one, it ends. At most %(most)s in all.")
    return f"{text} {more % {'most': count_word(at_most)}}"


def _marking(assessment: Assessment, *, by_person: bool) -> str:
    if assessment.gives_feedback_at_once:
        return _(
            "Each answer is marked when you give it. Where a question has hints, a miss brings one and "
            "leaves you another try, at the cost that is said beforehand. A question with figures can be "
            "had again with others."
        )
    if assessment.mode == Assessment.Mode.DIAGNOSTIC:
        return _(
            "All at once, when you hand it in. It shows what you can skip. Leave blank what you do not know: "
            "a guess that happens to be right would have you skip what you need."
        )
    blank = _("A question left blank earns nothing and costs nothing else.")
    if by_person:
        text = _(
            "A person marks written answers, by the rubric that stands with each question; anything else is "
            "marked when you hand it in."
        )
        return f"{text} {blank}"
    return f"{_('All at once, when you hand it in.')} {blank}"


def _time(terms: Terms, now: datetime) -> str:
    if not terms.assessment.time_limit or not terms.limit:
        text, ends_at = _("No limit."), terms.deadline(now)
        return f"{text} {_ends(ends_at)}" if ends_at else text
    limit = timedelta(minutes=terms.assessment.time_limit)
    more = _more(terms)
    if not more:
        return _("%(limit)s from the moment you begin.") % {"limit": minutes(limit)}
    return _("%(own)s from the moment you begin: %(parts)s.") % {
        "own": minutes(terms.limit),
        "parts": in_series([minutes(limit), *more]),
    }


def _more(terms: Terms) -> list[str]:
    """What a learner has on top of the time limit."""
    more = []
    if terms.extra_time_percent:
        share = f"{terms.extra_time_percent}{NARROW_SPACE}%"
        more.append(_("your extra time of %(share)s") % {"share": share})
    if terms.extension and terms.extension.extra_minutes:
        extra = timedelta(minutes=terms.extension.extra_minutes)
        more.append(_("%(extra)s extra that you were given here") % {"extra": minutes(extra)})
    return more


def _ends(ends_at: datetime) -> str:
    return _("It ends on %(when)s.") % {"when": moment(ends_at)}


def _open(terms: Terms) -> str:
    assessment, closes_at = terms.assessment, terms.closes_at
    if closes_at and closes_at != assessment.closes_at:
        text = _("It closes for you on %(own)s; an attempt that is still going ends then.")
        text %= {"own": moment(closes_at)}
        if assessment.opens_at:
            return _("From %(opens)s.") % {"opens": moment(assessment.opens_at)} + " " + text
        return text
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


def _attempts(terms: Terms, used: int) -> str:
    assessment, allowed = terms.assessment, terms.attempts_allowed
    if allowed is None:
        return _("As many as you like; %(counts)s.") % {"counts": assessment.get_counts_display()}
    if allowed == 1:
        return _("One, and it is used.") if used else _("One.")
    extra = terms.extension.extra_attempts if terms.extension else 0
    text = _("%(allowed)s, of which you have used %(used)s; %(counts)s.")
    if extra:
        text = _("%(allowed)s, %(extra)s of them given to you; you have used %(used)s; %(counts)s.")
    return begin_sentence(
        text
        % {
            "allowed": count_word(allowed),
            "extra": count_word(extra),
            "used": count_word(used) if used else _("none"),
            "counts": assessment.get_counts_display(),
        }
    )


def _shown(terms: Terms, *, by_person: bool) -> str:
    """What is shown when, things that are shown at the same time together."""
    assessment = terms.assessment
    things = {
        _("marks"): assessment.show_marks,
        _("your answers"): assessment.show_own_answer,
        _("feedback"): assessment.show_feedback,
        _("right answers"): assessment.show_right_answer,
    }
    by_time: dict[str, list[str]] = {}
    for thing, setting in things.items():
        by_time.setdefault(_reveal(terms, setting), []).append(thing)
    said = [f"{begin_sentence(', '.join(names))}: {when}." for when, names in by_time.items()]
    if by_person and assessment.show_marks != Assessment.Reveal.NEVER:
        said.append(_("What a person marks follows once it is marked."))
    return " ".join(said)


def _reveal(terms: Terms, setting: str) -> str:
    if setting == Assessment.Reveal.NEVER:
        return _("not shown")
    if setting == Assessment.Reveal.CLOSED:
        when = terms.closes_at
        return _("from %(when)s") % {"when": moment(when)} if when else _("not shown")
    at_once = terms.assessment.gives_feedback_at_once
    return _("after each answer") if at_once else _("as soon as you hand it in")


def _saving(assessment: Assessment) -> str:
    text = _("Answers are saved as you give them. You can leave and go on later, also on another device")
    return f"{text}{_('; the clock goes on.')}" if assessment.time_limit else f"{text}."
