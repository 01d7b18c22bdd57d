"""The same request many times at the same moment: one run, one decision, one piece of evidence."""

from collections import Counter

import pytest
from django.utils import timezone

from assessments.models import Attempt, CaseMove, CaseRun, Evidence
from assessments.services.answers import Outcome
from assessments.services.case_moves import Drafted, decide, record_forecast, save_draft
from assessments.services.cases import Stale, start_run
from tests.assessments.services.test_answering_at_once import at_once
from tests.cases import make_case, make_run
from tests.factories import LearnerFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
NOW = timezone.now()
CROWD = 20


def test_a_crowd_of_clicks_begins_one_run() -> None:
    case, learner = make_case(), LearnerFactory()
    runs = at_once([lambda: start_run(learner=learner, case=case, role="production", now=NOW)] * CROWD)
    assert len({run.pk for run in runs}) == CaseRun.objects.count() == Attempt.objects.count() == 1


def test_many_people_who_begin_a_case_first_share_its_assessment() -> None:
    case, learners = make_case(), LearnerFactory.create_batch(CROWD)

    def begin(learner: object) -> object:
        return lambda: start_run(learner=learner, case=case, role="operations", now=NOW)

    runs = at_once([begin(learner) for learner in learners])  # type: ignore[misc]
    assert len({run.attempt.assessment_id for run in runs}) == 1
    assert CaseRun.objects.count() == CROWD


def test_a_crowd_of_decisions_settles_one() -> None:
    run = make_run()
    record_forecast(run=run, position=1, value=80, reason="So.", now=NOW)

    def act(option: str) -> str:
        try:
            decide(
                run=run,
                position=1,
                answers={"overtime": {"option": option}},
                draft={},
                revision=0,
                now=NOW,
            )
        except Stale:
            return "stale"
        return option

    done = Counter(at_once([lambda: act("few"), lambda: act("all")] * (CROWD // 2)))
    taken = CaseMove.objects.get().answers["overtime"]["option"]
    assert done == {taken: CROWD // 2, "stale": CROWD // 2}
    assert Evidence.objects.count() == 1
    assert CaseRun.objects.get().stages_done == 1


def test_of_a_crowd_of_drafts_one_is_kept_and_the_others_know() -> None:
    run = make_run()

    def draft(number: int) -> Drafted:
        return save_draft(run=run, position=1, draft={"overtime": [f"{number}"]}, revision=0, now=NOW)

    drafts = at_once([lambda number=number: draft(number) for number in range(CROWD)])  # type: ignore[misc]
    assert Counter(each.outcome for each in drafts) == {Outcome.SAVED: 1, Outcome.STALE: CROWD - 1}
    assert {str(each.move.draft) for each in drafts} == {str(CaseMove.objects.get().draft)}
