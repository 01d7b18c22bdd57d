"""What is known of many questions at once from the answers to them: aggregates only, nobody's answers."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from assessments.item_analysis import ItemSums, Why
from assessments.item_verdicts import LEAST, Finding, judge
from assessments.selectors.item_analysis import grouped, no_total_in
from assessments.selectors.item_scope import Scope, counted_items, first_answers_to


@dataclass
class QuestionFigures:
    """The answers to one question: in each test by itself, in all tests, and elsewhere."""

    tests: dict[int, ItemSums] = field(default_factory=dict)
    in_tests: ItemSums = field(default_factory=lambda: ItemSums(Why.SEVERAL))
    elsewhere: ItemSums = field(default_factory=lambda: ItemSums(Why.NO_TOTAL))

    @property
    def answers(self) -> int:
        """All answers that count, left blank or not."""
        return self.in_tests.n + self.elsewhere.n

    @property
    def best_test(self) -> ItemSums | None:
        """The test with the most answers: totals of different tests do not compare, those of a diagnostic
        with nothing.
        """
        fixed = (sums for sums in self.tests.values() if sums.no_rest is None)
        return max(fixed, key=lambda sums: sums.n, default=None)

    @property
    def sums(self) -> ItemSums:
        """What the facility is taken from: tests, unless too few to judge while practice has more."""
        if self.in_tests.n >= min(LEAST, self.elsewhere.n):
            return self.in_tests
        return self.elsewhere

    @property
    def discrimination(self) -> float | None:
        test = self.best_test
        return test.discrimination if test else None

    @property
    def finding(self) -> Finding:
        """The gravest thing that the figures say."""
        test = self.best_test
        grave = [one for one in judge(test) if one.state == "bad"] if test else []
        are_mixed = any(sums.no_rest for sums in self.tests.values())
        if test is not None and self.sums is self.in_tests and (len(self.tests) == 1 or are_mixed):
            return judge(test)[0]
        if test is None and self.tests and self.sums is self.in_tests:
            return judge(max(self.tests.values(), key=lambda sums: sums.n))[0]  # diagnostics only
        return [*grave, *judge(self.sums)][0]


def question_figures(questions: Iterable[int]) -> dict[int, QuestionFigures]:
    """The figures of each of these questions: two queries, however many they are."""
    found = {pk: QuestionFigures() for pk in questions}
    if not found:
        return found
    whole = Scope()
    in_tests = counted_items(whole).filter(version__question__in=list(found))
    for group in grouped(in_tests, "version__question", "attempt__assessment", "attempt__kind"):
        figures = found[group.keys[0]]
        group.into(figures.in_tests)
        group.into(figures.tests.setdefault(group.keys[1], ItemSums(no_total_in(group.keys[2]))))
    for group in grouped(first_answers_to(found, whole), "version__question"):
        group.into(found[group.keys[0]].elsewhere)
    return found
