"""Whether the document of a case can be played to its end, and what to mend where it cannot.

A draft may be as unfinished as it likes; this is asked of what is published.
"""

from collections.abc import Mapping
from typing import Any

from concepts.cases.check_decisions import check_decision
from concepts.cases.check_exhibits import check_exhibits
from concepts.cases.check_structure import check_stages, check_top
from concepts.cases.check_trials import check_trials
from concepts.cases.problems import Notes, Problem
from concepts.cases.reading import read_case
from concepts.cases.shape import check_shape

__all__ = ["Problem", "check_case"]


def check_case(document: Mapping[str, Any]) -> list[Problem]:
    """Everything that would make playing fail or mislead, in the order of the document."""
    notes = Notes()
    check_shape(document, notes)
    if notes.broken:
        return list(notes)
    case = read_case(document)
    check_top(document, case, notes)
    check_exhibits(document, case, notes)
    check_stages(document, case, notes)
    for i, stage in enumerate(case.stages):
        for j, decision in enumerate(stage.decisions):
            rows = document["stages"][i]["decisions"]
            check_decision(rows[j], decision, case, notes, ("stages", i, "decisions", j))
    if not notes:  # what is not known cannot be tried
        check_trials(case, notes)
    return list(notes)
