"""Beginning a run: which version, which questions, which seed; and that nobody has two at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models import Assessment, Attempt, CaseRun, Question
from assessments.services.bank import publish_question
from assessments.services.cases import assessment_of, recommendation_of, start_run
from assessments.services.errors import NotAllowed, Refused
from concepts.cases.playing import draw, replay
from concepts.models import CaseStudy
from tests.cases import QUIT, THROUGH, make_case, make_run, move, play, small_case
from tests.factories import CaseStudyFactory, LearnerFactory, QuestionFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def rewritten(case: CaseStudy) -> CaseStudy:
    """The same case, published anew, in which overtime of a few does nothing."""
    content = small_case()
    content["stages"][0]["decisions"][0]["options"][1]["effects"] = {}
    case.content = content
    case.save()
    return case


def test_a_run_begins_in_the_first_stage_of_the_latest_version() -> None:
    case = rewritten(make_case())
    run = start_run(learner=LearnerFactory(), case=case, role="operations", now=NOW)
    assert (run.version.number, run.stage, run.stages_done) == (2, "first", 0)
    assert (run.started_at, run.last_at, run.ended_at, run.finished_at) == (NOW, NOW, None, None)
    assert run.is_open and run.attempt.kind == Attempt.Kind.CASE


def test_beginning_twice_comes_back_to_the_same_run() -> None:
    run = make_run()
    again = start_run(learner=run.learner, case=run.case, role=run.role, now=NOW + timedelta(days=1))
    assert again == run
    assert CaseRun.objects.count() == Attempt.objects.count() == 1


def test_the_other_role_waits_until_this_one_is_finished() -> None:
    run = make_run(role="production")
    with pytest.raises(Refused, match="You are playing this case as Production manager") as refusal:
        make_run(run.case, role="operations", learner=run.learner)
    assert refusal.value.status == 409
    play(run)
    assert make_run(run.case, role="operations", learner=run.learner).role == "operations"


def test_a_role_can_be_played_again_and_the_attempts_are_numbered() -> None:
    first = play(make_run())
    second = make_run(first.case, learner=first.learner)
    assert second != first
    assert [run.attempt.number for run in (first, second)] == [1, 2]


@pytest.mark.parametrize("role", ["", "owner", "Production"])
def test_a_role_that_the_case_does_not_have_is_refused(role: str) -> None:
    case = make_case()
    with pytest.raises(NotAllowed):
        start_run(learner=LearnerFactory(), case=case, role=role, now=NOW)
    assert not Attempt.objects.exists()


def test_a_draft_is_not_played_but_a_run_that_is_open_goes_on() -> None:
    with pytest.raises(NotAllowed):
        make_run(CaseStudyFactory(status="draft", content=small_case()))
    run = make_run()
    CaseStudy.objects.update(status="draft")
    case = CaseStudy.objects.get(pk=run.case_id)
    assert make_run(case, learner=run.learner) == run


def test_a_run_stays_on_the_version_that_it_began_with() -> None:
    run = make_run()
    rewritten(run.case)
    run = move(run, THROUGH[0])
    assert run.version.number == 1
    assert run.play().state["on_time"] == 85
    fresh = move(make_run(run.case, role="production"), THROUGH[0])
    assert (fresh.version.number, fresh.play().state["on_time"]) == (2, 80)


def test_a_replay_gives_the_run_for_ever() -> None:
    run = play(make_run(role="operations"), THROUGH)
    before = run.play()
    rewritten(run.case)
    run.case.content = {}
    run.case.save()
    run = CaseRun.objects.get(pk=run.pk)
    assert run.play() == before
    assert replay(run.version.document, run.role, run.seed, THROUGH).state == before.state
    assert (run.stage, run.stages_done) == (before.stage.key, 3)
    assert run.play(most=1).stage.key == "second"


def test_each_run_has_a_seed_of_its_own() -> None:
    case = make_case()
    seeds = {make_run(case).seed for _ in range(5)}
    assert len(seeds) == 5
    assert all(draw(case.versions.get().document.chances, seed)["rush"] in range(4) for seed in seeds)


def test_the_questions_are_pinned_when_the_run_begins() -> None:
    run = make_run()
    checkpoint = Question.objects.get(slug="small-case-late")
    asked = checkpoint.live
    checkpoint.content = {**checkpoint.content, "stem": "Another {units} in {hours}."}
    publish_question(question=checkpoint)
    items = list(run.attempt.items.order_by("position").select_related("version__question"))
    assert [item.version.question.slug for item in items] == ["small-case-late", "small-case-recommendation"]
    assert items[0].version == asked != checkpoint.live
    assert [item.position for item in items] == [1, 2]


def test_a_question_that_is_gone_is_passed_over_and_the_run_ends_without_it() -> None:
    case = make_case()
    Question.objects.filter(slug="small-case-recommendation").update(status="draft")
    run = make_run(case)
    assert recommendation_of(run) is None
    run = move(run, QUIT[0])
    assert run.finished_at == run.ended_at is not None
    assert Attempt.objects.get(pk=run.attempt_id).state == Attempt.State.GRADED


def test_the_questions_of_another_case_are_not_asked() -> None:
    case = make_case()
    QuestionFactory(slug="elsewhere", case=CaseStudyFactory(), publish=True)
    assert make_run(case).attempt.items.count() == 2


def test_the_questions_of_a_case_are_drawn_nowhere_else() -> None:
    make_case()
    beside = QuestionFactory(objective=Question.objects.first().objective, publish=True)
    assert list(Question.objects.drawable()) == [beside]


def test_the_answers_of_a_case_are_collected_in_one_assessment_that_follows_its_title() -> None:
    case = make_case(title="One title")
    first = assessment_of(case)
    make_run(case)
    case.title = "Another title"
    case.save()
    assert assessment_of(case) == first == Assessment.objects.get()
    assert Assessment.objects.get().title == "Another title"
    assert (first.mode, first.slug) == ("case", f"case-{case.slug}")


def test_a_run_whose_beginning_fails_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    case = make_case()

    def fail(**_: object) -> None:
        raise OSError

    monkeypatch.setattr(CaseRun.objects, "create", fail)
    with pytest.raises(OSError):
        make_run(case)
    assert not Attempt.objects.exists()
