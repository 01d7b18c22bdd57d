"""The page of item analysis of one question, in words and tables."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.item_verdicts import caution, reason
from assessments.selectors.analysis_pages import whose
from assessments.selectors.analysis_tables import (
    AnalysisPage,
    Cell,
    Figure,
    Switch,
    Table,
    count,
    figure,
    item_cells,
    item_heads,
    word,
)
from assessments.selectors.question_analysis import PRACTICE, TESTS, QuestionAnalysis
from assessments.wording import begin_sentence, count_word


def question_page(found: QuestionAnalysis) -> AnalysisPage:
    """The page of a question."""
    sums, question = found.sums, found.question
    switches = _switches(found)
    if not sums.asked:
        heading = _("Nobody has answered it yet")
        return AnalysisPage(
            heading, _who_answered(found), question.title, empty=_no_answer(), switches=switches
        )
    waiting = ngettext("%(count)d waits to be marked", "%(count)d wait to be marked", sums.waiting)
    said = found.findings
    return AnalysisPage(
        heading=said[0].words,
        lede=_who_answered(found),
        name=question.title,
        figures=[
            Figure(_("Answers"), count(sums.n), waiting % {"count": sums.waiting} if sums.waiting else ""),
            Figure(_("Left blank"), count(sums.blank)),
            Figure(_("Facility"), figure(sums.facility, 1, "%")),
            *_comparing(found),
            Figure(_("Median time"), figure(sums.seconds.median(), 0, "s")),
        ],
        findings=said,
        caution=caution(sums.n),
        spread=found.spread,
        tables=_question_tables(found),
        switches=switches,
    )


def _comparing(found: QuestionAnalysis) -> list[Figure]:
    """What compares the question with the rest; nothing outside tests."""
    if not found.in_tests:
        return []
    why = reason(found.sums.why_not) if found.sums.why_not else ""
    return [
        Figure(_("Discrimination"), figure(found.sums.discrimination, 1), why),
        Figure(_("Efficiency"), figure(found.sums.efficiency, 1, "%")),
    ]


def _no_answer() -> str:
    return _(
        "Here will stand how hard it is, what was answered and which slips were made, once it was asked."
    )


def _who_answered(found: QuestionAnalysis) -> str:
    scope = found.scope
    if scope.assessment is not None:
        where = {"assessment": scope.assessment.title}
        text = _("First attempts at “%(assessment)s”.") % where
        return f"{text} {whose(scope)}" if scope.cohort else text
    if found.in_tests:
        return _(
            "First attempts at tests, one by each learner and test; previews, staff and instructors left out."
        )
    return _(
        "The first answer of each learner in practice, reviews and quick checks; previews, staff and "
        "instructors left out."
    )


def _switches(found: QuestionAnalysis) -> list[Switch]:
    """Tests or practice, and one version or all."""
    if found.scope.assessment is not None:
        return []
    named = ((TESTS, _("In tests")), (PRACTICE, _("In practice, reviews and checks")))
    counts = {found.source: found.sums.asked}
    return [
        Switch(f"{label} ({counts.get(key, found.elsewhere)})", f"?from={key}", key == found.source)
        for key, label in named
    ]


def _question_tables(found: QuestionAnalysis) -> list[Table]:
    lines = [
        [
            word(choice.label),
            _rightness(choice.right, choice.idle),
            count(choice.count),
            figure(choice.percent, 1),
        ]
        for choice in found.spread.choices
    ]
    several = _("One answer can be in several lines.") if found.spread.several else ""
    tables = [
        Table(
            "answers", _("What was answered, version %(number)d") % {"number": found.spread_version},
            [_("Answer"), _("Marked"), _("Answers"), _("Per cent")], lines, several,
        ),
        Table(
            "slips", _("Misconceptions matched"), [_("Misconception"), _("Answers")],
            [[word(slip.name), count(slip.count)] for slip in found.slips],
            "" if found.slips else _("No answer matched a misconception that has a name."),
        ),
    ]  # fmt: skip
    if found.tests:
        rows = [
            [word(part.name), *item_cells(part.sums, part.findings, in_tests=found.in_tests)]
            for part in found.tests
        ]
        tables.append(Table("tests", _("By test"), [_("Test"), *item_heads(in_tests=found.in_tests)], rows))
    rows = [
        [word(part.name), *item_cells(part.sums, part.findings, in_tests=found.in_tests)]
        for part in found.versions
    ]
    tables.append(
        Table("versions", _("By version"), [_("Version"), *item_heads(in_tests=found.in_tests)], rows)
    )
    if found.variants:
        tables.append(_variant_table(found))
    return tables


def _variant_table(found: QuestionAnalysis) -> Table:
    rows = [[word(one.name), count(one.count), figure(one.facility, 1)] for one in found.variants]
    note = ngettext(
        "%(count)s set of figures was asked.", "%(count)s sets of figures were asked.", found.variant_count
    ) % {"count": begin_sentence(count_word(found.variant_count))}
    if found.variant_count > len(rows):
        note += " " + _("The table shows the most frequent.")
    title = _("By variant, version %(number)d") % {"number": found.spread_version}
    return Table("variants", title, [_("Figures"), _("Answers"), _("Facility %")], rows, note)


def _rightness(right: bool | None, idle: bool) -> Cell:
    if right is None:
        return word("–")
    if right:
        return Cell(_("right"), _("right"), state="good", icon="check")
    text = _("wrong, hardly picked") if idle else _("wrong")
    return word(text)
