"""Walking the folder of the bank: which file holds what."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from assessments.coursepack.kinds import ASSESSMENT, MISCONCEPTION, QUESTION
from concepts.coursepack.findings import Findings, Spot
from concepts.coursepack.folder import list_reader, read_folder, read_list, sub_folders
from concepts.coursepack.folders import CASES
from concepts.coursepack.kinds import Entry
from concepts.coursepack.state import STATE_KEYS

HOMES = ("module", "concept", "comparison")
COMMON = ("slug", "objective", "type", "title", "thinking")


def read_bank(root: Path, findings: Findings) -> list[Entry]:
    """Everything in the folder of the bank; what belongs to no module lies in it, the rest in its folders."""
    of_no_module = [
        ("misconceptions*.yaml", list_reader(MISCONCEPTION)),
        ("assessments*.yaml", _read_course_wide),
    ]
    entries = read_folder(root, of_no_module, findings)
    for folder in sub_folders(root):
        if folder.name == CASES:
            entries += read_folder(folder, [("*.yaml", _read_case_questions)], findings)
            continue
        readers = [
            ("misconceptions*.yaml", list_reader(MISCONCEPTION)),
            ("assessments*.yaml", list_reader(ASSESSMENT)),
            ("*.yaml", _read_questions),
        ]
        entries += read_folder(folder, readers, findings)
    return entries


def _read_course_wide(path: Path, findings: Findings) -> Iterator[Entry | None]:
    """Assessments on the whole course: they have no home, and name none."""
    for item, spot in read_list(path, findings):
        yield ASSESSMENT.read(item, spot, findings, dict.fromkeys(HOMES))


def _read_questions(path: Path, findings: Findings) -> Iterator[Entry | None]:
    for item, spot in read_list(path, findings):
        yield _read_question(item, spot, findings)


def _read_case_questions(path: Path, findings: Findings) -> Iterator[Entry | None]:
    """The questions of a case, which is called like the file."""
    for item, spot in read_list(path, findings):
        yield _read_question(item, spot, findings, case=path.stem)


def _read_question(data: Any, spot: Spot, findings: Findings, case: str | None = None) -> Entry | None:
    """A question; what is not common to all questions is its content, which its type reads."""
    if not isinstance(data, dict):
        return QUESTION.read(data, spot, findings, {"case": case})
    common = {key: value for key, value in data.items() if key in COMMON or key in STATE_KEYS}
    content = {}
    for key, value in data.items():
        if key in common:
            continue
        if key == "case":
            message = _("Its file says which case a question belongs to. Take this line out.")
            findings.note(spot.at(key), message)
            continue
        near = get_close_matches(key, [name for name in COMMON if name not in common], n=1, cutoff=0.75)
        if near:
            message = _("“%(name)s” means nothing here. Did you mean “%(near)s”?")
            findings.note(spot.at(key), message % {"name": key, "near": near[0]})
        else:
            content[key] = value
    return QUESTION.read(common, spot, findings, {"content": content, "case": case})
