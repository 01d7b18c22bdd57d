"""The whole chain of one lesson or comparison: from its text to what answers say of its questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from assessments.course_check import Finding
from assessments.course_check.lessons import reading_minutes
from assessments.models import Assessment, Misconception, Question
from assessments.selectors.coverage import Coverage, coverage_of
from assessments.selectors.question_figures import QuestionFigures, question_figures
from concepts.models import Comparison, Concept, Metric, Objective, PathStep, Picture, Term
from concepts.prose import Place, blocks_in, makeup, word_count
from concepts.rendering import course_links
from concepts.selectors.where_used import users_of


@dataclass(frozen=True)
class AskedLine:
    """A question, with what is known of it."""

    question: Question
    figures: QuestionFigures


@dataclass(frozen=True)
class Link:
    """One objective of the chain: what is asked about it, and what is missing."""

    objective: Objective
    coverage: Coverage
    questions: Sequence[AskedLine]
    findings: Sequence[Finding]


@dataclass(frozen=True)
class Chain:
    """Everything that hangs on a lesson or a comparison, and everything that it hangs on."""

    home: Any
    findings: Sequence[Finding]
    links: Sequence[Link]
    terms: Sequence[Term]
    pictures: Sequence[Picture]
    assessments: Sequence[Assessment]
    steps: Sequence[PathStep]
    named_in: Sequence[Any]
    words: int
    reads_in: int
    misconceptions: Sequence[Misconception] = ()
    metrics: Sequence[Metric] = ()
    before: Sequence[Concept] = ()
    after: Sequence[Concept] = ()

    @property
    def live(self) -> int:
        return sum(link.coverage.live for link in self.links)

    @property
    def asked(self) -> int:
        return sum(len(link.questions) for link in self.links)

    @property
    def answers(self) -> int:
        return sum(line.figures.answers for link in self.links for line in link.questions)


def chain_of(home: Concept | Comparison, findings: Sequence[Finding]) -> Chain:
    """The chain, with what the check of the course says of it: a fixed number of queries."""
    objectives = list(home.objectives.order_by("position", "code"))
    body = _texts_of(home)
    made = makeup(body)
    return Chain(
        home=home,
        findings=findings,
        links=_links(objectives, findings),
        terms=_terms(home, body),
        pictures=_pictures(body),
        assessments=_assessments(home, objectives),
        steps=list(
            PathStep.objects.filter(module=home.module).select_related("path").order_by("path__position")
        ),
        named_in=users_of([home]),
        words=word_count(made.texts(Place.PROSE)),
        reads_in=max(1, round(reading_minutes(made, blocks_in(body)["worked"]))),
        **(_of_lesson(home) if isinstance(home, Concept) else {}),
    )


def _of_lesson(lesson: Concept) -> dict[str, Any]:
    """What a comparison has none of."""
    return {
        "misconceptions": list(Misconception.objects.filter(concept=lesson)),
        "metrics": list(Metric.objects.filter(concept=lesson)),
        "before": list(lesson.prerequisites.all()),
        "after": list(Concept.objects.filter(prerequisites=lesson)),
    }


def _texts_of(home: Concept | Comparison) -> str:
    """All that is read: the lesson, or the explanations of all rows."""
    if isinstance(home, Concept):
        return home.body
    return "\n\n".join(home.rows.values_list("explanation", flat=True))


def _links(objectives: Sequence[Objective], findings: Sequence[Finding]) -> list[Link]:
    """Each objective with its questions: those that learners are asked come first."""
    questions = list(
        Question.objects.filter(objective__in=objectives).select_related("live").order_by("slug")
    )
    figures = question_figures(question.pk for question in questions)
    coverage = coverage_of(objective.pk for objective in objectives)
    found: dict[int, list[AskedLine]] = {}
    for question in sorted(questions, key=lambda one: not one.is_published):
        found.setdefault(question.objective_id, []).append(AskedLine(question, figures[question.pk]))
    return [
        Link(one, coverage[one.pk], found.get(one.pk, []), [each for each in findings if _about(each, one)])
        for one in objectives
    ]


def _about(finding: Finding, objective: Objective) -> bool:
    return finding.where.kind == "objective" and finding.where.pk == objective.pk


def _terms(home: Concept | Comparison, body: str) -> list[Term]:
    """Terms that are explained here, and those that the text links to."""
    named = {slug for kind, slug, _anchor in course_links(body) if kind == "term"}
    own = Q(concept=home.pk) if isinstance(home, Concept) else Q()
    return list(Term.objects.filter(Q(slug__in=named) | own if own else Q(slug__in=named)))


def _pictures(body: str) -> list[Picture]:
    shown = {slug for kind, slug, _anchor in course_links(body) if kind == "picture"}
    return list(Picture.objects.filter(slug__in=shown).defer("drawing"))


def _assessments(home: Concept | Comparison, objectives: Sequence[Objective]) -> list[Assessment]:
    """Its own, and all that draw on its objectives or name a question about them."""
    own = Q(concept=home.pk) if isinstance(home, Concept) else Q(comparison=home.pk)
    drawn = Q(parts__objective__in=objectives) | Q(parts__question__objective__in=objectives)
    return list(Assessment.objects.filter(own | drawn).distinct().order_by("mode", "title"))
