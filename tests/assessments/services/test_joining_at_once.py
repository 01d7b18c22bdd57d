"""Several people, or one impatient one, press the button of a join link at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from assessments.models import JoinLink, Learner
from assessments.services.cohorts import join
from assessments.services.errors import LinkRefused
from tests.factories import JoinLinkFactory, LearnerFactory

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def press_at_once(link: JoinLink, learners: list[Learner]) -> list[str]:
    """What each was told."""
    start = Barrier(len(learners))

    def press(learner: Learner) -> str:
        try:
            start.wait()
            join(learner=learner, token=link.token, now=NOW)
        except LinkRefused as refusal:
            return refusal.message
        finally:
            connection.close()
        return "joined"

    with ThreadPoolExecutor(len(learners)) as pool:
        return sorted(pool.map(press, learners))


def test_the_last_place_goes_to_one() -> None:
    link = JoinLinkFactory(expires_at=NOW + timedelta(days=1), cap=1)
    told = press_at_once(link, LearnerFactory.create_batch(4))
    assert [words[:11] for words in told] == ["Every place"] * 3 + ["joined"]
    assert link.cohort.memberships.count() == 1


def test_a_double_click_takes_one_place_and_fails_nobody() -> None:
    link, learner = JoinLinkFactory(expires_at=NOW + timedelta(days=1)), LearnerFactory()
    assert press_at_once(link, [learner] * 3) == ["joined"] * 3
    link.refresh_from_db()
    assert (link.uses, link.cohort.memberships.count()) == (1, 1)
