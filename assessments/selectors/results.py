"""The result of an attempt: the answer in a headline, every question, what changed, and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Assessment, Attempt, AttemptItem, Misconception
from assessments.questions.base import is_by_hand
from assessments.questions.written import count_words, text_of
from assessments.selectors import headlines
from assessments.selectors.attempts import Revealed, revealed_to
from assessments.selectors.changes import Change, changes_of
from assessments.selectors.hand_verdicts import waits
from assessments.selectors.headlines import Weak
from assessments.selectors.notices import Notice, explained, notices_of
from assessments.selectors.verdicts import marked_word, of_marks
from assessments.selectors.ways import Way, way_on
from assessments.wording import minutes, moment, stopwatch
from concepts.figures import NARROW_SPACE, format_number

CERTAIN = 3


@dataclass(frozen=True)
class Row:
    """One question in the table of a result."""

    position: int
    url: str
    title: str
    code: str
    answer: str
    state: str
    icon: str
    word: str
    marks: str
    time: str


@dataclass(frozen=True)
class Figure:
    """One figure of the result."""

    label: str
    figure: str
    unit: str = ""
    note: str = ""
    state: str = ""


@dataclass(frozen=True)
class Scale:
    """A mark on a scale from 0 to 100, in the units of its drawing (4.8 to one per cent)."""

    percent: float
    pass_mark: int

    @property
    def end(self) -> int:
        return round(4.8 * self.percent)

    @property
    def passing(self) -> float:
        return round(4.8 * self.pass_mark) + 0.5

    @property
    def pass_label_at(self) -> float:
        return self.passing

    @property
    def pass_anchor(self) -> str:
        """The word hangs from its tick, inwards where the tick is near an end."""
        return "end" if self.passing > 450 else "start" if self.passing < 30 else "middle"

    @property
    def label_at(self) -> int:
        """Where the figure stands: under the end of the bar, but clear of the ends of the scale."""
        return min(max(self.end, 10), 470)

    @property
    def shows_zero(self) -> bool:
        return self.end > 34

    @property
    def shows_hundred(self) -> bool:
        return self.end < 416


@dataclass(frozen=True)
class ResultPage:
    """Everything that the result of a test or a practice shows."""

    attempt: Attempt
    items: Sequence[AttemptItem]
    revealed: Revealed
    changes: Sequence[Change]
    slips: Sequence[Misconception]
    weak: Weak | None
    way: Way
    notices: Sequence[Notice]

    @property
    def assessment(self) -> Assessment | None:
        return self.attempt.assessment

    @property
    def is_test(self) -> bool:
        return not self.attempt.gives_feedback_at_once

    @property
    def title(self) -> str:
        return self.assessment.title if self.assessment else self.attempt.get_kind_display()

    @property
    def moved(self) -> list[Change]:
        return [change for change in self.changes if change.moved]

    @property
    def stayed(self) -> list[Change]:
        return [change for change in self.changes if not change.moved]

    @property
    def asked(self) -> list[AttemptItem]:
        """What is listed: in practice only what was answered."""
        return [item for item in self.items if item.is_graded or waits(item)]

    @cached_property
    def is_waiting(self) -> bool:
        """Whether a person has still to mark an answer; until then there is no result, only marks so far."""
        return any(waits(item) for item in self.items)

    @cached_property
    def percent(self) -> str:
        return headlines.percent_of(self.attempt)

    @cached_property
    def headline(self) -> str:
        return headlines.headline(self.attempt, self.asked, self.revealed, self.weak)

    @cached_property
    def lede(self) -> str:
        return headlines.lede(self.attempt, self.asked, self.revealed, [slip.name for slip in self.slips])

    @property
    def crumb(self) -> str:
        """Which attempt of how many, and which of them counts."""
        attempt, assessment = self.attempt, self.assessment
        if attempt.is_preview:
            return _("preview: it counts for nothing")
        if assessment is None or assessment.attempts_allowed is None:
            return _("attempt %(number)s") % {"number": attempt.number}
        return _("attempt %(number)s of %(allowed)s, %(counts)s") % {
            "number": attempt.number,
            "allowed": max(attempt.number, assessment.attempts_allowed),  # more for who was given more
            "counts": assessment.get_counts_display(),
        }

    @property
    def scale(self) -> Scale | None:
        percent = self.attempt.percent
        if percent is None or self.assessment is None or not self.revealed.marks:
            return None
        return Scale(percent, self.assessment.pass_mark)

    @property
    def rows(self) -> list[Row]:
        return [self._row(item) for item in self.asked]

    def _row(self, item: AttemptItem) -> Row:
        version = item.version
        state, icon, word = (
            marked_word(item) if self.revealed.marks or self.revealed.feedback else ("", "", "")
        )
        return Row(
            position=item.position,
            url=reverse("assessments:question", args=[self.attempt.pk, item.position]),
            title=version.title,
            code=version.objective.code,
            answer=_in_short(item) if self.revealed.own_answer and item.answer is not None else "",
            state=state,
            icon=icon,
            word=word,
            marks=of_marks(item) if self.revealed.marks and item.is_graded else "",
            time=_time_spent(item) if self.is_test else "",
        )

    @property
    def total(self) -> str:
        return headlines.so_far(self.asked) if self.is_waiting else headlines.sum_of(self.attempt)

    @property
    def later(self) -> str:
        """When what is not shown yet will be."""
        assessment, revealed = self.assessment, self.revealed
        if assessment is None or (revealed.marks and revealed.right_answer and revealed.feedback):
            return ""
        what = _("right answers are") if revealed.marks and revealed.feedback else _("marks and feedback are")
        settings = {assessment.show_marks, assessment.show_right_answer, assessment.show_feedback}
        if Assessment.Reveal.CLOSED in settings and revealed.closes_at:
            return _("%(what)s shown after %(when)s") % {"what": what, "when": moment(revealed.closes_at)}
        return _("%(what)s not shown") % {"what": what}

    @property
    def figures(self) -> list[Figure]:
        figures = []
        if self.revealed.marks:
            figures += self._scores()
        spent = self._spent()
        if spent:
            figures.append(spent)
        if self.revealed.marks:
            figures += self._certainty()
        return figures

    def _scores(self) -> list[Figure]:
        attempt = self.attempt
        if self.is_waiting:
            return []
        most = _("of %(marks)s") % {"marks": format_number(attempt.max_score or 0)}
        figures = [Figure(_("Marks"), format_number(attempt.score or 0, decimals=2), most)]
        if attempt.percent is None or self.assessment is None:
            return figures
        note, state = "", ""
        if self.is_test:
            mark = f"{self.assessment.pass_mark}{NARROW_SPACE}%"
            note = _("Passed, pass mark %(mark)s") if attempt.passed else _("Below the pass mark of %(mark)s")
            note, state = note % {"mark": mark}, "good" if attempt.passed else "bad"
        return [*figures, Figure(_("Score"), self.percent, "%", note, state)]

    def _spent(self) -> Figure | None:
        attempt, assessment = self.attempt, self.assessment
        if not self.is_test or attempt.finished_at is None:
            return None
        spent = attempt.finished_at - attempt.started_at
        label = _("Time used")
        if attempt.deadline and assessment and assessment.time_limit:
            label = _("Time used, of %(limit)s") % {"limit": minutes(attempt.deadline - attempt.started_at)}
        return Figure(label, stopwatch(spent)) if spent < timedelta(days=1) else None

    def _certainty(self) -> list[Figure]:
        sure = [one for one in self.asked if one.certainty == CERTAIN and one.answer and one.is_graded]
        if not sure:
            return []
        right = sum((item.score or 0) >= 1 for item in sure)
        most = _("of %(count)s") % {"count": len(sure)}
        return [Figure(_("Sure and right"), str(right), most, _("when you said “certain”"))]


def _in_short(item: AttemptItem) -> str:
    """An answer as a table has room for it; of prose, how long it is."""
    version = item.version
    if is_by_hand(version.kind):
        count = count_words(text_of(item.answer))
        return ngettext("%(count)s word", "%(count)s words", count) % {"count": count}
    return explained(item).in_short or version.kind.summary(version.content, item.values, item.answer)


def _time_spent(item: AttemptItem) -> str:
    """From the first sight of a question to the last save of its answer; nothing where that says little."""
    if item.first_seen_at is None or item.saved_at is None:
        return ""
    spent = item.saved_at - item.first_seen_at
    return stopwatch(spent) if timedelta(0) <= spent < timedelta(hours=3) else ""


def slips_of(items: Sequence[AttemptItem]) -> list[Misconception]:
    """The named slips behind wrong answers, as often made first, with the lesson that answers each."""
    made = [slug for item in items for slug in item.misconceptions]
    if not made:
        return []
    slips = Misconception.objects.filter(slug__in=made).select_related("concept__module")
    return sorted(slips, key=lambda slip: (-made.count(slip.slug), made.index(slip.slug)))


def result_page(attempt: Attempt, items: Sequence[AttemptItem], now: datetime) -> ResultPage:
    """The page of a finished attempt."""
    revealed = revealed_to(attempt, now)
    marked = [item for item in items if item.is_graded]
    may_say = revealed.marks and revealed.feedback
    changes = changes_of(attempt.learner_id, marked) if may_say and not attempt.is_preview else []
    valid = [item for item in marked if not item.void]
    weak = headlines.weakest(valid) if revealed.marks else None
    slips = slips_of(valid) if revealed.feedback else []
    notices = notices_of(attempt, items, revealed)
    return ResultPage(attempt, items, revealed, changes, slips, weak, way_on(attempt, weak), notices)
