"""Rows for tests: each factory makes the smallest thing that is valid."""

from datetime import timedelta
from typing import Any

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from factory.django import DjangoModelFactory

from assessments.models import (
    Assessment,
    AssessmentPart,
    Assignment,
    Attempt,
    AttemptItem,
    Cohort,
    CorrectedItem,
    Correction,
    Evidence,
    Extension,
    HandGrade,
    JoinLink,
    Learner,
    Membership,
    Misconception,
    ObjectiveState,
    Question,
    QuestionVersion,
    SkillRating,
)
from assessments.services.bank import publish_question
from concepts.models import (
    CaseStudy,
    Comparison,
    ComparisonRow,
    Concept,
    LearningPath,
    Metric,
    MetricInput,
    Module,
    Objective,
    PathStep,
    Picture,
    PreparedChange,
    Skill,
    Source,
    Term,
)
from concepts.models.base import Publishable

PASSWORD = "a-long-enough-secret"
PUBLISHED = Publishable.Status.PUBLISHED


class UserFactory(DjangoModelFactory):
    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    first_name = "Maren"
    last_name = factory.Sequence(lambda n: f"Lindqvist {n}")
    password = factory.django.Password(PASSWORD)


class LearnerFactory(DjangoModelFactory):
    class Meta:
        model = Learner

    user = factory.SubFactory(UserFactory)


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = Source

    key = factory.Sequence(lambda n: f"T{n}")
    title = "A textbook"


class ModuleFactory(DjangoModelFactory):
    class Meta:
        model = Module

    slug = factory.Sequence(lambda n: f"module-{n}")
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Module {n}")
    summary = "What it is about."
    status = PUBLISHED


class ConceptFactory(DjangoModelFactory):
    class Meta:
        model = Concept

    module = factory.SubFactory(ModuleFactory)
    slug = factory.Sequence(lambda n: f"concept-{n}")
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Concept {n}")
    summary = "The lede."
    body = "## A heading\n\nA paragraph."
    status = PUBLISHED


class ObjectiveFactory(DjangoModelFactory):
    class Meta:
        model = Objective

    code = factory.Sequence(
        lambda n: f"{'ABCDEFGHIJ'[n // 90 % 10]}{'ABCDEFGHIJ'[n // 900 % 10]}X-{n % 90 + 1}"
    )
    title = "Throughput"
    statement = "compute throughput from a count and a time"
    concept = factory.SubFactory(ConceptFactory)


class ComparisonFactory(DjangoModelFactory):
    class Meta:
        model = Comparison

    module = factory.SubFactory(ModuleFactory)
    slug = factory.Sequence(lambda n: f"comparison-{n}")
    title = "Two disciplines"
    summary = "One is part of the other."
    left = "Production management"
    right = "Operations management"
    status = PUBLISHED


class ComparisonRowFactory(DjangoModelFactory):
    class Meta:
        model = ComparisonRow

    comparison = factory.SubFactory(ComparisonFactory)
    position = factory.Sequence(lambda n: n + 1)
    anchor = factory.Sequence(lambda n: f"row-{n}")
    aspect = factory.Sequence(lambda n: f"Aspect {n}")
    left = "The making of goods"
    right = "The whole operation"
    explanation = "Because one is part of the other."
    objective = factory.SubFactory(
        ObjectiveFactory, concept=None, comparison=factory.SelfAttribute("..comparison")
    )


class MetricFactory(DjangoModelFactory):
    class Meta:
        model = Metric
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"measure-{n}")
    name = factory.Sequence(lambda n: f"Measure {n}")
    concept = factory.SubFactory(ConceptFactory)
    summary = "Good units in a stretch of time."
    formula = "units / hours"
    formula_text = "throughput = {good units} / {hours}"
    unit = "units / h"
    reading = "More is better."
    status = PUBLISHED

    @factory.post_generation
    def inputs(obj: Metric, create: bool, extracted: object, **_: object) -> None:  # noqa: N805
        if create and extracted is None:
            MetricInput.objects.create(metric=obj, name="units", label="Good units", minimum=0, default=5400)
            MetricInput.objects.create(
                metric=obj,
                name="hours",
                label="Hours",
                unit="h",
                minimum=0,
                above_minimum=True,
                default=7.5,
                position=2,
            )


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term

    slug = factory.Sequence(lambda n: f"term-{n}")
    name = factory.Sequence(lambda n: f"Term {n}")
    definition = "What the word means."
    status = PUBLISHED


class PictureFactory(DjangoModelFactory):
    class Meta:
        model = Picture

    slug = factory.Sequence(lambda n: f"picture-{n}")
    alt = "A line of three machines; the second one is the slowest."
    drawing = (
        '<svg viewBox="0 0 400 100"><rect class="d-box" x="10" y="10" width="80" height="40"></rect></svg>'
    )
    width = 400
    height = 100


