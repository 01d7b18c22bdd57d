"""Every named constraint, and what breaks it: invariants live in the database, whatever the code does."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from assessments.models import (
    Attempt,
    CaseMove,
    CaseRun,
    Evidence,
    Learner,
    ModuleState,
    ProgressDay,
)
from concepts.models import CaseObjective, CaseVersion, MetricInput, MetricStep
from tests.cases import make_run
from tests.factories import (
    AssessmentFactory,
    AssignmentFactory,
    AttemptFactory,
    CaseStudyFactory,
    CohortFactory,
    ComparisonFactory,
    ComparisonRowFactory,
    ConceptFactory,
    CorrectedItemFactory,
    CorrectionFactory,
    EvidenceFactory,
    ExtensionFactory,
    HandGradeFactory,
    ItemFactory,
    JoinLinkFactory,
    LearnerFactory,
    LearningPathFactory,
    MembershipFactory,
    MetricFactory,
    ModuleFactory,
    ObjectiveFactory,
    PartFactory,
    PathStepFactory,
    PictureFactory,
    PreparedChangeFactory,
    QuestionFactory,
    SkillFactory,
    SkillRatingFactory,
    StateFactory,
    TermFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
EARLIER = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def twice(make: Callable[..., Any], **same: Any) -> None:
    """Two rows that share what no two may share."""
    make(**same)
    make(**same)


def metric_input(**options: Any) -> MetricInput:
    metric = options.pop("metric", None) or MetricFactory(inputs=[])
    return MetricInput.objects.create(metric=metric, label="Hours", default=1, **{"name": "hours", **options})


def metric_step(metric: Any) -> MetricStep:
    return MetricStep.objects.create(metric=metric, name="net", label="Net", expression="hours")


def module_state(**options: Any) -> ModuleState:
    defaults = {"learner": LearnerFactory(), "module": ModuleFactory()}
    return ModuleState.objects.create(**{**defaults, **options})


def case_version(case: Any) -> CaseVersion:
    return CaseVersion.objects.create(case=case, number=9, title="The case", content={})


def case_run(**options: Any) -> CaseRun:
    """A run like one that has just begun, with an attempt of its own."""
    first = make_run()
    given = {"started_at": NOW, "last_at": NOW, "stage": "first", "seed": 1, "role": "production"}
    again = {"learner": first.learner, "case": first.case, "version": first.version}
    attempt = AttemptFactory(learner=first.learner)
    return CaseRun.objects.create(**{**given, **again, "attempt": attempt, "ended_at": NOW, **options})


def case_move(**options: Any) -> CaseMove:
    run = options.pop("run", None) or make_run()
    return CaseMove.objects.create(**{"run": run, "position": 1, "stage": "first", **options})


def decision_evidence(**options: Any) -> Evidence:
    move = options.pop("move", None) or case_move()
    given = {"move": move, "learner": move.run.learner, "decision": "overtime", "item": None}
    return EvidenceFactory(objective=ObjectiveFactory(), question=None, origin="case", **{**given, **options})


BREAKS: dict[str, Callable[[], object]] = {
    "module_status_known": lambda: ModuleFactory(status="hidden"),
    "concept_status_known": lambda: ConceptFactory(status="hidden"),
    "comparison_status_known": lambda: ComparisonFactory(status="hidden"),
    "metric_status_known": lambda: MetricFactory(status="hidden", inputs=[]),
    "term_status_known": lambda: TermFactory(status="hidden"),
    "question_status_known": lambda: QuestionFactory(status="hidden"),
    "assessment_status_known": lambda: AssessmentFactory(status="hidden"),
    "path_status_known": lambda: LearningPathFactory(status="hidden"),
    "module_scheduled_has_moment": lambda: ModuleFactory(status="scheduled"),
    "concept_scheduled_has_moment": lambda: ConceptFactory(publish_at=NOW),
    "comparison_scheduled_has_moment": lambda: ComparisonFactory(status="scheduled"),
    "metric_scheduled_has_moment": lambda: MetricFactory(status="scheduled", inputs=[]),
    "term_scheduled_has_moment": lambda: TermFactory(publish_at=NOW),
    "path_scheduled_has_moment": lambda: LearningPathFactory(status="scheduled"),
    "question_scheduled_has_moment": lambda: QuestionFactory(status="scheduled"),
    "assessment_scheduled_has_moment": lambda: AssessmentFactory(publish_at=NOW),
    "picture_is_drawing_or_file": lambda: PictureFactory(drawing=""),
    "picture_has_text_alternative": lambda: PictureFactory(alt=""),
    "step_module_unique_in_path": lambda: twice(
        PathStepFactory, path=LearningPathFactory(), module=ModuleFactory()
    ),
    "step_emphasis_known": lambda: PathStepFactory(emphasis="shouted"),
    "skill_role_known": lambda: SkillFactory(role="nobody"),
    "skill_rating_level_known": lambda: SkillRatingFactory(level=5),
    "one_prepared_change_per_object": lambda: twice(PreparedChangeFactory, content=ConceptFactory()),
    "concept_minutes_positive": lambda: ConceptFactory(minutes=0),
    "objective_has_one_home": lambda: ObjectiveFactory(concept=None),
    "objective_level_known": lambda: ObjectiveFactory(level="guess"),
    "row_anchor_unique_in_comparison": lambda: twice(
        ComparisonRowFactory, comparison=ComparisonFactory(), anchor="capital"
    ),
    "metric_better_known": lambda: MetricFactory(better="sideways", inputs=[]),
    "metric_decimals_at_most_6": lambda: MetricFactory(decimals=7, inputs=[]),
    "input_name_unique_in_metric": lambda: twice(metric_input, metric=MetricFactory(inputs=[])),
    "input_bounds_in_order": lambda: metric_input(minimum=2, maximum=1),
    "step_name_unique_in_metric": lambda: twice(metric_step, metric=MetricFactory(inputs=[])),
    "version_number_unique_in_question": lambda: twice(VersionFactory, question=QuestionFactory(), number=1),
    "assessment_has_at_most_one_home": lambda: AssessmentFactory(module=ModuleFactory()),
    "assessment_pass_mark_at_most_100": lambda: AssessmentFactory(pass_mark=101),
    "assessment_opens_before_it_closes": lambda: AssessmentFactory(opens_at=NOW, closes_at=EARLIER),
    "assessment_allows_an_attempt": lambda: AssessmentFactory(attempts_allowed=0),
    "assessment_time_limit_positive": lambda: AssessmentFactory(time_limit=0),
    "part_draws_or_names": lambda: PartFactory(objective=None),
    "part_counts_positive": lambda: PartFactory(count=0),
    "learner_extra_time_at_most_200": lambda: LearnerFactory(extra_time_percent=201),
    "learner_reviews_a_day_positive": lambda: LearnerFactory(reviews_a_day=0),
    "attempt_one_open_per_assessment": lambda: [
        AttemptFactory(learner=learner, assessment=assessment, number=number)
        for learner, assessment in [(LearnerFactory(), AssessmentFactory())]
        for number in (1, 2)
    ],
    "attempt_one_open_review": lambda: twice(AttemptFactory, learner=LearnerFactory(), assessment=None),
    "attempt_number_unique": lambda: twice(
        AttemptFactory,
        learner=LearnerFactory(),
        assessment=AssessmentFactory(),
        state="graded",
        finished_at=NOW,
    ),
    "attempt_kind_fits_assessment": lambda: AttemptFactory(kind="review"),
    "attempt_finished_has_time": lambda: AttemptFactory(state=Attempt.State.GRADED),
    "attempt_score_within_marks": lambda: AttemptFactory(score=3, max_score=2),
    "extension_one_per_assessment": lambda: twice(
        ExtensionFactory, learner=LearnerFactory(), assessment=AssessmentFactory()
    ),
    "extension_gives_something": lambda: ExtensionFactory(extra_minutes=0),
    "extension_within_reason": lambda: ExtensionFactory(extra_minutes=601),
    "item_position_unique_in_attempt": lambda: twice(ItemFactory, attempt=AttemptFactory(), position=1),
    "item_score_within_0_and_1": lambda: ItemFactory(score=1.1, graded_at=NOW),
    "item_graded_has_score": lambda: ItemFactory(graded_at=NOW),
    "item_saved_has_time": lambda: ItemFactory(revision=1),
    "item_certainty_known": lambda: ItemFactory(certainty=4),
    "hand_grade_revision_positive": lambda: HandGradeFactory(revision=0),
    "item_void_known": lambda: ItemFactory(void="half"),
    "evidence_score_within_0_and_1": lambda: EvidenceFactory(score=-0.1),
    "evidence_begins_once_per_answer": lambda: twice(EvidenceFactory, item=ItemFactory()),
    "evidence_chain_has_a_first": lambda: EvidenceFactory(supersedes=EvidenceFactory()),
    "correction_has_a_version_or_voids": lambda: CorrectionFactory(kind="key"),
    "correction_counts_fit": lambda: CorrectionFactory(affected=1, changed=2),
    "corrected_item_once_per_correction": lambda: twice(
        CorrectedItemFactory, item=ItemFactory(), correction=CorrectionFactory()
    ),
    "state_one_per_objective": lambda: twice(
        StateFactory, learner=LearnerFactory(), objective=ObjectiveFactory()
    ),
    "state_level_known": lambda: StateFactory(level=5),
    "state_score_within_0_and_1": lambda: StateFactory(last_score=2),
    "module_state_one_per_module": lambda: twice(
        module_state, learner=LearnerFactory(), module=ModuleFactory()
    ),
    "module_state_points_are_the_sum": lambda: module_state(mastered=1, points=3),
    "progress_day_one_per_day": lambda: twice(
        ProgressDay.objects.create, learner=LearnerFactory(), day=date(2026, 11, 21)
    ),
    "cohort_starts_before_it_ends": lambda: CohortFactory(
        starts_on=date(2026, 11, 21), ends_on=date(2026, 11, 20)
    ),
    "join_link_within_cap": lambda: JoinLinkFactory(cap=1, uses=2),
    "join_link_cap_positive": lambda: JoinLinkFactory(cap=0),
    "membership_once_in_cohort": lambda: twice(
        MembershipFactory, cohort=CohortFactory(), learner=LearnerFactory()
    ),
    "membership_role_known": lambda: MembershipFactory(role="guest"),
    "case_status_known": lambda: CaseStudyFactory(status="hidden"),
    "case_scheduled_has_moment": lambda: CaseStudyFactory(status="scheduled"),
    "case_version_number_unique": lambda: twice(case_version, case=CaseStudyFactory()),
    "case_points_once_at_objective": lambda: twice(
        CaseObjective.objects.create, case=CaseStudyFactory(), objective=ObjectiveFactory()
    ),
    "case_run_one_open_per_case": case_run,
    "case_run_role_known": lambda: case_run(role="owner", finished_at=NOW),
    "case_run_ends_before_it_is_finished": lambda: case_run(ended_at=None, finished_at=NOW),
    "case_move_position_unique_in_run": lambda: twice(case_move, run=make_run()),
    "case_move_saved_has_time": lambda: case_move(revision=1),
    "case_move_forecast_has_time": lambda: case_move(forecast=80),
    "evidence_once_per_decision": lambda: twice(decision_evidence, move=case_move()),
    "evidence_from_an_answer_or_a_decision": lambda: decision_evidence(decision=""),
    "assessment_of_a_case_has_no_other_home": lambda: AssessmentFactory(case=CaseStudyFactory()),
    "attempt_one_open_preview": lambda: [
        AttemptFactory(learner=learner, assessment=assessment, number=number, is_preview=True)
        for learner, assessment in [(LearnerFactory(), AssessmentFactory())]
        for number in (1, 2)
    ],
    "assignment_once_per_case": lambda: twice(
        AssignmentFactory, cohort=CohortFactory(), case=CaseStudyFactory()
    ),
    "assignment_opens_before_it_is_due": lambda: AssignmentFactory(opens_at=NOW, due_at=EARLIER),
    "assignment_one_role_or_both": lambda: AssignmentFactory(role="production", both_roles=True),
    "assignment_role_known": lambda: AssignmentFactory(role="owner"),
}


def constraints() -> Iterator[models.BaseConstraint]:
    for app in ("concepts", "assessments"):
        for model in apps.get_app_config(app).get_models():
            yield from model._meta.constraints


@pytest.mark.parametrize("name", BREAKS)
def test_a_row_that_breaks_the_constraint_is_refused_by_the_database(name: str) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        BREAKS[name]()
    assert name in str(refusal.value) or "UNIQUE constraint failed" in str(refusal.value)


def test_every_constraint_has_a_test_that_breaks_it() -> None:
    assert {constraint.name for constraint in constraints()} == set(BREAKS)


def test_a_graded_answer_is_evidence_once_only() -> None:
    evidence = EvidenceFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        EvidenceFactory(item=evidence.item)


def test_a_person_has_one_profile() -> None:
    learner = LearnerFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Learner.objects.create(user=learner.user)
