"""The pages of item analysis in words and tables: of an assessment, and the list of those of a cohort."""

from collections.abc import Callable

from django.db.models import Avg, Count, F
from django.db.models.functions import NullIf
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.item_analysis import Totals
from assessments.item_verdicts import caution, reason
from assessments.models import Attempt, Cohort
from assessments.selectors.analysis_tables import (
    AnalysisPage,
    Figure,
    Table,
    count,
    figure,
    item_cells,
    item_heads,
    word,
)
from assessments.selectors.item_analysis import AssessmentAnalysis, QuestionRow
from assessments.selectors.item_scope import TESTS, Scope, counted_attempts
from assessments.wording import begin_sentence, count_word

Address = Callable[[int], str]


def assessment_page(found: AssessmentAnalysis, address: Address) -> AnalysisPage:
    """The page of an assessment; ``address`` leads to the page of a question."""
    assessment = found.scope.assessment
    title = assessment.title if assessment else ""
    if not found.totals.n:
        return AnalysisPage(_("Nobody has finished it yet"), whose(found.scope), title, empty=_nothing())
    tests = found.has_totals
    alpha = [_("α without it")] if tests else []
    heads = [_("Question"), *item_heads(in_tests=tests), *alpha, _("Median seconds")]
    rows = [
        [
            word(row.title, url=address(row.pk), sub=row.code),
            *item_cells(row.sums, row.findings, in_tests=tests),
            *([figure(row.without, 2)] if tests else []),
            figure(row.sums.seconds.median()),
        ]
        for row in sorted(found.rows, key=_gravity)
    ]
    return AnalysisPage(
        heading=_to_look_at(found),
        lede=whose(found.scope),
        name=title,
        figures=_whole_figures(found),
        findings=[found.finding] if tests or found.is_adaptive else [],
        caution=caution(found.totals.n),
        tables=[Table("questions", _("Questions"), heads, rows, _note(found))],
    )


def _note(found: AssessmentAnalysis) -> str:
    """Why less is said of the questions of a practice or a diagnostic."""
    if found.is_adaptive:
        return _(
            "The questions were drawn adaptively: one of each module, and more where the answers were right. "
            "So facility is of those who were asked, and nothing is said of discrimination."
        )
    if not found.has_totals:
        return _("Practice gives feedback after each answer, so it has no total to compare scores with.")
    return ""


def _gravity(row: QuestionRow) -> int:
    """What needs a look comes first; the rest stays in the order of the course."""
    states = [finding.state for finding in row.findings]
    return 0 if "bad" in states else 1 if "warn" in states else 2


def _to_look_at(found: AssessmentAnalysis) -> str:
    total = len(found.rows)
    if not found.to_look_at and found.is_adaptive:
        return _("Everybody was asked other questions")
    if not found.to_look_at:
        return _("No question stands out")
    said = ngettext(
        "%(count)s of %(total)s questions needs a look",
        "%(count)s of %(total)s questions need a look",
        found.to_look_at,
    )
    return said % {"count": begin_sentence(count_word(found.to_look_at)), "total": count_word(total)}


def _nothing() -> str:
    return _(
        "Here will stand how hard each question was and how well it parts those who know from those who do "
        "not, as soon as somebody has finished a first attempt."
    )


def whose(scope: Scope) -> str:
    """Whose answers are looked at, in a sentence."""
    if scope.cohort is not None:
        return _("First attempts of the learners of %(cohort)s.") % {"cohort": scope.cohort.name}
    return _("First attempts of all learners; previews, staff and instructors are left out.")


def _whole_figures(found: AssessmentAnalysis) -> list[Figure]:
    totals, whole = found.totals, found.reliability
    if found.is_adaptive:  # who knows more is asked more: a mean of their marks says nothing
        asked = Figure(_("Questions asked"), figure(found.asked_on_average, 1), _("on average"))
        return [Figure(_("First attempts"), count(totals.n)), asked]
    shared = [Figure(_("First attempts"), count(totals.n)), *_mean_figures(totals)]
    if not found.has_totals:
        return shared
    why = reason(whole.why_not) if whole.why_not else ""
    return [
        *shared,
        Figure(_("Cronbach’s α"), figure(whole.alpha, 2), why),
        Figure(_("Standard error"), figure(whole.standard_error, 2, _("marks"))),
    ]


def _mean_figures(totals: Totals) -> list[Figure]:
    """In marks where all attempts have as many, else in per cent."""
    if totals.of.varies:
        return [
            Figure(_("Mean"), figure(totals.percent.mean, 1, "%")),
            Figure(_("Standard deviation"), figure(totals.percent.sd, 1, "%")),
        ]
    of = _("of %(most)s marks, %(percent)s %%") % {
        "most": figure(totals.of.mean, 1).shown.removesuffix(".0"),
        "percent": figure(totals.percent.mean).shown,
    }
    return [
        Figure(_("Mean"), figure(totals.marks.mean, 2, _("marks")), of),
        Figure(_("Standard deviation"), figure(totals.marks.sd, 2, _("marks"))),
    ]


def cohort_page(cohort: Cohort) -> AnalysisPage:
    """The assessments of which learners of a cohort have finished a first attempt. One query."""
    share = 100 * F("score") / NullIf(F("max_score"), 0.0)
    kinds = (*TESTS, Attempt.Kind.PRACTICE)
    found = (
        counted_attempts(Scope(cohort=cohort), kinds)
        .filter(kind=F("assessment__mode"))
        .values_list("assessment__title", "assessment__slug", "kind")
        .annotate(attempts=Count("pk"), mean=Avg(share))
        .order_by("assessment__title", "kind")
    )
    rows = [
        [
            word(title, url=reverse("assessments:cohort_analysis", args=[cohort.pk, slug])),
            word(str(Attempt.Kind(kind).label)),
            count(attempts),
            figure(None if kind == Attempt.Kind.DIAGNOSTIC else mean, 1),
        ]
        for title, slug, kind, attempts, mean in found
    ]
    if not rows:
        return AnalysisPage(
            _("Nobody has finished anything yet"), whose(Scope(cohort=cohort)), cohort.name, empty=_nothing()
        )
    said = ngettext(
        "%(count)s practice or test to look into", "%(count)s practices and tests to look into", len(rows)
    )
    heads = [_("Practice or test"), _("Kind"), _("First attempts"), _("Mean %")]
    return AnalysisPage(
        heading=said % {"count": begin_sentence(count_word(len(rows)))},
        lede=whose(Scope(cohort=cohort)),
        name=cohort.name,
        tables=[Table("assessments", _("Practices and tests"), heads, rows)],
    )