class LearningPathFactory(DjangoModelFactory):
    class Meta:
        model = LearningPath

    slug = factory.Sequence(lambda n: f"path-{n}")
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Path {n}")
    audience = "people who run a line for the first time"
    summary = "The floor first, the business around it after."
    status = PUBLISHED


class PathStepFactory(DjangoModelFactory):
    class Meta:
        model = PathStep

    path = factory.SubFactory(LearningPathFactory)
    position = factory.Sequence(lambda n: n + 1)
    module = factory.SubFactory(ModuleFactory)
    why = "You need its words first."


class SkillFactory(DjangoModelFactory):
    class Meta:
        model = Skill

    slug = factory.Sequence(lambda n: f"skill-{n}")
    position = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence(lambda n: f"Skill {n}")
    description = "Settles a quarrel before it costs a day."
    concept = factory.SubFactory(ConceptFactory)


class SkillRatingFactory(DjangoModelFactory):
    class Meta:
        model = SkillRating

    learner = factory.SubFactory(LearnerFactory)
    skill = factory.SubFactory(SkillFactory)
    level = SkillRating.Level.WITH_HELP
    at = factory.LazyFunction(timezone.now)


class PreparedChangeFactory(DjangoModelFactory):
    class Meta:
        model = PreparedChange

    content = factory.SubFactory(ConceptFactory)
    typed = factory.LazyFunction(dict)
    stamp = "1"


class MisconceptionFactory(DjangoModelFactory):
    class Meta:
        model = Misconception

    slug = factory.Sequence(lambda n: f"misconception-{n}")
    name = factory.Sequence(lambda n: f"Misconception {n}")
    explanation = "What the slip is."


def single_choice() -> dict[str, object]:
    """A single choice whose right answer is the first choice written, key "a"."""
    return {
        "stem": "A press makes the same parts in less time. What happens to its throughput?",
        "explanation": "The same count is divided by less time.",
        "choices": [
            {"text": "It rises", "right": True},
            {"text": "It falls", "feedback": "That is the time for each part."},
            {"text": "It stays", "feedback": "The time matters as well as the count."},
        ],
    }


def numeric() -> dict[str, object]:
    """A parametric question: units divided by hours, with the inverted slip detected."""
    return {
        "stem": "A cell made {units} good parts in {hours} hours. What was its throughput?",
        "explanation": "{units} ÷ {hours} = {answer}.",
        "label": "Throughput",
        "parameters": {
            "units": {"from": 600, "to": 2400, "step": 10},
            "hours": {"values": [2, 4, 5, 8]},
        },
        "answer": "units / hours",
        "unit": "parts / h",
        "tolerance": "1 %",
        "slips": [
            {
                "misconception": "time-divided-by-units",
                "answer": "hours / units",
                "feedback": "You divided time by units.",
            }
        ],
    }


def written() -> dict[str, object]:
    """A written question: two criteria, ten points in all."""
    return {
        "stem": "A press is made faster, and the orders are still late. Say why.",
        "explanation": "The orders wait for something else.",
        "words": {"from": 5, "to": 20},
        "rubric": [
            {
                "name": "reason",
                "label": "The reason",
                "levels": [
                    {"label": "Complete", "points": 6, "description": "Names what the orders wait for."},
                    {"label": "Partly", "points": 3, "description": "Says that they wait."},
                    {"label": "Missing", "points": 0, "description": "Blames the press."},
                ],
            },
            {
                "name": "words",
                "label": "The words",
                "levels": [
                    {"label": "Plain", "points": 4, "description": "Anybody can follow."},
                    {"label": "Dark", "points": 0, "description": "Nobody can."},
                ],
            },
        ],
    }


CONTENTS = {"numeric": numeric, "written": written}


class QuestionFactory(DjangoModelFactory):
    """A draft; pass ``publish=True`` for one that learners are asked."""

    class Meta:
        model = Question
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"question-{n}")
    objective = factory.SubFactory(ObjectiveFactory)
    type = "single_choice"
    title = factory.Sequence(lambda n: f"Question {n}")
    content = factory.LazyAttribute(lambda q: CONTENTS.get(q.type, single_choice)())

    @factory.post_generation
    def publish(obj: Question, create: bool, extracted: object, **_: object) -> None:  # noqa: N805
        if create and extracted:
            publish_question(question=obj)


class VersionFactory(DjangoModelFactory):
    class Meta:
        model = QuestionVersion

    question = factory.SubFactory(QuestionFactory)
    number = factory.Sequence(lambda n: n + 1)
    objective = factory.SelfAttribute("question.objective")
    type = factory.SelfAttribute("question.type")
    title = factory.SelfAttribute("question.title")
    content = factory.SelfAttribute("question.content")


class AssessmentFactory(DjangoModelFactory):
    class Meta:
        model = Assessment

    slug = factory.Sequence(lambda n: f"assessment-{n}")
    title = factory.Sequence(lambda n: f"Assessment {n}")
    concept = factory.SubFactory(ConceptFactory)
    status = PUBLISHED


