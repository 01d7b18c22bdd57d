"""Looking at the bank as a whole, together with the course it belongs to."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessments import questions
from assessments.coursepack.case_checks import check_cases
from assessments.coursepack.folder import HOMES
from assessments.coursepack.kinds import ASSESSMENT, BANK_KINDS, QUESTION
from assessments.models import Assessment
from concepts.coursepack.checks import (
    Around,
    check_duplicates,
    check_links,
    check_references,
    names_by_kind,
    unknown,
)
from concepts.coursepack.findings import Findings, Steps
from concepts.coursepack.kinds import Entry
from concepts.coursepack.payload import digest


def check_bank(
    entries: Sequence[Entry], findings: Findings, tried: Collection[str] = (), around: Around | None = None
) -> None:
    """Everything that must hold in the bank.

    Trying the draws of a numeric question takes a while: questions whose digest is among ``tried`` were
    loaded before, just as they stand, and are not tried again.
    """
    bank = [entry for entry in entries if entry.kind in BANK_KINDS]
    check_duplicates(bank, findings)
    known = [*entries, *around.entries] if around else entries
    check_references(bank, known, findings)
    check_links(bank, known, around.remarks if around else findings)
    misconceptions = names_by_kind(known).get("misconception", set())
    check_cases(entries, known, findings)
    questions = [entry for entry in known if entry.kind is QUESTION]
    of_cases = {entry.name for entry in questions if entry.payload.get("case")}
    asked = {entry.payload.get("objective") for entry in questions if entry.name not in of_cases}
    for entry in bank:
        if entry.kind is QUESTION:
            _check_misconceptions(entry, misconceptions, findings)
            # A draft may be incomplete; its type looks at it when it is published.
            if not entry.state.is_draft and digest(entry.payload) not in tried:
                _check_question(entry, findings)
        elif entry.kind is ASSESSMENT:
            _check_assessment(entry, asked, of_cases, findings)


def _check_question(entry: Entry, findings: Findings) -> None:
    """What the type of the question says of it."""
    kind = questions.TYPES.get(entry.payload.get("type", ""))
    for problem in kind.check(entry.payload.get("content", {})) if kind else ():
        steps = [int(step) if step.isdigit() else step for step in problem.field.split(".") if step]
        where = [str(step + 1) if isinstance(step, int) else step for step in steps]
        findings.note(
            entry.spot.at(*steps), f"{' '.join(where)}: {problem.message}" if where else problem.message
        )


def _check_misconceptions(entry: Entry, known: Collection[str], findings: Findings) -> None:
    for steps, name in _named(entry.payload.get("content", {}), ()):
        if isinstance(name, str) and name and name not in known:
            findings.note(entry.spot.at(*steps), unknown(("misconception", name), known))


def _named(value: Any, steps: Steps) -> Iterator[tuple[Steps, Any]]:
    """The misconceptions that a question names, wherever its type keeps them."""
    if isinstance(value, dict):
        for key, entry in value.items():
            if key == "misconception":
                yield (*steps, key), entry
            else:
                yield from _named(entry, (*steps, key))
    elif isinstance(value, list):
        for i, entry in enumerate(value):
            yield from _named(entry, (*steps, i))


def _check_assessment(
    entry: Entry, asked: Collection[str | None], of_cases: Collection[str], findings: Findings
) -> None:
    payload, spot = entry.payload, entry.spot
    if payload.get("mode") == Assessment.Mode.CASE:
        message = _("What collects the answers of a case makes itself. Write practice, test or diagnostic.")
        findings.note(spot.at("mode"), message)
    homes = [home for home in HOMES if home in payload]
    if len(homes) != 1 and not entry.implied:
        message = _(
            "It belongs to a module, a concept or a comparison. Write one of the three, and only one."
        )
        findings.note(spot.at(homes[-1]) if homes else spot, message)
    if "parts" not in payload and not entry.state.is_draft:
        findings.note(spot.at("parts"), _("“parts” is missing. Say what it asks: write one part or more."))
    if payload.get("time_limit") == 0:
        findings.note(
            spot.at("time_limit"), _("No time at all is too short. Write minutes, or take the line out.")
        )
    for i, part in enumerate(payload.get("parts", ())):
        place = spot.at("parts", i)
        if ("objective" in part) == ("question" in part):
            findings.note(
                place, _("A part draws from one objective or names one question. Write one of the two.")
            )
        elif part.get("question") in of_cases:
            message = _("“%(name)s” belongs to a case and is asked there only. Take the part out.")
            findings.note(place, message % {"name": part["question"]})
        elif "question" in part and part.get("count", 1) != 1:
            findings.note(place, _("A part that names a question asks it once. Take “count” out."))
        elif "objective" in part and part["objective"] not in asked:
            message = _("No question in the bank is about %(code)s. Write one or take the part out.")
            findings.note(place, message % {"code": part["objective"]})
