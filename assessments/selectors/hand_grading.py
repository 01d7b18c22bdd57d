"""Written answers as those who grade them see them: how many wait, which, and the one that is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.translation import gettext as _

from assessments.models import Assessment, AttemptItem, Cohort, HandGrade, Membership
from assessments.questions.base import Criterion
from assessments.questions.rubric import most_points, points_of, rubric_of
from assessments.questions.written import count_words, text_of
from concepts.figures import format_number
from concepts.models import CaseStudy

PER_PAGE = 25
WAITING = Q(item__score__isnull=True)
_ORDER = ("item__version__question", "pk")


def handed_in(cohort: Cohort, assessment: int | None = None) -> QuerySet[HandGrade]:
    """The written answers of those who learn in a cohort; previews and void questions need nobody."""
    grades = HandGrade.objects.filter(
        learner__memberships__cohort=cohort,
        learner__memberships__role=Membership.Role.LEARNER,
        item__attempt__assessment__isnull=False,
        item__attempt__is_preview=False,
        item__void="",
    )
    return grades if assessment is None else grades.filter(item__attempt__assessment=assessment)


@dataclass(frozen=True)
class Waiting:
    """The written answers of a cohort, counted."""

    waiting: int
    graded: int

    @property
    def total(self) -> int:
        return self.waiting + self.graded


def waiting_in(cohort: Cohort) -> Waiting:
    """How many answers of a cohort wait, and how many are graded. One query."""
    return _counted(handed_in(cohort))


def handed_in_to(cohort: Cohort, case: CaseStudy) -> Waiting:
    """The same of the recommendations of one case. One query."""
    return _counted(handed_in(cohort).filter(item__attempt__assessment__case=case))


def _counted(grades: QuerySet[HandGrade]) -> Waiting:
    counts = grades.aggregate(waiting=Count("pk", filter=WAITING), total=Count("pk"))
    return Waiting(counts["waiting"], counts["total"] - counts["waiting"])


@dataclass(frozen=True)
class Pile:
    """The written answers to one assessment."""

    slug: str
    title: str
    waiting: int
    graded: int
    oldest: datetime | None
    latest: datetime

    @property
    def total(self) -> int:
        return self.waiting + self.graded


def piles(cohort: Cohort, page: str) -> Page[Pile]:
    """By assessment, what waits longest first."""
    there = "item__attempt__assessment"
    rows = (
        handed_in(cohort)
        .order_by()
        .values(f"{there}__slug", f"{there}__title")
        .annotate(
            waiting=Count("pk", filter=WAITING),
            total=Count("pk"),
            oldest=Min("at", filter=WAITING),
            latest=Max("at"),
        )
        .order_by("oldest", "-latest", f"{there}__slug")
    )
    listed = [
        Pile(
            row[f"{there}__slug"],
            row[f"{there}__title"],
            row["waiting"],
            row["total"] - row["waiting"],
            row["oldest"],
            row["latest"],
        )
        for row in rows
    ]
    listed.sort(key=lambda pile: pile.waiting == 0)
    return Paginator(listed, PER_PAGE).get_page(page)


@dataclass(frozen=True)
class Line:
    """One answer in the list of a pile."""

    item: int
    who: str
    learner: int
    title: str
    words: int
    at: datetime
    score: float | None
    most: float
    has_ticks: bool

    @property
    def points(self) -> str:
        return format_number((self.score or 0) * self.most, decimals=1)

    @property
    def of(self) -> str:
        return format_number(self.most)


def numbers_of(learners: Sequence[int], assessment: int) -> dict[int, int]:
    """A number for each learner under which their answers to an assessment stand: it never changes, says
    nothing of who it is, and is another one in another assessment.
    """
    mine = HandGrade.objects.filter(
        item__attempt__learner__in=learners, item__attempt__assessment=assessment
    ).order_by()
    return dict(mine.values_list("item__attempt__learner").annotate(Min("pk")))


def lines_of(grades: Sequence[HandGrade], assessment: Assessment, names: dict[int, str]) -> list[Line]:
    """The answers of a page of a pile: by number, or by name where the names are given."""
    numbers = numbers_of([grade.item.attempt.learner_id for grade in grades], assessment.pk)
    return [_line(grade, numbers, names) for grade in grades]


def _line(grade: HandGrade, numbers: dict[int, int], names: dict[int, str]) -> Line:
    item = grade.item
    learner = item.attempt.learner_id
    return Line(
        item.pk,
        names.get(learner) or str(numbers[learner]),
        learner,
        item.version.title,
        count_words(text_of(item.answer)),
        grade.at,
        item.score,
        most_points(item.marking.content),
        bool(grade.ticks),
    )


def pile_page(cohort: Cohort, assessment: Assessment, page: str) -> Page[Any]:
    """The answers of a pile, those that wait first, in the order in which they are graded."""
    grades = handed_in(cohort, assessment.pk).select_related(
        "item__attempt__learner__user", "item__version", "item__key_version"
    )
    ordered = grades.annotate(is_done=Q(item__score__isnull=False)).order_by("is_done", *_ORDER)
    return Paginator(ordered, PER_PAGE).get_page(page)


@dataclass(frozen=True)
class Place:
    """Where an answer stands in its pile, and its neighbours (keys of items)."""

    number: int
    total: int
    waiting: int
    previous: int | None
    following: int | None


def place_of(cohort: Cohort, grade: HandGrade, assessment: int) -> Place:
    """The place of an answer in the order of its pile, question by question."""
    pile = handed_in(cohort, assessment)
    before, after = _before(grade), _after(grade)
    counts = pile.aggregate(
        total=Count("pk"), before=Count("pk", filter=before), waiting=Count("pk", filter=WAITING)
    )
    ordered = pile.order_by(*_ORDER).values_list("item", flat=True)
    return Place(
        counts["before"] + 1,
        counts["total"],
        counts["waiting"],
        ordered.filter(before).reverse().first(),
        ordered.filter(after).first(),
    )


def next_waiting(cohort: Cohort, grade: HandGrade, assessment: int) -> int | None:
    """The answer to grade after this one: the next that waits, beginning again after the last."""
    waiting = handed_in(cohort, assessment).filter(WAITING).exclude(pk=grade.pk)
    ordered = waiting.order_by(*_ORDER).values_list("item", flat=True)
    return ordered.filter(_after(grade)).first() or ordered.first()


def first_of(cohort: Cohort, assessment: int) -> int | None:
    """The answer with which grading an assessment begins."""
    return (
        handed_in(cohort, assessment).filter(WAITING).order_by(*_ORDER).values_list("item", flat=True).first()
    )


def _before(grade: HandGrade) -> Q:
    question = grade.item.version.question_id
    return Q(item__version__question__lt=question) | Q(item__version__question=question, pk__lt=grade.pk)


def _after(grade: HandGrade) -> Q:
    question = grade.item.version.question_id
    return Q(item__version__question__gt=question) | Q(item__version__question=question, pk__gt=grade.pk)


@dataclass(frozen=True)
class Sheet:
    """An answer with its rubric, to be graded. ``number`` stands for the learner while names are hidden."""

    grade: HandGrade
    place: Place
    number: int

    @property
    def item(self) -> AttemptItem:
        return self.grade.item

    @property
    def assessment(self) -> Assessment:
        assessment = self.item.attempt.assessment
        assert assessment is not None  # noqa: S101 - handed_in() asks for it
        return assessment

    @property
    def text(self) -> str:
        return text_of(self.item.answer)

    @property
    def words(self) -> int:
        return count_words(self.text)

    @property
    def rubric(self) -> tuple[Criterion, ...]:
        return rubric_of(self.item.marking.content)

    @property
    def most(self) -> float:
        return most_points(self.item.marking.content)

    @property
    def points(self) -> float:
        return points_of(self.item.marking.content, self.grade.ticks)


def grade_in(cohort: Cohort) -> QuerySet[HandGrade]:
    """What a page of one answer needs of it."""
    return handed_in(cohort).select_related(
        "grader",
        "item__attempt__learner__user",
        "item__attempt__assessment",
        "item__version__objective",
        "item__key_version",
    )


def sheet_of(cohort: Cohort, grade: HandGrade) -> Sheet:
    """One answer, where it stands, and under which number."""
    attempt = grade.item.attempt
    assessment = attempt.assessment_id or 0
    numbers = numbers_of([attempt.learner_id], assessment)
    return Sheet(grade, place_of(cohort, grade, assessment), numbers[attempt.learner_id])


def shown_as(grade: HandGrade) -> str:
    """What stands for the learner of an answer while names are hidden."""
    attempt = grade.item.attempt
    number = numbers_of([attempt.learner_id], attempt.assessment_id or 0)[attempt.learner_id]
    return _("Learner %(number)s") % {"number": number}