class PartFactory(DjangoModelFactory):
    class Meta:
        model = AssessmentPart

    assessment = factory.SubFactory(AssessmentFactory)
    position = factory.Sequence(lambda n: n + 1)
    objective = factory.SubFactory(ObjectiveFactory)


class AttemptFactory(DjangoModelFactory):
    class Meta:
        model = Attempt

    learner = factory.SubFactory(LearnerFactory)
    assessment = factory.SubFactory(AssessmentFactory)
    kind = factory.LazyAttribute(lambda attempt: attempt.assessment.mode if attempt.assessment else "review")
    started_at = factory.LazyFunction(timezone.now)


class ExtensionFactory(DjangoModelFactory):
    class Meta:
        model = Extension

    assessment = factory.SubFactory(AssessmentFactory, time_limit=20)
    learner = factory.SubFactory(LearnerFactory)
    extra_minutes = 10


class ItemFactory(DjangoModelFactory):
    class Meta:
        model = AttemptItem

    attempt = factory.SubFactory(AttemptFactory)
    position = factory.Sequence(lambda n: n + 1)
    version = factory.SubFactory(VersionFactory)
    seed = 1
    values = factory.LazyAttribute(lambda item: item.version.kind.draw(item.version.content, item.seed))


class HandGradeFactory(DjangoModelFactory):
    """A written answer that waits for a person."""

    class Meta:
        model = HandGrade

    item = factory.SubFactory(ItemFactory)
    learner = factory.SelfAttribute("item.attempt.learner")
    at = factory.LazyFunction(timezone.now)


class EvidenceFactory(DjangoModelFactory):
    class Meta:
        model = Evidence

    item = factory.SubFactory(ItemFactory)
    learner = factory.SelfAttribute("item.attempt.learner")
    question = factory.SelfAttribute("item.version.question")
    objective = factory.SelfAttribute("item.version.objective")
    origin = "practice"
    score = 1.0
    variant = factory.Sequence(lambda n: f"variant-{n}")
    at = factory.LazyFunction(timezone.now)


class CorrectionFactory(DjangoModelFactory):
    """A question left out of the marks; a corrected key needs a version besides."""

    class Meta:
        model = Correction

    question = factory.SubFactory(QuestionFactory)
    kind = "out"
    reason = "It could be read in two ways."
    at = factory.LazyFunction(timezone.now)


class CorrectedItemFactory(DjangoModelFactory):
    class Meta:
        model = CorrectedItem

    item = factory.SubFactory(ItemFactory)
    correction = factory.SubFactory(
        CorrectionFactory, question=factory.SelfAttribute("..item.version.question")
    )


class StateFactory(DjangoModelFactory):
    class Meta:
        model = ObjectiveState

    learner = factory.SubFactory(LearnerFactory)
    objective = factory.SubFactory(ObjectiveFactory)


class CohortFactory(DjangoModelFactory):
    class Meta:
        model = Cohort

    name = factory.Sequence(lambda n: f"Plant supervisors {n}")


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    cohort = factory.SubFactory(CohortFactory)
    learner = factory.SubFactory(LearnerFactory)


class JoinLinkFactory(DjangoModelFactory):
    class Meta:
        model = JoinLink

    cohort = factory.SubFactory(CohortFactory)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))


def practice_set(
    questions: int = 2, *, mode: str = "practice", type: str = "single_choice", **options: object
) -> Assessment:
    """A published assessment that asks so many published questions of one objective."""
    objective = ObjectiveFactory()
    QuestionFactory.create_batch(questions, objective=objective, type=type, publish=True)
    assessment: Assessment = AssessmentFactory(concept=objective.concept, mode=mode, **options)
    PartFactory(assessment=assessment, objective=objective, count=questions)
    return assessment


def written_set(questions: int = 1, *, mode: str = "test", **options: object) -> Assessment:
    """A published assessment that asks so many written questions, each by its name."""
    objective = ObjectiveFactory()
    assessment: Assessment = AssessmentFactory(concept=objective.concept, mode=mode, shuffle=False, **options)
    for question in QuestionFactory.create_batch(
        questions, objective=objective, type="written", publish=True
    ):
        PartFactory(assessment=assessment, objective=None, question=question)
    return assessment


def make_editor() -> Any:
    """A member of the group Editors, who may see and change content and nobody's data."""
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name="Editors"))
    LearnerFactory(user=user)
    return user


class CaseStudyFactory(DjangoModelFactory):
    """A published case. Its content is empty: `tests.cases` has one that can be played."""

    class Meta:
        model = CaseStudy

    slug = factory.Sequence(lambda n: f"case-{n}")
    title = factory.Sequence(lambda n: f"The case {n}")
    summary = "A shop is late, and two managers see two causes."
    status = PUBLISHED


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = Assignment

    cohort = factory.SubFactory(CohortFactory)
    case = factory.SubFactory(CaseStudyFactory)
