"""What the figures of an item analysis mean, in plain words, with the thresholds that the pages state.

Sources. Facility and discrimination: the bands of Moodle's guide to its quiz statistics report
(docs.moodle.org, "Quiz report statistics": facility up to 20 is difficult, from 95 extremely easy;
discrimination below 20 very weak, negative probably invalid). α: Nunnally, Psychometric Theory (1978), .7 as
the least for modest decisions. Wrong choices: Haladyna & Downing, "How many options is enough" (1993), one
works if at least 5 % pick it. A correlation of unrelated scores has a standard error of 100/√(n − 1):
33 of 10 answers, so below that nothing is judged, and 19 of 30, so below that it is said. A negative one
within that is only weak.
"""

import math
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.item_analysis import ItemSums, Reliability, Totals, Why

HARD = 20  # per cent: below it, a question is very hard
EASY = 95  # per cent: above it, it is very easy
WEAK = 20  # discrimination below it is weak
RELIABLE = 0.7  # α
IDLE = 5  # per cent: a wrong choice that fewer pick does no work
LEAST = 10  # answers: with fewer nothing is judged
FEW = 30  # answers: with fewer it is said that there are few


@dataclass(frozen=True)
class Finding:
    """One thing that the figures say: a few words for tables, a sentence, and the state it amounts to."""

    words: str
    sentence: str
    state: str = ""  # "good", "warn", "bad" or none

    @property
    def icon(self) -> str:
        return {"good": "check", "warn": "alert", "bad": "cross"}.get(self.state, "note")


def reason(why: Why) -> str:
    """Why a figure cannot be computed, as a sentence."""
    return {
        Why.NOBODY: _("Cannot be computed: nobody has been marked on it yet."),
        Why.ONE: _("Cannot be computed from one attempt only."),
        Why.SAME_SCORE: _("Cannot be computed: everybody scored the same on it."),
        Why.SAME_REST: _("Cannot be computed: everybody scored the same on the other questions."),
        Why.NO_TOTAL: _("Only in tests: practice and reviews have no total to compare it with."),
        Why.ADAPTIVE: _(
            "Not given: a diagnostic asks everybody other questions, more where the answers are right, so "
            "their totals do not compare."
        ),
        Why.SEVERAL: _(
            "It was asked in several tests, each with a total of its own: see the table of tests."
        ),
        Why.ONE_QUESTION: _("Cannot be computed: there is only one question."),
        Why.DIFFERENT_QUESTIONS: _(
            "Cannot be computed: not every attempt asked the same questions for the same marks."
        ),
        Why.WAITING: _("Cannot be computed yet: some answers wait to be marked."),
        Why.SAME_TOTAL: _("Cannot be computed: every attempt has the same total."),
    }[why]


def judge(sums: ItemSums) -> list[Finding]:
    """What the figures of a question say, the gravest first; never empty."""
    facility = sums.facility
    if facility is None:
        return [_unmarked(sums)]
    if sums.n < LEAST:
        sentence = _("With fewer than %(least)d answers chance decides what these figures say.") % {
            "least": LEAST
        }
        return [Finding(_("Too few answers"), sentence)]
    if sums.blank == sums.n:
        return [
            Finding(
                _("Nobody answered"),
                _("Everybody who was asked left it blank. Read it as a learner would."),
                "warn",
            )
        ]
    if sums.no_rest is Why.ADAPTIVE:
        return [_not_judged()]
    found = [*_discriminates(sums), *_difficulty(round(facility, 1), sums)]
    if not found and sums.discrimination is not None:
        found = [
            Finding(
                _("Works"),
                _("Neither too hard nor too easy, and those who do well on the rest tend to get it."),
                "good",
            )
        ]
    return found or [Finding(_("Nothing unusual"), _("Neither too hard nor too easy."))]


def _not_judged() -> Finding:
    sentence = _(
        "A diagnostic asks it only where the answers before lead to it. So its facility is of those who were "
        "asked, and says as much of them as of the question."
    )
    return Finding(_("Not judged"), sentence)


def _unmarked(sums: ItemSums) -> Finding:
    if sums.waiting:
        said = ngettext(
            "%(count)d answer waits to be marked.", "%(count)d answers wait to be marked.", sums.waiting
        )
        return Finding(_("Waits to be marked"), said % {"count": sums.waiting})
    return Finding(_("Not asked yet"), _("Nobody has been asked it in what is looked at here."))


