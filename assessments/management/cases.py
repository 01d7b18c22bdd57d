"""A case study in the demonstration: assigned to a cohort, and played in both roles by some of its people.

They decide by the engine's own candidates: the better they are, the more often the one that is worth most.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from assessments.management.case_prose import ANY_REASON, CASE, GRADED, REASONS, WAITING, Page
from assessments.management.made_up import form_for
from assessments.models import AttemptItem, CaseRun, Cohort, Learner
from assessments.models.casework import Role
from assessments.services.answers import check_answer
from assessments.services.assignments import assign_case
from assessments.services.case_moves import decide, record_forecast
from assessments.services.case_writing import finish_if_written
from assessments.services.cases import recommendation_of, start_run
from assessments.services.hand_grading import grade_by_hand
from concepts.cases.candidates import candidates
from concepts.cases.document import Case, Decision, Variable
from concepts.cases.playing import Answer, Play, advance, begin, settle
from concepts.models import CaseStudy

MINUTES_EACH = 9
NOTE = "Play one role before our meeting; we compare both there."
DUE, ASSIGNED = timedelta(days=5), timedelta(days=16)
ALL = 99  # stages: to the end


@dataclass(frozen=True)
class Part:
    """A run: who plays, in which role, how many days ago, how far, how well, and what is handed in."""

    who: str
    role: str
    days: float
    stages: int = ALL
    skill: float = 0.7
    page: Page | None = None


# Everybody after they learned last: evidence in the order of time is appended, any other folds them anew.
PARTS = (
    Part("piotr", Role.OPERATIONS, 13, 1, 0.5),
    Part("idris", Role.PRODUCTION, 11, skill=0.4, page=WAITING[1]),
    Part("maren", Role.PRODUCTION, 5.5, skill=0.9, page=GRADED),
    Part("viktor", Role.OPERATIONS, 4, skill=0.85, page=WAITING[0]),
    Part("maren", Role.OPERATIONS, 3, 2, 0.8),
    Part("leila", Role.OPERATIONS, 0.25, skill=0.8),
    Part("samuel", Role.PRODUCTION, 0.24, 1, 0.5),
    Part("rosa", Role.PRODUCTION, 0.21, 3, 0.75),
    Part("aarav", Role.OPERATIONS, 0.2, 2, 0.6),
    Part("olena", Role.PRODUCTION, 0.1, 0),
)


def play_case(learners: Mapping[str, Learner], cohort: Cohort, instructor: Any, now: datetime) -> None:
    """Assign the case to a cohort and let some of its people play it; nothing where it is not published."""
    study = CaseStudy.objects.published().filter(slug=CASE).first()
    version = study.versions.first() if study else None
    if study is None or version is None:
        return
    due = (now + DUE).replace(hour=17, minute=0, second=0, microsecond=0)
    assign_case(cohort=cohort, case=study, by=instructor, opens_at=now - ASSIGNED, due_at=due, note=NOTE)
    table = Player(version.document, Random(8))  # noqa: S311 - a demonstration that is much the same everywhere
    for part in PARTS:
        if part.who in learners and part.role in version.document.start:
            table.play(learners[part.who], study, part, instructor, now - timedelta(days=part.days))


class Player:
    """Plays runs of one case; the candidates of a decision are worked out once."""

    def __init__(self, case: Case, dice: Random) -> None:
        self.case, self.dice = case, dice
        self._candidates: dict[str, Sequence[Answer]] = {}

    def play(self, learner: Learner, study: CaseStudy, part: Part, grader: Any, now: datetime) -> None:
        """One run, a few minutes for each stage, and the recommendation if there is one."""
        run = start_run(learner=learner, case=study, role=part.role, now=now)
        play, position = begin(self.case, run.role, run.seed), 0
        while not play.is_over and position < part.stages:
            position, now = position + 1, now + timedelta(minutes=MINUTES_EACH)
            self._check(run, play, part.skill, now)
            play = self._move(run, play, position, part.skill, now)
        item = recommendation_of(run) if part.page and play.is_over else None
        if item is not None and part.page is not None:
            now += timedelta(minutes=2 * MINUTES_EACH)
            check_answer(item=item, posted={"answer": [part.page.text]}, revision=0, now=now)
            finish_if_written(attempt=run.attempt, now=now)
            if part.page.ticks:
                _grade(item, part.page, grader, now + timedelta(days=1))

    def _move(self, run: CaseRun, play: Play, position: int, skill: float, now: datetime) -> Play:
        """Expect something of a stage, then decide."""
        answers = self._decide(play, skill)
        after = advance(self.case, play, answers)
        if play.stage.forecast:
            variable = self.case.variable(play.stage.forecast.variable)
            value = self._expect(variable, after.state[variable.name], skill)
            reasons = REASONS.get(play.stage.key, (ANY_REASON,))
            reason = reasons[run.pk % len(reasons)]
            record_forecast(run=run, position=position, value=value, reason=reason, now=now)
        decide(run=run, position=position, answers=answers, draft={}, revision=0, now=now)
        return after

    def _decide(self, play: Play, skill: float) -> dict[str, Answer]:
        """An answer to each decision: now and then the best known, else any."""
        answers: dict[str, Answer] = {}
        state = play.state
        for decision in play.stage.decisions_of(play.role):
            known = self._candidates_of(decision, {**play.chances, **state})
            tried = [settle(self.case, decision, answer, state, play.chances) for answer in known]
            best = max(tried, key=lambda done: done.score)
            done = best if self.dice.random() < skill else self.dice.choice(tried)
            answers[decision.key], state = done.answer, done.after
        return answers

    def _candidates_of(self, decision: Decision, names: Mapping[str, float]) -> Sequence[Answer]:
        if decision.key not in self._candidates:
            self._candidates[decision.key] = candidates(decision, names)
        return self._candidates[decision.key]

    def _expect(self, variable: Variable, came: float, skill: float) -> float:
        """A forecast near what will come; further off for those who know less."""
        room = abs(variable.initial) * 0.3 * (1.2 - skill) or 2.0
        return round(variable.kept(came + self.dice.uniform(-room, room)), variable.decimals)

    def _check(self, run: CaseRun, play: Play, skill: float, now: datetime) -> None:
        """Answer the checkpoints of a stage, rightly as often as somebody is good."""
        items = AttemptItem.objects.filter(
            attempt=run.attempt_id, version__question__slug__in=play.stage.checkpoints, score__isnull=True
        )
        for item in items.select_related("version__question", "attempt__assessment", "attempt__learner"):
            posted = form_for(item, right=self.dice.random() < skill, dice=self.dice)
            check_answer(item=item, posted=posted, revision=0, now=now)


def _grade(item: AttemptItem, page: Page, grader: Any, now: datetime) -> None:
    grade_by_hand(item=item, ticks=page.ticks, comment=page.comment, revision=1, grader=grader, now=now)
