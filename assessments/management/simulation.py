"""How made-up people answer: rightly with some chance, wrongly with a slip that the question knows.

For the demonstration and for measurements. Everything is drawn, graded and folded by the product's own rules,
in memory, and written in bulk, because ten weeks of twenty people one answer at a time take minutes.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from assessments.management.made_up import form_for
from assessments.models import (
    Assessment,
    AssessmentPart,
    Attempt,
    AttemptItem,
    Evidence,
    Learner,
    ModuleState,
    ObjectiveState,
    ProgressDay,
    Question,
    QuestionVersion,
)
from assessments.services.answers import check_answer
from assessments.services.attempts import start_attempt
from assessments.services.drawing import by_freshness, make_item
from assessments.services.evidence import module_states
from assessments.services.finishing import evidence_of, grade_item
from assessments.services.folding import advance, fold_all


class Bank:
    """The live questions and the published assessments, read once."""

    def __init__(self) -> None:
        self.by_objective: dict[int, list[tuple[int, int]]] = {}
        self.versions: dict[int, QuestionVersion] = {}
        self.by_name: dict[int, QuestionVersion] = {}
        for question in Question.objects.drawable().select_related("live"):
            assert question.live is not None  # noqa: S101 - published() asks for it
            self.versions[question.live.pk] = question.live
            self.by_objective.setdefault(question.objective_id, []).append((question.pk, question.live.pk))
            self.by_name[question.pk] = question.live
        sets = Assessment.objects.published().with_home().prefetch_related("parts")
        ordered = sorted(
            (one for one in sets if one.home),  # what is on the whole course comes at no one place in it
            key=lambda one: (getattr(one.home, "module", one.home).position, one.home.position),
        )
        self.practices = [one for one in ordered if one.mode == Assessment.Mode.PRACTICE]
        tests = [one for one in ordered if one.mode == Assessment.Mode.TEST]
        self.tests = [one for one in tests if all(map(self._can_ask, one.parts.all()))]

    def _can_ask(self, part: AssessmentPart) -> bool:
        """Whether no person is needed to mark it."""
        return bool(part.objective_id) or part.question_id in self.by_name


class Life:
    """What one made-up learner did, in the order of time. Nothing is saved before ``write``."""

    def __init__(self, learner: Learner, bank: Bank, dice: Random) -> None:
        self.learner, self.bank, self.dice = learner, bank, dice
        self.states: dict[int, ObjectiveState] = {}
        self.seen: dict[int, int] = {}
        self.attempts: list[Attempt] = []
        self.items: list[AttemptItem] = []
        self.evidence: list[Evidence] = []

    def practise(self, assessment: Assessment, start: datetime, skill: float) -> datetime:
        """A practice from start to end, about a minute a question. Returns when it ended."""
        return self._sit(Attempt.Kind.PRACTICE, assessment, self._drawn(assessment), start, skill)

    def test(self, assessment: Assessment, start: datetime, skill: float) -> datetime:
        """A test, if an attempt is left. Returns when it ended."""
        if self._taken(assessment) >= (assessment.attempts_allowed or 99):
            return start
        return self._sit(Attempt.Kind.TEST, assessment, self._drawn(assessment), start, skill)

    def review(self, start: datetime, skill: float) -> datetime:
        """The reviews that are due, within the day's cap. Returns when they ended."""
        due = [state for state in self.states.values() if state.next_review and state.next_review <= start]
        due.sort(key=lambda state: state.next_review or start)
        objectives = [state.objective_id for state in due[: self.learner.reviews_a_day]]
        picked = [version for pk in objectives for version in self._fresh(pk, 1)]
        return self._sit(Attempt.Kind.REVIEW, None, picked, start, skill) if picked else start

    def _taken(self, assessment: Assessment) -> int:
        return sum(attempt.assessment_id == assessment.pk for attempt in self.attempts)

    def _fresh(self, objective: int, count: int) -> list[QuestionVersion]:
        picked = by_freshness(self.bank.by_objective.get(objective, []), self.seen, self.dice)[:count]
        return [self.bank.versions[pk] for pk in picked]

    def _drawn(self, assessment: Assessment) -> list[QuestionVersion]:
        parts = list(assessment.parts.all())
        drawn = [self.bank.by_name[part.question_id] for part in parts if part.question_id]
        for part in parts:
            drawn += self._fresh(part.objective_id, part.count) if part.objective_id else []
        self.dice.shuffle(drawn)
        return drawn

    def _sit(
        self,
        kind: str,
        assessment: Assessment | None,
        versions: Sequence[QuestionVersion],
        start: datetime,
        skill: float,
    ) -> datetime:
        attempt = Attempt(learner=self.learner, assessment=assessment, kind=kind, started_at=start)
        attempt.number = self._taken(assessment) + 1 if assessment else 1
        self.attempts.append(attempt)
        now = start
        items = []
        for position, version in enumerate(versions, start=1):
            item = make_item(attempt, version, 1, position)
            item.first_seen_at = now
            now += timedelta(seconds=self.dice.randint(25, 110))
            self._answer(item, now, skill)
            items.append(item)
        self._close(attempt, items, now)
        return now

    def _answer(self, item: AttemptItem, now: datetime, skill: float) -> None:
        kind, content = item.version.kind, item.version.content
        form = form_for(item, right=self.dice.random() < skill, dice=self.dice)
        item.answer = kind.read(content, item.values, form)
        item.revision, item.saved_at = 1, now
        item.certainty = self.dice.choice([None, 1, 2, 3])
        self.seen[item.version.question_id] = len(self.items) + item.position

    def _close(self, attempt: Attempt, items: list[AttemptItem], now: datetime) -> None:
        for item in items:
            at = item.saved_at if attempt.gives_feedback_at_once and item.saved_at else now
            grade_item(item, at)
            piece = evidence_of(item, attempt, at)
            state = self.states.setdefault(
                piece.objective_id, ObjectiveState(learner=self.learner, objective_id=piece.objective_id)
            )
            advance(state, piece)
            self.evidence.append(piece)
        self.items += items
        attempt.state, attempt.finished_at = Attempt.State.GRADED, now
        attempt.score, attempt.max_score = sum(item.earned or 0 for item in items), len(items)


