"""Whatever order saves and submits arrive in, an attempt has one grade: of the last answer acknowledged."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.models import Attempt, Evidence
from assessments.services.answers import save_answer
from assessments.services.attempts import start_attempt
from assessments.services.finishing import finish, finish_overdue
from tests.factories import LearnerFactory, practice_set

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)

save = st.tuples(st.just("save"), st.sampled_from(["a", "b", "c"]), st.integers(0, 3))
event = st.one_of(save, save, save, st.just(("submit",)), st.just(("touch",)))
moments = st.lists(st.tuples(st.integers(0, 900), event), max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moments=moments)
def test_any_order_of_saves_and_submits_gives_one_grade(
    moments: list[tuple[int, tuple[Any, ...]]],
) -> None:
    assessment = practice_set(1, mode="test", time_limit=10)
    attempt = start_attempt(learner=LearnerFactory(), assessment=assessment, now=NOW)
    item = attempt.items.get()
    acknowledged = None
    for seconds, (kind, *detail) in sorted(moments, key=lambda moment: moment[0]):
        now = NOW + timedelta(seconds=seconds)
        attempt = Attempt.objects.get(pk=attempt.pk)
        if kind == "save":
            answer, revision = detail
            outcome = save_answer(item=item, posted={"answer": [answer]}, revision=revision, now=now)
            acknowledged = answer if outcome.is_kept else acknowledged
        elif kind == "submit":
            finish(attempt=attempt, now=now)
        else:
            finish_overdue(attempt=attempt, now=now)
    finish(attempt=attempt, now=NOW + timedelta(hours=1))

    item.refresh_from_db()
    attempt.refresh_from_db()
    assert item.answer == acknowledged
    assert attempt.score == item.score == (1 if acknowledged == "a" else 0)
    assert Evidence.objects.filter(item=item).count() == (acknowledged is not None)
