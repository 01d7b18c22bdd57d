"""Walking the folder of a course: which file holds what."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from concepts.coursepack.cases import read_case_file
from concepts.coursepack.findings import Findings, Spot, Text
from concepts.coursepack.folders import CASES, PICTURES
from concepts.coursepack.kinds import (
    COMPARISON,
    CONCEPT,
    METRIC,
    MODULE,
    OBJECTIVE,
    PATH,
    ROW,
    SKILL,
    SOURCE,
    TERM,
    Entry,
    Kind,
)
from concepts.coursepack.pictures import read_pictures
from concepts.coursepack.reading import display_name, read_markdown, read_yaml

Reader = Callable[[Path, Findings], Iterator[Entry | None]]


def read_course(root: Path, findings: Findings) -> list[Entry]:
    """Everything in the folder of a course."""
    readers: list[tuple[str, Reader]] = [
        ("sources*.yaml", list_reader(SOURCE)),
        ("paths*.yaml", list_reader(PATH)),
        ("terms*.yaml", list_reader(TERM)),  # those that no lesson explains
    ]
    found = read_folder(root, readers, findings)
    found += read_pictures(root / PICTURES, findings)
    for folder in sub_folders(root):
        if folder.name == CASES:
            found += read_folder(folder, [("*.yaml", _read_case)], findings)
        if folder.name in (PICTURES, CASES):
            continue
        if not (folder / "module.yaml").exists():
            message = _("module.yaml is missing. Add it with slug, position, title and summary.")
            findings.note(Spot(Text(display_name(folder / "module.yaml"))), message)
        found += read_folder(folder, _module_readers(folder.name), findings)
        found += read_pictures(folder / PICTURES, findings)
    return found


def _module_readers(module: str) -> list[tuple[str, Reader]]:
    return [
        ("module.yaml", _read_module),
        ("*.md", lambda path, findings: _read_concept(path, findings, module)),
        ("comparison*.yaml", lambda path, findings: _read_comparison(path, findings, module)),
        ("metrics*.yaml", list_reader(METRIC)),
        ("terms*.yaml", list_reader(TERM)),
        ("skills*.yaml", list_reader(SKILL)),
    ]


def sub_folders(root: Path) -> list[Path]:
    """The folders in a folder, without hidden ones and those of Python."""
    folders = sorted(root.iterdir()) if root.is_dir() else []
    return [path for path in folders if path.is_dir() and path.name[0] not in "._"]


def read_folder(folder: Path, readers: list[tuple[str, Reader]], findings: Findings) -> list[Entry]:
    """The entries of the files in a folder, each read by the first reader whose pattern fits its name."""
    if not folder.is_dir():
        findings.note(Spot(Text(display_name(folder))), _("There is no such folder. Check the path."))
        return []
    entries: list[Entry] = []
    for path in sorted(folder.iterdir()):
        if path.name[0] == "." or path.name == "README.md" or path.is_dir():
            continue
        reader = next((reader for pattern, reader in readers if fnmatch(path.name, pattern)), None)
        if reader is None:
            findings.note(
                Spot(Text(display_name(path))), _out_of_place([pattern for pattern, _read in readers])
            )
            continue
        entries += [entry for entry in reader(path, findings) if entry]
    return entries


def _out_of_place(patterns: list[str]) -> str:
    """That a file is not read, and what it would have to be called."""
    remedy = _("Move it into the folder of a module.")
    if patterns:
        remedy = _("Rename it to one of: %(names)s.") % {"names": ", ".join(patterns)}
    return _("No such file belongs here, so it is not read. %(remedy)s") % {"remedy": remedy}


def read_list(path: Path, findings: Findings) -> Iterator[tuple[Any, Spot]]:
    """The items of a YAML file that holds a list."""
    read = read_yaml(path, findings)
    if read is None:
        return
    data, spot = read
    if not isinstance(data, list):
        findings.note(spot, _("This file is a list. Put a dash before each entry."))
        return
    for i, item in enumerate(data):
        yield item, spot.at(i)


def list_reader(kind: Kind) -> Reader:
    """Reads a file that is a list of objects of one kind."""

    def read(path: Path, findings: Findings) -> Iterator[Entry | None]:
        for item, spot in read_list(path, findings):
            yield kind.read(item, spot, findings)

    return read


def _read_case(path: Path, findings: Findings) -> Iterator[Entry | None]:
    """A case; a module is read here to be told that its address is taken."""
    return (_read_module if path.name == "module.yaml" else read_case_file)(path, findings)


def _read_module(path: Path, findings: Findings) -> Iterator[Entry | None]:
    read = read_yaml(path, findings)
    if read is None:
        return
    entry = MODULE.read(*read, findings)
    if entry and entry.name != path.parent.name:
        message = _("The module is “%(slug)s” but its folder is “%(folder)s”. Give both the same name.")
        findings.note(entry.spot.at("slug"), message % {"slug": entry.name, "folder": path.parent.name})
    yield entry


def _read_concept(path: Path, findings: Findings, module: str) -> Iterator[Entry | None]:
    read = read_markdown(path, findings)
    if read is None:
        return
    data, spot = read
    entry = CONCEPT.read(data, spot, findings, {"module": module}, beside=("objectives",))
    yield entry
    for i, item in _listed(data, spot, "objectives", findings, entry):
        implied = {"concept": entry.name if entry else "?", "comparison": None, "position": i + 1}
        yield OBJECTIVE.read(item, spot.at("objectives", i), findings, implied)


def _read_comparison(path: Path, findings: Findings, module: str) -> Iterator[Entry | None]:
    read = read_yaml(path, findings)
    if read is None:
        return
    data, spot = read
    entry = COMPARISON.read(data, spot, findings, {"module": module}, beside=("rows",))
    yield entry
    for i, item in _listed(data, spot, "rows", findings, entry):
        place = {"comparison": entry.name if entry else "?", "position": i + 1}
        for each in _read_row(item, spot.at("rows", i), findings, place):
            # A row is as ready as its comparison: what is looked at closely depends on it.
            yield replace(each, state=entry.state) if each and entry else each


def _read_row(data: Any, spot: Spot, findings: Findings, place: dict[str, Any]) -> Iterator[Entry | None]:
    """A row makes two entries: the row, and the objective that stands in it under the row's code."""
    code = data.get("code") if isinstance(data, dict) else None
    if not isinstance(code, str):
        findings.note(
            spot.at("code"), _("“code” is missing. Add the code of the row's objective, such as CMP-01.")
        )
        return
    objective = spot.at("objective")
    # The code stands beside the objective, and there a mistake in it is to be mended.
    spot.text.marks[(*objective.steps, "code")] = spot.at("code").line
    yield OBJECTIVE.read(data.get("objective"), objective, findings, {"code": code, "concept": None, **place})
    yield ROW.read(data, spot, findings, {"objective": code, **place}, beside=("code", "objective"))


def _listed(
    data: Any, spot: Spot, key: str, findings: Findings, holder: Entry | None
) -> list[tuple[int, Any]]:
    """The items of a list that must be there, unless what holds it is a draft."""
    items = data.get(key) if isinstance(data, dict) else None
    if holder and holder.state.is_draft and not items:
        return []
    if not isinstance(items, list) or not items:
        findings.note(
            spot.at(key), _("“%(key)s” is missing or no list. Write one entry or more.") % {"key": key}
        )
        return []
    return list(enumerate(items))