@transaction.atomic
def write(lives: Iterable[Life]) -> None:
    """Save what some learners did, and what it amounts to, in a handful of statements."""
    lives = list(lives)
    Attempt.objects.bulk_create([attempt for life in lives for attempt in life.attempts], batch_size=500)
    AttemptItem.objects.bulk_create([item for life in lives for item in life.items], batch_size=500)
    Evidence.objects.bulk_create([piece for life in lives for piece in life.evidence], batch_size=500)
    write_folds({life.learner: life.evidence for life in lives})


def write_folds(evidence: dict[Learner, list[Evidence]]) -> None:
    """The states, days and rollups of learners who had none, folded from all their evidence."""
    states: list[ObjectiveState] = []
    days: list[ProgressDay] = []
    for learner, pieces in evidence.items():
        folded, history = fold_all(learner, pieces)
        states += folded
        days += history
        learner.last_active_at = pieces[-1].at if pieces else None
    ObjectiveState.objects.bulk_create(states, batch_size=500)
    ProgressDay.objects.bulk_create(days, batch_size=500)
    ModuleState.objects.bulk_create(
        [row for learner in evidence for row in module_states(learner)], batch_size=500
    )
    Learner.objects.bulk_update(list(evidence), ["last_active_at"])


def leave_half_done(learner: Learner, bank: Bank, start: datetime, dice: Random) -> None:
    """Begin the first practice that somebody has not taken, and answer half of it."""
    taken = set(Attempt.objects.filter(learner=learner).values_list("assessment", flat=True))
    practice = next((one for one in bank.practices if one.pk not in taken), None)
    if practice is None:
        return
    attempt = start_attempt(learner=learner, assessment=practice, now=start)
    items = list(attempt.items.select_related("version"))
    for number, item in enumerate(items[: len(items) // 2], start=1):
        form = form_for(item, right=True, dice=dice)
        check_answer(item=item, posted=form, revision=0, now=start + timedelta(minutes=number))