def _discriminates(sums: ItemSums) -> list[Finding]:
    if sums.discrimination is None:
        return []
    index = round(sums.discrimination, 1)  # as it is shown: what is 0 but for the last digit of a float is 0
    if index >= WEAK:
        return []
    if index < -chance(sums.n):
        sentence = _(
            "Those who do well on the rest tend to miss it. Look for a wrong key, two right answers, or a "
            "stem that misleads."
        )
        return [Finding(_("Probably a wrong key"), sentence, "bad")]
    sentence = _(
        "It hardly parts those who know from those who do not. Look for guessing and for vague words."
    )
    return [Finding(_("Weak"), sentence, "warn")]


def chance(answers: int) -> float:
    """How far from 0 chance alone may well take a discrimination: the standard error, 100/√(n − 1)."""
    return 100 / math.sqrt(max(1, answers - 1))


def _difficulty(facility: float, sums: ItemSums) -> list[Finding]:
    if not sums.share.varies and facility >= 100:
        sentence = _("It tells nothing about who knows more. Keep it if everybody should know it.")
        return [Finding(_("Everybody was right"), sentence)]
    if not sums.share.varies and facility <= 0:
        sentence = _("Nobody earned a mark. Look at the key first, then at what was taught.")
        return [Finding(_("Nobody was right"), sentence, "bad")]
    if facility < HARD:
        sentence = _("Hardly anybody gets it. Look at the key, then at whether it was taught.")
        return [Finding(_("Very hard"), sentence, "warn")]
    if facility > EASY:
        return [Finding(_("Very easy"), _("Nearly everybody gets it: it tells little about who knows more."))]
    return []


def caution(answers: int) -> str:
    """A word on small numbers; empty where there are enough, or so few that the verdict says so."""
    if not LEAST <= answers < FEW:
        return ""
    return _("There are only %(count)d yet: take these figures as a hint.") % {"count": answers}


def judge_whole(found: Reliability, totals: Totals) -> Finding:
    """What α says of an assessment, or why there is none."""
    if found.alpha is None:
        if found.why_not is Why.ADAPTIVE:
            sentence = _(
                "A diagnostic asks everybody other questions, more where the answers are right. So totals do "
                "not compare, and α is not given."
            )
            return Finding(_("Drawn adaptively"), sentence)
        return Finding(_("No α"), reason(found.why_not or Why.NOBODY))
    if totals.n < LEAST:
        sentence = _("With fewer than %(least)d attempts chance decides what α says.") % {"least": LEAST}
        return Finding(_("Too few attempts"), sentence)
    alpha = round(found.alpha, 2)
    if alpha < 0:
        sentence = _(
            "Negative: the questions pull against each other. Look for wrong keys among those that "
            "discriminate least."
        )
        return Finding(_("α is negative"), sentence, "bad")
    if alpha < RELIABLE:
        sentence = _("Marks this far apart may be chance. Ask more questions, or mend those that are weak.")
        return Finding(_("α below %(least)s") % {"least": RELIABLE}, sentence, "warn")
    return Finding(_("Reliable"), _("The questions measure one thing well enough to rank by."), "good")


def thresholds() -> list[str]:
    """The rules behind the verdicts, as the pages state them."""
    said = {"hard": HARD, "easy": EASY, "weak": WEAK, "alpha": RELIABLE, "idle": IDLE}
    said |= {"least": LEAST, "few": FEW}
    return [
        _("Facility is the mean score in per cent: below %(hard)d is very hard, above %(easy)d very easy.")
        % said,
        _(
            "Discrimination is 100 times the correlation between the score here and on the rest of the "
            "attempt: below %(weak)d is weak; further below 0 than chance may take it, probably a wrong key. "
            "That is 33 for 10 answers, 19 for 30, 10 for 100."
        )
        % said,
        _(
            "Efficiency is the discrimination in per cent of the most that these scores would allow; it does "
            "not blame a question for being easy or hard."
        ),
        _("α (Cronbach) says how far the questions measure one thing: at least %(alpha)s is reliable.")
        % said,
        _("The standard error is how far a total may be off, in marks, if the same person sat a like test."),
        _("A wrong choice that fewer than %(idle)d %% pick does no work.") % said,
        _("Fewer than %(least)d answers are not judged; with fewer than %(few)d all of this is a hint.")
        % said,
    ]
