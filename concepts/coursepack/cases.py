"""Cases in the course files: one file each, checked as a whole, written in the order of their keys."""

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from django.utils.translation import gettext as _

from concepts.cases.checking import check_case
from concepts.cases.reading import named_images, named_objectives
from concepts.cases.shape import ordered
from concepts.coursepack.findings import Findings, nearest
from concepts.coursepack.kinds import CASE, Entry
from concepts.coursepack.payload import Payload
from concepts.coursepack.reading import read_yaml
from concepts.coursepack.state import STATE_KEYS

COMMON = ("slug", "title", "position", "minutes", "summary", "sources")


def read_case_file(path: Path, findings: Findings) -> Iterator[Entry | None]:
    """A case; what is not common to objects of the course is its document."""
    read = read_yaml(path, findings)
    if read is None:
        return
    data, spot = read
    if not isinstance(data, dict):
        yield CASE.read(data, spot, findings)
        return
    common = {key: value for key, value in data.items() if key in COMMON or key in STATE_KEYS}
    content = {}
    for key, value in data.items():
        near = get_close_matches(key, [name for name in COMMON if name not in common], n=1, cutoff=0.75)
        if key in common:
            continue
        if near:
            message = _("“%(name)s” means nothing here. Did you mean “%(near)s”?")
            findings.note(spot.at(key), message % {"name": key, "near": near[0]})
        else:
            content[key] = value
    entry = CASE.read(common, spot, findings, {"content": content})
    if entry and entry.name != path.stem:
        message = _("The case is “%(slug)s” but its file is “%(file)s”. Give both the same name.")
        findings.note(entry.spot.at("slug"), message % {"slug": entry.name, "file": path.stem})
    yield entry


def check_case_entry(entry: Entry, names: Mapping[str, Collection[str]], findings: Findings) -> None:
    """Whether a case can be played, and what it names is there. ``names`` are those of the course by kind."""
    content = entry.payload.get("content", {})
    named = [(steps, "objective", name) for steps, name in named_objectives(content)]
    named += [(steps, "picture", name) for steps, name in named_images(content)]
    for steps, kind, name in named:
        known = names.get(kind, ())
        if name not in known:
            advice = nearest(name, known) or _("Add it or take the reference out.")
            message = _("There is no %(kind)s “%(name)s”.") % {"kind": kind, "name": name}
            findings.note(entry.spot.at(*steps), f"{message} {advice}")
    if entry.state.is_draft:  # nobody plays it yet, so it need not be finished
        return
    for problem in check_case(content):
        findings.note(entry.spot.at(*problem.steps), problem.message)


def flat(payload: Payload) -> Payload:
    """A case as its file has it: the keys that every object has, then those of its document."""
    common = {name: payload[name] for name in COMMON if name in payload}
    document = ordered(payload.get("content", {}))
    return common | {name: value for name, value in document.items() if name not in common}
