"""What a case must hold beyond being playable: ways worth going, data to work from, plain English, questions
over its exhibits.

The thresholds are those of the course: on every path four stages in which something is decided, three
endings, two exhibits of which one is a table and one a chart, prose of about grade 9.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.course_check.case_figures import folded, loose_figures
from assessments.course_check.facts import Asked, Facts, Played
from assessments.course_check.findings import Finding
from assessments.course_check.lessons import HARDEST
from concepts.cases.checking import check_case
from concepts.cases.document import Case, Decision
from concepts.cases.graph import paths, warnings
from concepts.cases.reading import questions_in, read_case
from concepts.prose import Place, grade, makeup

ENOUGH_STAGES, ENOUGH_ENDINGS, ENOUGH_EXHIBITS, ENOUGH_SENTENCES = 4, 3, 2, 3
SEEDS = (1, 2, 3)
MOST_PLAYS = 4_000  # of a role and a seed
_SENTENCE = re.compile(r"[.!?](?:\s|$)")


def check_cases(facts: Facts) -> Iterator[Finding]:
    """Every case, with its questions."""
    for played in facts.cases:
        problems = check_case(played.content)
        for problem in problems:
            remedy = _("Mend it in the form of the case, or in its file.")
            yield Finding("case", played.where, str(problem), remedy)
        if not problems:
            case = read_case(played.content)
            yield from _structure(played, case)
            yield from _paths(played, case)
            yield from _decisions(played, case)
            yield from _prose(played, case)
            yield from _figures(played, case, facts)
        yield from _questions(played, facts)


def _structure(played: Played, case: Case) -> Iterator[Finding]:
    for caution in warnings(case):
        remedy = _("Look at the graph of the case.")
        yield Finding("case_graph", played.where, f"{caution.field}: {caution.message}", remedy)
    kinds = [exhibit.kind for exhibit in case.exhibits]
    if len(kinds) < ENOUGH_EXHIBITS or not {"table", "chart"} <= set(kinds):
        message = _("It has no two exhibits of which one is a table and one a chart.")
        yield Finding("case_thin", played.where, message, _("Add data to work from, and draw it."))


def _paths(played: Played, case: Case) -> Iterator[Finding]:
    """What playing everything shows: runs that get stuck, too few stages, endings that nobody reaches."""
    endings: set[str] = set()
    for role in case.start:
        for seed in SEEDS:
            explored = paths(case, role, seed, most=MOST_PLAYS)
            endings |= set(explored.endings)
            for moves, why in explored.stuck[:1]:
                message = _("As %(role)s a run gets stuck after %(count)d stages: %(why)s")
                said = {"role": role, "count": len(moves), "why": why}
                yield Finding("case_path", played.where, message % said, _("Lead it to an ending."))
            if explored.endings and explored.fewest < ENOUGH_STAGES:
                message = _("As %(role)s an ending comes after %(count)d decided stages.")
                said = {"role": role, "count": explored.fewest}
                remedy = _("Let something be decided in four stages on every path.")
                yield Finding("case_path", played.where, message % said, remedy)
    for stage in case.stages:
        if stage.is_ending and stage.key not in endings:
            message = _("No run that was tried comes to “%(ending)s”.") % {"ending": stage.title}
            yield Finding("case_path", played.where, message, _("Ease the conditions on the way to it."))
    if len(endings) < ENOUGH_ENDINGS:
        message = _("It has %(count)d endings that can be reached.") % {"count": len(endings)}
        yield Finding("case_path", played.where, message, _("Let decisions lead to three endings or more."))


def _decisions(played: Played, case: Case) -> Iterator[Finding]:
    for decision in case.decisions():
        said = {"decision": decision.key}
        qualities = {each.quality for each in decision.all_outcomes() if each.quality is not None}
        if qualities and qualities <= {0, 1}:
            message = _("“%(decision)s” is all or nothing.") % said
            remedy = _("Say what each reasoning is worth between 0 and 1.")
            yield Finding("case_thin", played.where, message, remedy)
        if _sentences(decision) < ENOUGH_SENTENCES:
            message = _("“%(decision)s” tells next to nothing of what follows and why.") % said
            remedy = _("Write three sentences or more of consequences and reasoning.")
            yield Finding("case_thin", played.where, message, remedy)


def _sentences(decision: Decision) -> int:
    return sum(len(_SENTENCE.findall(f"{each.text} {each.reasoning}")) for each in decision.all_outcomes())


def prose_of(case: Case) -> Iterator[str]:
    """Every text in Markdown that somebody reads."""
    yield from (case.brief, case.debrief, case.compared, case.teaching_note, *case.views.values())
    yield from (role.brief for role in case.roles)
    for exhibit in case.exhibits:
        yield from (exhibit.note, exhibit.text)
    for stage in case.stages:
        yield from (stage.text, *stage.texts.values())
        yield from (decision.question for decision in stage.decisions)
    for outcome in case.outcomes():
        yield from (outcome.text, outcome.reasoning)


def _prose(played: Played, case: Case) -> Iterator[Finding]:
    joined = "\n\n".join(text for text in prose_of(case) if text)
    found = grade(makeup(joined).texts(Place.PROSE))
    if found > HARDEST:
        message = _("Its prose is at about grade %(grade).1f; %(hardest)d is the most.")
        remedy = _("Make sentences shorter, and take plain words for long ones.")
        said = {"grade": found, "hardest": HARDEST}
        yield Finding("reading_level", played.where, message % said, remedy)


def _questions(played: Played, facts: Facts) -> Iterator[Finding]:
    """Its questions are there and live, and each checkpoint says over which exhibit it is asked."""
    own = {question.where.name: question for question in facts.questions if question.case == played.slug}
    named = questions_in(played.content)
    for name in named:
        if name not in own or (played.is_live and not own[name].is_live):
            message = _("It asks “%(name)s”, which is no live question of it.") % {"name": name}
            remedy = _("Write and publish that question, or take it out of the case.")
            yield Finding("case_question", played.where, message, remedy)
    titles = _titles(played.content)
    for name, question in own.items():
        if name not in named:
            message = _("Its case asks it nowhere.")
            remedy = _("Make it a checkpoint of a stage, or delete it.")
            yield Finding("case_question", question.where, message, remedy)
        elif question.type != "written" and not _names_one(question, titles):
            message = _("It does not say from which exhibit its figures come.")
            remedy = _("Name the exhibit by its title in the stem.")
            yield Finding("case_question", question.where, message, remedy)


def _figures(played: Played, case: Case, facts: Facts) -> Iterator[Finding]:
    """Checkpoints with figures that are not in the exhibits that they name."""
    for question in facts.questions:
        loose = []
        if question.case == played.slug and question.type != "written":
            loose = loose_figures(question.content, case, played.content)
        if loose:
            text = ngettext(
                "%(figures)s comes out of no exhibit that it names.",
                "%(figures)s come out of no exhibit that it names.",
                len(loose),
            )
            remedy = _("Mend the figure or the table, or give what is assumed a paragraph of its own.")
            yield Finding("case_question", question.where, text % {"figures": ", ".join(loose)}, remedy)


def _titles(content: Mapping[str, Any]) -> list[str]:
    return [folded(exhibit.title) for exhibit in read_case(content).exhibits if exhibit.title]


def _names_one(question: Asked, titles: list[str]) -> bool:
    stem = folded(str(question.content.get("stem") or ""))
    return any(title in stem for title in titles)
