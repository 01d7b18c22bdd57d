"""Writing the bank as files, and the whole pack: course and bank together."""

import io
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from assessments.coursepack.content_order import in_order
from assessments.coursepack.kinds import BANK_KINDS
from concepts.cases.reading import questions_in
from concepts.coursepack.exporting import Files, by_module, by_name, course_files, listed
from concepts.coursepack.folders import CASES
from concepts.coursepack.keys import Address
from concepts.coursepack.kinds import COURSE_KINDS
from concepts.coursepack.picking import Item, Picked, pick

ROOT = "bank"
ROOTS = ("course", ROOT)
KINDS = (*COURSE_KINDS, *BANK_KINDS)
# A file of questions is called after its lesson, unless its name would make it another file.
OTHER_FILES = ("misconceptions", "assessments")
# The first moment that a zip can name: the same pack must make the same bytes on any day.
NO_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Pack:
    """The files of a course, and what of the database is not in them although it was asked for."""

    files: Files
    left_out: list[tuple[Address, str]] = field(default_factory=list)

    def write(self, root: Path) -> None:
        """Write the files below a folder."""
        for name in ROOTS:
            (root / name).mkdir(parents=True, exist_ok=True)
        for name, data in self.files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def zipped(self) -> bytes:
        """The files as one archive, the same bytes for the same files."""
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted(self.files):
                info = zipfile.ZipInfo(name, NO_DAY)
                info.create_system, info.external_attr = 3, 0o644 << 16
                archive.writestr(info, self.files[name], zipfile.ZIP_DEFLATED, 9)
        return held.getvalue()


def export_pack(*, module: str = "", drafts: bool = False) -> Pack:
    """The whole course or one module, with or without what learners do not see yet."""
    picked = pick(KINDS, drafts=drafts)
    _drop_cases_apart(picked)
    if module:
        picked = picked.only(module)
    return Pack({**course_files(picked), **bank_files(picked)}, picked.left_out)


def _drop_cases_apart(picked: Picked) -> None:
    """Leave out cases that ask questions which are not in the pack, and what belongs to those cases."""
    asked = {item.payload["slug"] for item in picked.of("question") if item.payload.get("case")}
    for case in picked.of("case"):
        missing = [name for name in questions_in(case.payload.get("content", {})) if name not in asked]
        if missing and not case.state.is_draft:
            reason = _("It asks question:%(name)s, which is a draft or left out.") % {"name": missing[0]}
            picked.leave(case, reason)
    for question in picked.of("question"):
        slug = question.payload.get("case")
        if slug and ("case", slug) not in picked.items:
            picked.leave(question, _("It needs case:%(name)s, which is left out.") % {"name": slug})


def bank_files(picked: Picked) -> Files:
    """The files of the bank in a pack."""
    files: Files = {}
    for label in ("misconception", "assessment"):
        for module, items in by_module(picked.of(label), picked).items():
            files[_at(module, f"{label}s.yaml")] = listed(sorted(items, key=by_name))
    homes: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for question in picked.of("question"):
        if not question.payload.get("case"):
            homes[picked.module_of(question), _home(question, picked)].append(_flat(question))
    for (module, home), questions in homes.items():
        files[_at(module, _file_name(home))] = listed(
            sorted(questions, key=lambda item: _place(item, picked))
        )
    return files | _case_files(picked)


def _case_files(picked: Picked) -> Files:
    """The questions of each case, in the order in which it asks them."""
    found: dict[str, list[Item]] = defaultdict(list)
    for question in picked.of("question"):
        if question.payload.get("case"):
            found[question.payload["case"]].append(question)
    files: Files = {}
    for slug, questions in found.items():
        order = questions_in(picked.items["case", slug].payload.get("content", {}))
        asked = [item for name in order for item in questions if item.payload["slug"] == name]
        others = [item for item in sorted(questions, key=by_name) if item not in asked]
        files[_at(CASES, f"{slug}.yaml")] = listed(map(_flat, [*asked, *others]))
    return files


def _at(module: str, name: str) -> str:
    return "/".join(part for part in (ROOT, module, name) if part)


def _home(question: Item, picked: Picked) -> str:
    """The lesson or comparison that a question is about."""
    objective = picked.items["objective", question.payload["objective"]].payload
    return str(objective.get("concept") or objective["comparison"])


def _file_name(home: str) -> str:
    return f"questions-{home}.yaml" if home.startswith(OTHER_FILES) else f"{home}.yaml"


def _place(question: Item, picked: Picked) -> Any:
    """Questions stand in the order of the objectives of their lesson."""
    objective = picked.items["objective", question.payload["objective"]]
    return objective.payload["position"], objective.address, question.payload["slug"]


def _flat(question: Item) -> Item:
    """A question as a file has it: its content stands beside the keys that every question has."""
    payload = dict(question.payload)
    content = payload.pop("content", {})
    head = ("slug", "objective", "type", "title", "thinking")
    common = {name: payload[name] for name in head}
    return Item(question.kind, common | in_order(content), question.state, question.obj)
