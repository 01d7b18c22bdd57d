"""Item analysis of one question: by test, by version, by variant, and what was answered.

Two kinds of answers are kept apart. In tests: first attempts, where a total says who knows more. Elsewhere
(practice, reviews, quick checks): the first answer of each learner, which has a facility and a distribution
but, having no total, no discrimination.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Avg, Count, QuerySet

from assessments.item_analysis import ItemSums, Why
from assessments.item_verdicts import LEAST, Finding, judge
from assessments.models import Assessment, AttemptItem, Question, QuestionVersion
from assessments.selectors.choice_counts import Slip, Spread, slips_of, spread_of
from assessments.selectors.item_analysis import add_seconds, grouped, no_total_in
from assessments.selectors.item_scope import Scope, counted_items, first_answers

TESTS, PRACTICE = "tests", "practice"
MOST_VARIANTS = 20
CHUNK = 2000  # rows at a time: each learner may have had figures of their own


@dataclass(frozen=True)
class Part:
    """One test or one version, by its name."""

    key: int
    name: str
    sums: ItemSums

    @property
    def findings(self) -> list[Finding]:
        return judge(self.sums)


@dataclass(frozen=True)
class Variant:
    """One set of drawn figures; ``facility`` in per cent."""

    name: str
    count: int
    facility: float


@dataclass(frozen=True)
class QuestionAnalysis:
    """All that the page of a question shows."""

    question: Question
    scope: Scope
    source: str
    sums: ItemSums
    elsewhere: int  # answers of the other kind
    tests: list[Part] = field(default_factory=list)
    versions: list[Part] = field(default_factory=list)
    variants: list[Variant] = field(default_factory=list)
    variant_count: int = 0
    spread_version: int = 0
    spread: Spread = field(default_factory=lambda: Spread([]))
    slips: list[Slip] = field(default_factory=list)

    @property
    def findings(self) -> list[Finding]:
        """Of the question in all; in several tests also what each of them says of its discrimination."""
        if len(self.tests) < 2:
            return judge(self.sums)
        fixed = [test.sums for test in self.tests if test.sums.no_rest is not Why.ADAPTIVE]
        if fixed and len(fixed) < len(self.tests):  # a diagnostic is no reason to judge it otherwise
            return judge(max(fixed, key=lambda sums: sums.n))
        weak = [finding for test in self.tests for finding in test.findings if finding.state == "bad"]
        return weak[:1] or judge(self.sums)

    @property
    def in_tests(self) -> bool:
        return self.source == TESTS


def question_analysis(question: Question, scope: Scope, source: str = "") -> QuestionAnalysis:
    """The analysis of a question: a fixed number of queries, whatever it was asked in.

    ``source`` is "tests" or "practice"; by itself it is tests, unless these are too few to judge and practice
    has more. In the scope of an assessment there is only that.
    """
    in_tests = counted_items(scope, question)
    if scope.assessment is not None:
        return _analysis(question, scope, _source(scope.assessment), in_tests, 0)
    elsewhere = first_answers(question, scope)
    if source == PRACTICE:
        return _analysis(question, scope, PRACTICE, elsewhere, in_tests.count())
    others = elsewhere.count()
    enough = min(LEAST, others)  # no need to count the rest of them: that is done with what they scored
    if source == TESTS or in_tests[:enough].count() >= enough:
        return _analysis(question, scope, TESTS, in_tests, others)
    return _analysis(question, scope, PRACTICE, elsewhere, in_tests.count())


def _source(assessment: Assessment) -> str:
    return PRACTICE if assessment.gives_feedback_at_once else TESTS


def _analysis(
    question: Question, scope: Scope, source: str, items: QuerySet[AttemptItem], elsewhere: int
) -> QuestionAnalysis:
    tests: dict[int, ItemSums] = {}
    versions: dict[int, ItemSums] = {}
    no_rest = Why.NO_TOTAL if source == PRACTICE else None
    whole = ItemSums(no_rest)
    for group in grouped(items, "attempt__assessment", "version__number", "attempt__kind"):
        group.into(whole)
        group.into(versions.setdefault(group.keys[1], ItemSums(no_rest)))
        if source == TESTS:
            group.into(tests.setdefault(group.keys[0], ItemSums(no_total_in(group.keys[2]))))
    are_adaptive = bool(tests) and all(sums.no_rest is Why.ADAPTIVE for sums in tests.values())
    if len(tests) > 1 or are_adaptive:
        for sums in (whole, *versions.values()):
            sums.drop_rest(Why.ADAPTIVE if are_adaptive else Why.SEVERAL)
    add_seconds(items, "version__question", {question.pk: whole})
    titles = dict(Assessment.objects.filter(pk__in=tests).values_list("pk", "title"))
    shown = scope.version or max(versions, default=0)
    version = QuestionVersion.objects.filter(question=question, number=shown).first()
    variants, count = _variants(items, version)
    return QuestionAnalysis(
        question=question,
        scope=scope,
        source=source,
        sums=whole,
        elsewhere=elsewhere,
        tests=[Part(pk, titles[pk], tests[pk]) for pk in sorted(tests, key=lambda pk: titles[pk])],
        versions=[Part(number, str(number), versions[number]) for number in sorted(versions)],
        variants=variants,
        variant_count=count,
        spread_version=shown,
        spread=spread_of(items, version) if version and versions else Spread([]),
        slips=slips_of(items),
    )


def _variants(items: QuerySet[AttemptItem], version: QuestionVersion | None) -> tuple[list[Variant], int]:
    """The most frequent sets of figures of one version, and how many sets there were. One query."""
    if version is None or not version.kind.parametric:
        return [], 0
    marked = items.filter(version=version, score__isnull=False)
    rows = marked.values_list("values").annotate(n=Count("pk"), mean=Avg("score")).order_by("-n", "mean")
    counts: Counter[str] = Counter()
    earned: Counter[str] = Counter()
    different = 0
    for different, (values, n, mean) in enumerate(rows.iterator(CHUNK), start=1):
        if different <= MOST_VARIANTS:
            name = version.kind.variant_key(version.content, values).replace(";", ", ").replace("=", " = ")
            counts[name] += n
            earned[name] += n * mean
    variants = [Variant(name, n, 100 * earned[name] / n) for name, n in counts.most_common()]
    return variants, different
