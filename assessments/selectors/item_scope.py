"""Whose answers item analysis looks at, in one place: every figure of it is computed from these querysets.

Tests and diagnostics: the first attempt of each learner (the lowest number), once it is finished and marked.
Practice, reviews and quick checks: the first marked answer of each learner to the question. In both cases
without previews, without those who work in the admin or teach, and without what a correction made void.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Func, IntegerField, Min, OuterRef, QuerySet

from assessments.models import Assessment, Attempt, AttemptItem, Cohort, Membership, Question

TESTS = (Attempt.Kind.TEST, Attempt.Kind.DIAGNOSTIC)
MARKED = (Attempt.State.GRADED, Attempt.State.REGRADED, Attempt.State.EXPIRED)


@dataclass(frozen=True)
class Scope:
    """What to look at: one assessment or all of them, one cohort or everybody, all versions or one."""

    assessment: Assessment | None = None
    cohort: Cohort | None = None
    version: int | None = None  # the number of a question's version


class Seconds(Func):
    """The whole seconds from one moment to a later one, counted by the database."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "CAST(ROUND((julianday(%(expressions)s)) * 86400) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=") - julianday(", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "CAST(ROUND(EXTRACT(EPOCH FROM (%(expressions)s))) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=" - ", **context)


def counted_attempts(scope: Scope, kinds: Sequence[str] = TESTS) -> QuerySet[Attempt]:
    """First attempts of learners, finished and marked, at one assessment or at all of some kinds."""
    rows = _of_learners(Attempt.objects.filter(state__in=MARKED), scope, "learner")
    if scope.assessment is not None:
        rows = rows.filter(assessment=scope.assessment, kind=scope.assessment.mode)
    else:
        rows = rows.filter(kind__in=kinds)
    earlier = Attempt.objects.filter(
        learner=OuterRef("learner"),
        assessment=OuterRef("assessment"),
        is_preview=False,
        number__lt=OuterRef("number"),
    )
    return rows.filter(~Exists(earlier), score__isnull=False).order_by()


def counted_items(scope: Scope, question: Question | None = None) -> QuerySet[AttemptItem]:
    """The answers in those attempts that say something of their questions.

    A practice that asked a question again with other figures counts the first time only.
    """
    rows = _that_count(question, scope).filter(attempt__in=counted_attempts(scope).values("pk"))
    if scope.assessment is not None and scope.assessment.gives_feedback_at_once:
        again = AttemptItem.objects.filter(
            attempt=OuterRef("attempt"),
            version__question=OuterRef("version__question"),
            position__lt=OuterRef("position"),
        )
        rows = rows.filter(~Exists(again), score__isnull=False)
    return rows


def first_answers(question: Question, scope: Scope) -> QuerySet[AttemptItem]:
    """The first marked answer of each learner to a question outside tests."""
    return first_answers_to([question.pk], scope)


def first_answers_to(questions: Iterable[int], scope: Scope) -> QuerySet[AttemptItem]:
    """The first marked answer of each learner to each of these questions outside tests."""
    asked = list(questions)
    rows = _of_learners(AttemptItem.objects.exclude(attempt__kind__in=TESTS), scope, "attempt__learner")
    firsts = (
        rows.filter(version__question__in=asked, attempt__is_preview=False, score__isnull=False)
        .order_by()
        .values("attempt__learner", "version__question")
        .annotate(first=Min("pk"))
    )
    return _that_count(None, scope).filter(version__question__in=asked, pk__in=firsts.values("first"))


def _that_count(question: Question | None, scope: Scope) -> QuerySet[AttemptItem]:
    """Items that a correction has not made void."""
    rows = AttemptItem.objects.filter(void="").order_by()
    if question is not None:
        rows = rows.filter(version__question=question)
    return rows if scope.version is None else rows.filter(version__number=scope.version)


def _of_learners(rows: Any, scope: Scope, learner: str) -> Any:
    """Rows of those who learn: of a cohort or anywhere, but neither of staff nor of whoever teaches."""
    teaches = Membership.objects.filter(learner=OuterRef(learner), role=Membership.Role.INSTRUCTOR)
    rows = rows.filter(
        ~Exists(teaches), **{f"{learner}__user__is_staff": False, f"{learner}__user__is_superuser": False}
    )
    if scope.cohort is not None:
        members = Membership.objects.filter(cohort=scope.cohort, role=Membership.Role.LEARNER)
        rows = rows.filter(**{f"{learner}__in": members.values("learner")})
    return rows if learner != "learner" else rows.filter(is_preview=False)


def seconds_taken(rows: QuerySet[AttemptItem]) -> QuerySet[AttemptItem]:
    """Those whose time is known, with ``seconds``: from the first sight to the last saved answer.

    In a test one may look at other questions in between, so there it is the longest that it can have taken.
    """
    timed = rows.filter(answer__isnull=False, first_seen_at__isnull=False, saved_at__isnull=False)
    return timed.annotate(seconds=Seconds("saved_at", "first_seen_at"))
