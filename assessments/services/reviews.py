"""Reviews: the due objectives of the day, one fresh variant each, interleaved."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assessments.models import Attempt, AttemptItem, Evidence, Learner, ObjectiveState, Question
from assessments.services.drawing import by_freshness, last_seen, make_items, new_seed
from assessments.services.errors import Refused
from assessments.services.finishing import finish
from assessments.services.standing import mark_as_corrected
from concepts.models import Objective


def day_start(now: datetime) -> datetime:
    """The first instant of today in the zone that is active."""
    return localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)


def left_today(learner: Learner, now: datetime) -> int:
    """How many reviews the learner's own cap still allows today."""
    today = Evidence.objects.filter(
        learner=learner,
        origin=Evidence.Origin.REVIEW,
        supersedes=None,
        at__gte=day_start(now),
        at__lte=now + timedelta(days=1),
    )
    return max(0, learner.reviews_a_day - today.count())


def due_states(learner: Learner, now: datetime) -> list[ObjectiveState]:
    """What is to be reviewed now: due, asked for by a published lesson, and within today's cap."""
    states = ObjectiveState.objects.filter(learner=learner, objective__in=Objective.objects.published())
    return list(
        states.due(now).select_related("objective__concept", "objective__comparison", "objective__row")[
            : left_today(learner, now)
        ]
    )


def interleave(states: Sequence[ObjectiveState]) -> list[ObjectiveState]:
    """The same states ordered so that neighbours come from different lessons wherever that can be done."""
    groups: dict[tuple[int | None, int | None], list[ObjectiveState]] = {}
    for state in states:
        groups.setdefault((state.objective.concept_id, state.objective.comparison_id), []).append(state)
    queues = sorted(groups.values(), key=len, reverse=True)
    woven: list[ObjectiveState] = []
    while any(queues):
        woven += [queue.pop(0) for queue in queues if queue]
    return woven


@transaction.atomic
def start_reviews(*, learner: Learner, now: datetime) -> Attempt:
    """Begin today's reviews, or come back to them. Raises Refused when nothing is due."""
    learner = Learner.objects.select_for_update().get(pk=learner.pk)
    current = Attempt.objects.filter(learner=learner, kind=Attempt.Kind.REVIEW).open().first()
    if current is not None:
        if current.started_at >= day_start(now) and current.items.filter(score__isnull=True).exists():
            return current
        finish(attempt=current, now=now)
    picked = _pick(learner, interleave(due_states(learner, now)))
    if not picked:
        raise Refused(_("Nothing is due now. What you know is still fresh."))
    attempt = Attempt.objects.create(learner=learner, kind=Attempt.Kind.REVIEW, started_at=now)
    mark_as_corrected(AttemptItem.objects.bulk_create(make_items(attempt, picked)))
    return attempt


def _pick(learner: Learner, states: Sequence[ObjectiveState]) -> list[tuple[int, int]]:
    """A live question for each state: one that the learner has not met, or else met longest ago."""
    pool: dict[int, list[tuple[int, int]]] = {}
    live = Question.objects.drawable().filter(objective__in=[state.objective_id for state in states])
    for pk, objective, version in live.values_list("pk", "objective", "live"):
        pool.setdefault(objective, []).append((pk, version))
    seen = last_seen(learner, [pk for pairs in pool.values() for pk, _ in pairs])
    dice = Random(new_seed())  # noqa: S311 - which question comes first, not a secret
    return [
        (by_freshness(pool[state.objective_id], seen, dice)[0], 1)
        for state in states
        if state.objective_id in pool
    ]
