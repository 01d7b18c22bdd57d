"""Item analysis: how hard a question was, and whether it parts those who know from those who do not.

Pure: fed with answers one by one or with groups of equal ones counted by the database, in any order. Each
question takes a fixed amount of memory however many answers there are. The definitions are those of Moodle's
quiz statistics report (docs.moodle.org, "Quiz report statistics" and "Quiz statistics calculations") and of
classical test theory (Lord & Novick 1968; Cronbach 1951). Variances and covariances divide by n − 1.

A figure that cannot be computed is None, and beside it stands a `Why`; no NaN and no zero in its place.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

SAME = 1e-9  # scores no further apart than this are equal: sums of thirds differ in the last digits
MOST_VALUES = 4096  # different values that a histogram keeps apart before it rounds more coarsely
FINEST = 9  # decimals


class Why(StrEnum):
    """Why a figure cannot be computed."""

    NOBODY = "nobody"  # no answer has a score
    ONE = "one"  # a single answer or attempt does not vary
    SAME_SCORE = "same score"  # everybody scored the same on the question
    SAME_REST = "same rest"  # everybody scored the same on all the other questions
    NO_TOTAL = "no total"  # practice and reviews: no total that scores could go with
    ADAPTIVE = "adaptive"  # what is asked depends on the answers before, so totals do not compare
    SEVERAL = "several"  # several tests, each with a total of its own
    ONE_QUESTION = "one question"
    DIFFERENT_QUESTIONS = "different questions"  # attempts do not share one set of questions and marks
    WAITING = "waiting"  # some answers have no score yet
    SAME_TOTAL = "same total"


class Histogram:
    """How often each value was met. Beyond ``MOST_VALUES`` different ones it rounds ever more coarsely."""

    def __init__(self) -> None:
        self.counts: Counter[float] = Counter()
        self.decimals = FINEST

    def add(self, value: float, weight: int = 1) -> None:
        self.counts[round(value, self.decimals)] += weight
        while len(self.counts) > MOST_VALUES:
            self.decimals -= 1
            coarser: Counter[float] = Counter()
            for known, count in self.counts.items():
                coarser[round(known, self.decimals)] += count
            self.counts = coarser

    def median(self) -> float | None:
        """The middle value, the mean of the two middle ones of an even number, None of nothing."""
        total = self.counts.total()
        if not total:
            return None
        places = ((total - 1) // 2, total // 2)
        found, passed = [], 0
        for value, count in sorted(self.counts.items()):
            found += [value for place in places if passed <= place < passed + count]
            passed += count
        return sum(found) / 2


@dataclass
class Moments:
    """Count, mean and sum of squared deviations of one variable, updated value by value (West 1979)."""

    n: int = 0
    mean: float = 0.0
    squares: float = 0.0
    low: float = math.inf
    high: float = -math.inf

    def add(self, value: float, weight: int = 1) -> None:
        self.n += weight
        distance = value - self.mean
        self.mean += weight * distance / self.n
        self.squares += weight * distance * (value - self.mean)
        self.low, self.high = min(self.low, value), max(self.high, value)

    @property
    def varies(self) -> bool:
        return self.high - self.low > SAME

    @property
    def variance(self) -> float | None:
        """Squared units of the variable; None of fewer than two values, exactly 0 of equal ones."""
        if self.n < 2:
            return None
        return self.squares / (self.n - 1) if self.varies else 0.0

    @property
    def sd(self) -> float | None:
        variance = self.variance
        return None if variance is None else math.sqrt(variance)


@dataclass
class ItemSums:
    """What was scored on one question, and on the rest of the attempts that asked it.

    ``earned`` is in marks, ``rest`` is the total of the attempt less ``earned``, ``share`` the score from 0
    to 1. A question left blank counts with score 0 and in ``blank``; one that waits for its marking counts in
    ``waiting`` alone. ``no_rest`` says why there is no total to compare with, where there is none.
    """

    no_rest: Why | None = None
    share: Moments = field(default_factory=Moments)
    earned: Moments = field(default_factory=Moments)
    rest: Moments = field(default_factory=Moments)
    marks: Moments = field(default_factory=Moments)
    seconds: Histogram = field(default_factory=Histogram)
    blank: int = 0
    waiting: int = 0
    _earned: Histogram = field(default_factory=Histogram)
    _rest: Histogram = field(default_factory=Histogram)
    _products: float = 0.0

    def add(
        self,
        score: float | None,
        rest: float | None = None,
        *,
        marks: float = 1,
        answered: bool = True,
        weight: int = 1,
    ) -> None:
        """Take in ``weight`` answers of this score (0 to 1), with ``rest`` marks on the other questions."""
        if score is None:
            self.waiting += weight
            return
        earned = score * marks
        self.blank += 0 if answered else weight
        self.share.add(score, weight)
        self.marks.add(marks, weight)
        distance = earned - self.earned.mean
        self.earned.add(earned, weight)
        if rest is not None and self.no_rest is None:
            self.rest.add(rest, weight)
            self._products += weight * distance * (rest - self.rest.mean)
            self._earned.add(earned, weight)
            self._rest.add(rest, weight)

    def drop_rest(self, why: Why) -> None:
        """Forget what was scored on the rest: it turned out that there is no one total to compare with."""
        self.no_rest, self._products = why, 0.0
        self.rest, self._earned, self._rest = Moments(), Histogram(), Histogram()

    @property
    def n(self) -> int:
        """Answers with a score, blank ones included."""
        return self.share.n

    @property
    def asked(self) -> int:
        return self.n + self.waiting

    @property
    def facility(self) -> float | None:
        """Mean score in per cent of the marks: 100 if everybody was right."""
        return 100 * self.share.mean if self.n else None

    @property
    def covariance(self) -> float | None:
        """Of the marks earned here and on the rest; None of fewer than two answers."""
        return self._products / (self.n - 1) if self.no_rest is None and self.n > 1 else None

    @property
    def why_not(self) -> Why | None:
        """Why neither discrimination nor its efficiency can be computed; None if they can."""
        if not self.n:
            return Why.NOBODY
        if self.no_rest:
            return self.no_rest
        if self.n == 1:
            return Why.ONE
        if not self.earned.varies:
            return Why.SAME_SCORE
        return None if self.rest.varies else Why.SAME_REST

    @property
    def discrimination(self) -> float | None:
        """100 · correlation of the marks earned here and on the rest: −100 to 100."""
        if self.why_not:
            return None
        spread = math.sqrt(self.earned.squares * self.rest.squares)
        return max(-100.0, min(100.0, 100 * self._products / spread))

    @property
    def efficiency(self) -> float | None:
        """100 · covariance / the largest that these very scores could have: at most 100.

        The largest is reached if the best on the rest are the best here: both columns sorted, then paired.
        """
        if self.why_not:
            return None
        most = sum(
            count * (earned - self.earned.mean) * (rest - self.rest.mean)
            for earned, rest, count in _paired(self._earned, self._rest)
        )
        return min(100.0, 100 * self._products / most) if most > 0 else None

    @property
    def total_correlation(self) -> float | None:
        """Correlation with the total, this question included: −1 to 1."""
        total = self.earned.squares + self.rest.squares + 2 * self._products
        if self.no_rest or self.n < 2 or not self.earned.varies or total <= SAME:
            return None
        return (self.earned.squares + self._products) / math.sqrt(self.earned.squares * total)


def _paired(one: Histogram, other: Histogram) -> Iterator[tuple[float, float, int]]:
    """The values of two histograms of equal size, each in order, side by side, with how often."""
    right = iter(sorted(other.counts.items()))
    value, left = 0.0, 0
    for own, count in sorted(one.counts.items()):
        while count:
            if not left:
                value, left = next(right)
            taken = min(count, left)
            yield own, value, taken
            count, left = count - taken, left - taken


@dataclass
class Totals:
    """What whole attempts scored: ``marks`` in marks, ``percent`` of the marks each could have."""

    marks: Moments = field(default_factory=Moments)
    percent: Moments = field(default_factory=Moments)
    of: Moments = field(default_factory=Moments)

    def add(self, score: float, most: float, weight: int = 1) -> None:
        """Take in ``weight`` attempts of this score out of ``most`` marks."""
        self.marks.add(score, weight)
        self.of.add(most, weight)
        self.percent.add(100 * score / most if most else 0.0, weight)

    @property
    def n(self) -> int:
        return self.marks.n


@dataclass(frozen=True)
class Reliability:
    """How well the questions of an assessment measure one thing, or why that cannot be said.

    ``alpha`` is Cronbach's (at most 1, may be negative); ``standard_error`` is in marks;
    ``without`` is α of the rest if a question is left out, in the order of the questions.
    """

    alpha: float | None = None
    standard_error: float | None = None
    without: tuple[float | None, ...] = ()
    why_not: Why | None = None


def reliability(items: Sequence[ItemSums], totals: Totals) -> Reliability:
    """Cronbach's α = k/(k − 1) · (1 − Σ variances of the questions / variance of the total), and
    standard error = sd of the total · √(1 − α).

    Only where every attempt asked the same questions for the same marks: α compares columns of one table.
    """
    why_not = _why_no_alpha(items, totals)
    if why_not:
        return Reliability(why_not=why_not)
    parts = [item.earned.variance or 0.0 for item in items]
    whole = totals.marks.variance or 0.0
    alpha = _alpha(len(items), sum(parts), whole)
    without = tuple(
        _alpha(len(items) - 1, sum(parts) - part, item.rest.variance or 0.0)
        if len(items) > 2 and item.rest.varies
        else None
        for item, part in zip(items, parts, strict=True)
    )
    return Reliability(alpha, math.sqrt(whole * max(0.0, 1 - alpha)), without)


def _alpha(k: int, parts: float, whole: float) -> float:
    return k / (k - 1) * (1 - parts / whole)


def _why_no_alpha(items: Sequence[ItemSums], totals: Totals) -> Why | None:
    if not totals.n or not items:
        return Why.NOBODY
    if totals.n == 1:
        return Why.ONE
    if any(item.waiting for item in items):
        return Why.WAITING
    if totals.of.varies or any(item.n != totals.n or item.marks.varies for item in items):
        return Why.DIFFERENT_QUESTIONS
    if len(items) == 1:
        return Why.ONE_QUESTION
    return None if totals.marks.varies else Why.SAME_TOTAL
