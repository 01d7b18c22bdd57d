"""Looking at cases and their questions together: what a case asks is there, and is asked nowhere else."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessments.coursepack.kinds import QUESTION
from concepts.cases.reading import named_questions
from concepts.coursepack.checks import names_by_kind, unknown
from concepts.coursepack.findings import Findings
from concepts.coursepack.kinds import CASE, Entry

CHECKPOINTS = ("numeric", "multi_step")
RECOMMENDATION = "written"


def check_cases(entries: Sequence[Entry], known: Sequence[Entry], findings: Findings) -> None:
    """The questions of the cases in these files, and the cases of these questions."""
    questions = {entry.name: entry for entry in known if entry.kind is QUESTION}
    names = names_by_kind(known)
    for entry in entries:
        if entry.kind is CASE and not entry.state.is_draft:
            _check_asked(entry, questions, findings)
        case = entry.payload.get("case") if entry.kind is QUESTION else None
        if case and case not in names.get("case", ()):
            findings.note(entry.spot, unknown(("case", case), names.get("case", ())))
        if entry.kind is QUESTION:
            _check_criteria(entry, names.get("objective", set()), findings)


def _check_asked(entry: Entry, questions: Mapping[str, Entry], findings: Findings) -> None:
    """That each checkpoint and the recommendation are questions of this case, of a type that fits."""
    own = {name for name, each in questions.items() if each.payload.get("case") == entry.name}
    for steps, name in named_questions(entry.payload.get("content", {})):
        spot = entry.spot.at(*steps)
        types = (RECOMMENDATION,) if steps == ("recommendation",) else CHECKPOINTS
        if name not in own:
            message = unknown(("question", name), own)
            if name in questions:
                message = _("The question “%(name)s” does not belong to this case. Write it into %(file)s.")
                message %= {"name": name, "file": f"bank/cases/{entry.name}.yaml"}
            findings.note(spot, message)
        elif questions[name].payload.get("type") not in types:
            message = _("“%(name)s” is of the type %(type)s. Here fits: %(types)s.")
            said = {"type": questions[name].payload.get("type"), "types": ", ".join(types)}
            findings.note(spot, message % {"name": name, **said})


def _check_criteria(entry: Entry, objectives: Iterable[str], findings: Findings) -> None:
    """That the objectives exist at which criteria of a rubric point."""
    rubric = entry.payload.get("content", {}).get("rubric")
    for i, row in enumerate(rubric if isinstance(rubric, list) else []):
        code: Any = row.get("objective") if isinstance(row, dict) else None
        if code and code not in objectives:
            message = unknown(("objective", str(code)), list(objectives))
            findings.note(entry.spot.at("rubric", i, "objective"), message)
