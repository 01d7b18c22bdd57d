"""A cohort that works a case: people who play it as far as a test needs, at the times that it needs."""

from datetime import UTC, datetime, timedelta
from typing import Any

from assessments.models import AttemptItem, CaseRun, Cohort, Learner
from assessments.services.answers import check_answer
from assessments.services.case_moves import decide, record_forecast
from assessments.services.case_writing import finish_if_written
from assessments.services.cases import recommendation_of, start_run
from concepts.models import CaseStudy
from tests.factories import LearnerFactory, MembershipFactory, UserFactory

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
WORDS = "Staff the slowest press, as [E1] shows <b>plainly</b>, and keep [E9] out of it until then."
# What is decided in each stage; the on-time share begins at 80.
QUIT = [{"overtime": {"option": "none"}}]
PRESSES = {"overtime": {"option": "few"}}
BATCH = {"batch": {"figures": {"size": 100}}}
BUDGET = {"budget": {"figures": {"training": 10, "spares": 20}}}
ORDER = {"priority": {"order": ["late_ones", "rush_ones", "new_ones"]}}
THROUGH = [PRESSES, {**BATCH, **BUDGET}, ORDER]


def enrolled(cohort: Cohort, name: str = "") -> Learner:
    """Somebody who learns in a cohort."""
    first, _space, last = name.partition(" ")
    user = UserFactory(**({"first_name": first, "last_name": last} if name else {}))
    return MembershipFactory(cohort=cohort, learner=LearnerFactory(user=user)).learner


def played(
    cohort: Cohort,
    case: CaseStudy,
    moves: list[dict[str, Any]],
    *,
    role: str = "production",
    name: str = "",
    at: datetime = NOW - timedelta(days=3),
    forecast: float = 84,
    writes: bool = False,
    learner: Learner | None = None,
) -> CaseRun:
    """A run of a new person, begun at a time, with a minute a stage; if asked, written and handed in."""
    run = start_run(learner=learner or enrolled(cohort, name), case=case, role=role, now=at)
    for position, answers in enumerate(moves, start=1):
        at += timedelta(minutes=1)
        _move(run, position, answers, forecast, at)
    if writes:
        item = written(run)
        check_answer(item=item, posted={"answer": [WORDS]}, revision=0, now=at + timedelta(minutes=5))
        finish_if_written(attempt=run.attempt, now=at + timedelta(minutes=5))
    run.refresh_from_db()
    return run


def _move(run: CaseRun, position: int, answers: dict[str, Any], forecast: float, at: datetime) -> None:
    run.refresh_from_db()
    stage = run.version.document.stage(run.stage)
    if stage.forecast:
        record_forecast(run=run, position=position, value=forecast, reason="It rose before.", now=at)
    mine = {each.key: answers[each.key] for each in stage.decisions_of(run.role)}
    decide(run=run, position=position, answers=mine, draft={}, revision=0, now=at)


def written(run: CaseRun) -> AttemptItem:
    """The recommendation of a run."""
    item = recommendation_of(run)
    assert item is not None
    return AttemptItem.objects.select_related("attempt", "version").get(pk=item.pk)
