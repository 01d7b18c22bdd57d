"""Find and replace across the course: what is shown is what is written, in one act, or nothing is."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import assessments.admin  # noqa: F401  which adds questions to what is searched
from assessments.models import Assessment, Question
from concepts.cases.checking import check_case
from concepts.finding import Search
from concepts.models import Concept, MetricInput
from concepts.replacing import ReplaceRefused, Task, count_of, fingerprint, look, replace_all
from concepts.texts import KINDS
from tests.cases import ROWS, make_case, make_run, small_case
from tests.factories import (
    AssessmentFactory,
    CaseStudyFactory,
    ComparisonFactory,
    ComparisonRowFactory,
    ConceptFactory,
    LearningPathFactory,
    MetricFactory,
    MisconceptionFactory,
    ModuleFactory,
    ObjectiveFactory,
    PathStepFactory,
    PictureFactory,
    QuestionFactory,
    SkillFactory,
    TermFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def task(old: str, new: str, groups: str = "", module: Any = None, **how: bool) -> Task:
    kinds = tuple(kind for kind in KINDS if not groups or kind.group in groups.split())
    return Task(Search(old, **how), new, kinds, module)


def apply(todo: Task, left_out: set[str] | None = None, user: Any = None) -> Any:
    seen = fingerprint(todo, look(todo))
    return replace_all(task=todo, seen=seen, left_out=left_out or set(), user=user)


def one_of_each(module: Any) -> list[Any]:
    """Everything with words, each with "zorp" in every one of its texts."""
    concept = ConceptFactory(module=module)
    comparison = ComparisonFactory(module=module)
    metric = MetricFactory(concept=concept)
    objective = ObjectiveFactory(concept=concept)
    row = ComparisonRowFactory(comparison=comparison)
    path = LearningPathFactory()
    step = PathStepFactory(path=path, module=module)
    question = QuestionFactory(objective=objective)
    objects = [
        module,
        concept,
        objective,
        comparison,
        row,
        metric,
        *metric.inputs.all(),
        path,
        step,
        question,
    ]
    objects += [TermFactory(concept=concept), PictureFactory(), SkillFactory(concept=concept)]
    objects += [MisconceptionFactory(concept=concept), AssessmentFactory(concept=concept)]
    objects.append(CaseStudyFactory(content=small_case(objective.code)))
    for obj in objects:
        kind = next(kind for kind in KINDS if kind.model is type(obj))
        kind.put(obj, {place.key: f"{place.text} zorp" for place in kind.places(obj)})
        obj.save()
    return objects


def test_every_kind_of_content_is_searched_and_changed_with_a_history() -> None:
    editor = UserFactory()
    objects = one_of_each(ModuleFactory())
    outcome = apply(task("zorp", "blip"), user=editor)
    assert {(type(obj), obj.pk) for _kind, obj in outcome.changed} == {(type(o), o.pk) for o in objects}
    assert look(task("zorp", "")) == []
    for obj in objects:
        last = obj.history.first()
        assert (last.history_user, last.history_change_reason) == (editor, "Replaced “zorp” by “blip”.")
    assert "blip</p>" in Concept.objects.get(pk=objects[1].pk).body_html


def test_a_module_narrows_the_search_to_what_is_in_it() -> None:
    here, elsewhere = ModuleFactory(), ModuleFactory()
    one_of_each(here)
    one_of_each(elsewhere)
    found = look(task("zorp", "x", module=here))
    assert {each.kind.group for each in found} == {kind.group for kind in KINDS} - {"picture", "case"}
    everywhere, of_all = look(task("zorp", "x")), look(task("zorp", "x", "picture case"))
    whole_paths = [each for each in everywhere if each.kind.key == "learningpath"]
    assert 2 * len(found) == len(everywhere) - len(of_all) - len(whole_paths)


def test_codes_addresses_formulas_and_expressions_stay() -> None:
    concept = ConceptFactory(
        slug="units", title="Units", body="`units` [units](concept:units) {units}\n\nunits"
    )
    metric = MetricFactory(concept=concept, slug="units-of", reading="Count units.")
    question = QuestionFactory(type="numeric")
    apply(task("units", "pieces"))
    concept.refresh_from_db()
    assert (concept.slug, concept.body) == (
        "units",
        "`units` [pieces](concept:units) {units}\n\npieces",
    )
    metric.refresh_from_db()
    assert (metric.slug, metric.formula, metric.reading) == ("units-of", "units / hours", "Count pieces.")
    assert metric.formula_text == "throughput = {good units} / {hours}"
    assert set(MetricInput.objects.values_list("name", "label")) >= {("units", "Good pieces")}
    content = Question.objects.get(pk=question.pk).content
    assert content["answer"] == "units / hours"
    assert content["stem"].startswith("A cell made {units} good parts")
    assert content["slips"][0]["feedback"] == "You divided time by pieces."
    assert content["slips"][0]["misconception"] == "time-divided-by-units"


def test_what_is_left_out_stays_and_counts_for_nothing() -> None:
    concept = ConceptFactory(title="Flow", summary="Flow and flow.")
    todo = task("flow", "stream", "concept")
    ids = [hit.id for each in look(todo) for hit in each.hits]
    assert len(ids) == 3
    outcome = apply(todo, {ids[1]})
    concept.refresh_from_db()
    assert (concept.title, concept.summary) == ("stream", "Flow and stream.")
    assert outcome.places == 2


def test_what_changed_since_the_look_refuses_everything() -> None:
    concept, other = ConceptFactory(summary="Flow."), ConceptFactory(summary="Flow, too.")
    todo = task("Flow", "Stream")
    seen = fingerprint(todo, look(todo))
    Concept.objects.filter(pk=other.pk).update(summary="Flow, as well.")
    with pytest.raises(ReplaceRefused) as refused:
        replace_all(task=todo, seen=seen, left_out=set(), user=None)
    assert refused.value.status == 409
    concept.refresh_from_db()
    assert concept.summary == "Flow."


@pytest.mark.parametrize("seen", ["", "0" * 64])
def test_without_a_look_nothing_is_replaced(seen: str) -> None:
    ConceptFactory(summary="Flow.")
    with pytest.raises(ReplaceRefused):
        replace_all(task=task("Flow", "Stream"), seen=seen, left_out=set(), user=None)


def test_one_object_that_would_break_refuses_all_of_them() -> None:
    concept = ConceptFactory(summary="Rises.")
    question = QuestionFactory()  # its choices: It rises, It falls, It stays
    with pytest.raises(ReplaceRefused) as refused:
        apply(task("rises", "falls"))
    assert refused.value.status == 422
    assert [(found.obj, "is there twice" in problem) for found, problem in refused.value.problems] == [
        (question, True)
    ]
    concept.refresh_from_db()
    assert concept.summary == "Rises."


def test_a_text_that_would_be_too_long_or_empty_is_refused() -> None:
    ConceptFactory(title="Flow", summary="Long.")
    with pytest.raises(ReplaceRefused, match="break"):
        apply(task("Flow", "F" * 121, "concept"))
    with pytest.raises(ReplaceRefused, match="break"):
        apply(task("Flow", "", "concept"))


def test_a_replacement_that_would_make_a_link_or_code_is_refused() -> None:
    ConceptFactory(body="See flow](x) here.")
    with pytest.raises(ReplaceRefused) as refused:
        apply(task("here", "`here`", "concept"))
    assert "link, a formula or code" in refused.value.problems[0][1]


def test_a_draft_that_was_incomplete_before_may_stay_so() -> None:
    question = QuestionFactory(content={"stem": "What is flow?"})
    apply(task("flow", "stream"))
    question.refresh_from_db()
    assert question.content == {"stem": "What is stream?"}


def test_learners_are_asked_what_they_were_asked_until_the_draft_is_published() -> None:
    question = QuestionFactory(publish=True)
    outcome = apply(task("throughput", "output"))
    question.refresh_from_db()
    assert "output" in question.content["stem"]
    assert "throughput" in question.live.content["stem"]
    kind, changed = outcome.changed[-1]
    assert "Learners are asked version 1" in kind.note(changed)


def test_a_published_case_that_is_changed_gets_a_version_as_by_saving() -> None:
    case, draft = make_case(), CaseStudyFactory(content=small_case(), status="draft")
    editor = UserFactory()
    apply(task("press", "machine", "case", whole_words=True), user=editor)
    case.refresh_from_db()
    assert case.content["brief"].startswith("The **machine shop**")
    first, latest = case.versions.order_by("number")
    assert (latest.content, latest.created_by) == (case.content, editor)
    assert first.content == small_case()
    assert (draft.history.first().history_user, draft.versions.count()) == (editor, 0)


def test_only_what_is_read_in_a_case_is_replaced() -> None:
    case = make_case()
    apply(task("overtime", "Saturday work", "case"))  # a title, and the key of its decision
    apply(task("late", "behind", "case"))  # labels and texts; a column, a chart and a question are called so
    case.refresh_from_db()
    stage = case.content["stages"][0]
    decision = stage["decisions"][0]
    assert (decision["key"], decision["title"]) == ("overtime", "Saturday work")
    assert stage["checkpoints"] == ["small-case-late"]
    chart = case.content["exhibits"][1]
    assert (chart["key"], chart["chart"]["y"]) == ("late-chart", ["orders", "late"])
    assert (chart["title"], case.content["exhibits"][0]["table"]["rows"]) == ("behind orders", ROWS)
    assert check_case(case.content) == check_case(small_case())


def test_a_case_that_would_break_is_named_with_the_place() -> None:
    case = make_case()
    with pytest.raises(ReplaceRefused) as refused:
        apply(task("Overtime", "", "case"))
    ((found, problem),) = refused.value.problems
    assert (found.obj, problem) == (case, "stages.0.decisions.0.title: “title” is missing. Add it.")
    assert case.versions.count() == 1


def test_a_hit_in_a_case_says_where_it_stands() -> None:
    make_case()
    (found,) = look(task("slowest press keeps", "", "case"))
    (hit,) = found.hits
    assert hit.label == "Stages 1, decisions 1, options 2, text"


def test_an_assessment_that_follows_from_a_case_is_left_out() -> None:
    run = make_run()
    Assessment.objects.filter(case=run.case).update(intro="zorp")
    own = AssessmentFactory(intro="zorp")
    assert [each.obj for each in look(task("zorp", "x", "assessment"))] == [own]


def test_many_objects_are_found_in_as_many_queries_as_few(django_assert_num_queries: Any) -> None:
    one_of_each(ModuleFactory())
    with django_assert_num_queries(len(KINDS)):
        assert count_of(look(task("zorp", "x"))) > 20
    for _ in range(3):
        one_of_each(ModuleFactory())
    with django_assert_num_queries(len(KINDS)):
        look(task("zorp", "x"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(words=st.lists(st.sampled_from(["flow", "Flow", "rate", "{flow}", "`flow`", "\n\n"]), min_size=1))
def test_replacing_and_replacing_back_restores_every_text(db: None, words: list[str]) -> None:
    text = " ".join(["x", *words, "x"])
    concept = ConceptFactory(body=text)
    question = QuestionFactory(content={"stem": text})
    for old, new in (("flow", "stream"), ("stream", "flow")):
        apply(task(old, new, "concept question", match_case=True))
    concept.refresh_from_db()
    question.refresh_from_db()
    assert (concept.body, question.content) == (text, {"stem": text})
