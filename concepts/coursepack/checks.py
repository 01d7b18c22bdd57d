"""Looking at a course as a whole: what no single file can tell."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from concepts.coursepack.cases import check_case_entry
from concepts.coursepack.findings import Findings, nearest
from concepts.coursepack.keys import Address, Reference
from concepts.coursepack.kinds import CASE, COMPARISON, CONCEPT, METRIC, PICTURE, ROW, TERM, Entry
from concepts.coursepack.markdown import check_markdown
from concepts.coursepack.measures import check_measure
from concepts.coursepack.payload import texts
from concepts.rendering import COURSE_LINK, course_links, stray_pictures
from concepts.rendering import PICTURE as PICTURE_LINK
from concepts.worksheets import WORKSHEETS

LINKED = {"concept": CONCEPT, "comparison": COMPARISON, "metric": METRIC, "picture": PICTURE, "term": TERM}
_WORKSHEET_PAGE = re.compile(r"/course/worksheets/([a-z0-9-]+)/?")
MARKDOWN = ((CONCEPT, "body"), (ROW, "explanation"), (METRIC, "reading"))


@dataclass(frozen=True)
class Around:
    """What files that are only part of a course come into, and where to note what leads nowhere yet."""

    entries: Sequence[Entry]
    remarks: Findings


def check_course(entries: Sequence[Entry], findings: Findings, around: Around | None = None) -> None:
    """Everything that must hold between the files of a course, or of a part of one."""
    known = [*entries, *around.entries] if around else entries
    check_duplicates(entries, findings)
    check_references(entries, known, findings)
    check_links(entries, known, around.remarks if around else findings)
    _check_circles(known, findings)
    names = names_by_kind(known)
    for entry in entries:
        if entry.kind is CASE:
            check_case_entry(entry, names, findings)
        if entry.state.is_draft:  # nobody reads it yet, so it need not be finished
            continue
        for kind, key in MARKDOWN:
            if entry.kind is kind and key in entry.payload:
                check_markdown(entry.payload[key], entry.spot.at(key), findings)
        if entry.kind is METRIC:
            check_measure(entry, findings)


def check_duplicates(entries: Iterable[Entry], findings: Findings) -> None:
    """No two objects of a kind may agree in what tells them apart."""
    seen: dict[tuple[object, ...], Entry] = {}
    for entry in entries:
        for group in ((entry.kind.identity,), *entry.kind.unique):
            values = [entry.payload.get(key) for key in group]
            first = seen.setdefault((entry.kind.label, group, *values), entry)
            key = group[-1]
            # A row bears the name of its objective: two of one name are reported as two objectives.
            if first is entry or None in values or isinstance(entry.kind.key(key), Reference):
                continue
            message = _(
                "The %(kind)s “%(value)s” is there already: %(place)s. Give one of them another %(key)s."
            )
            place = f"{first.spot.text.name}:{first.spot.at(key).line}"
            said = {"kind": entry.kind.label, "value": values[-1], "place": place, "key": key}
            findings.note(entry.spot.at(key), message % said)


def check_references(entries: Iterable[Entry], all_entries: Iterable[Entry], findings: Findings) -> None:
    """What is referred to must be in the files: they have to load into an empty database, too."""
    names = names_by_kind(all_entries)
    for entry in entries:
        for key, (target, name) in entry.references():
            if key.name not in entry.implied and name not in names.get(target, ()):
                spot = entry.spot.at(key.name)
                findings.note(spot, unknown((target, name), names.get(target, ())), words=name)


def unknown(address: Address, names: Collection[str]) -> str:
    """That something which is referred to is nowhere, and what may have been meant."""
    advice = nearest(address[1], names) or _("Add it or take the reference out.")
    return _("There is no %(kind)s “%(name)s”.") % {"kind": address[0], "name": address[1]} + " " + advice


def names_by_kind(entries: Iterable[Entry]) -> dict[str, set[str]]:
    """The names of all objects, by the label of their kind."""
    names: dict[str, set[str]] = {}
    for entry in entries:
        names.setdefault(entry.kind.label, set()).add(entry.name)
    return names


def check_links(entries: Iterable[Entry], all_entries: Sequence[Entry], findings: Findings) -> None:
    """Links into the course must lead somewhere, whichever text they stand in."""
    names = names_by_kind(all_entries)
    anchors: dict[str, set[str]] = {}
    for entry in all_entries:
        if entry.kind is ROW:
            anchors.setdefault(entry.payload.get("comparison", ""), set()).add(
                entry.payload.get("anchor", "")
            )
    for entry in entries:
        for steps, text in texts(entry.payload) if not entry.state.is_draft else ():
            if "](" in text:
                spot = entry.spot.at(*(steps[1:] if steps[0] == "content" else steps))
                for problem, words in link_problems(text, names, anchors):
                    findings.note(spot, problem, words=words)


def link_problems(
    text: str, names: Mapping[str, Collection[str]], anchors: Mapping[str, Collection[str]]
) -> list[tuple[str, str]]:
    """What is wrong with the links of a text, each with the words by which to find its line."""
    problems = []
    for kind, slug, anchor in course_links(text):
        target = f"{kind}:{slug}"
        known = WORKSHEETS.keys() if kind == "worksheet" else names.get(kind, ())
        if slug not in known:
            problems.append((unknown((kind, slug), known), target))
        elif anchor and kind == "comparison" and anchor not in anchors.get(slug, ()):
            message = _("The comparison “%(slug)s” has no row “%(anchor)s”.") % {
                "slug": slug,
                "anchor": anchor,
            }
            problems.append(
                (f"{message} {nearest(anchor, anchors.get(slug, ()))}".strip(), f"{target}#{anchor}")
            )
    strays = stray_pictures(text) if "![" in text else []
    problems += [(stray_message(target), target or "![") for target in strays]
    return problems + _misspelt_links(text)


def stray_message(target: str) -> str:
    """That an image will not be seen, and why."""
    if PICTURE_LINK.match(target):
        message = _("The picture “%(target)s” stands within a line. Give it a paragraph of its own.")
        return message % {"target": target}
    message = _("“%(target)s” is no picture of the course. Write ![Caption](picture:slug).")
    return message % {"target": target}


def _misspelt_links(text: str) -> list[tuple[str, str]]:
    """Links that the renderer would leave standing as text, because they are of no kind it knows."""
    problems = []
    pieces = text.split("](")
    for before, piece in pairwise(pieces):
        target = piece.partition(")")[0].strip()
        kind, colon, _rest = target.partition(":")
        if before.rpartition("[")[0].endswith("!"):
            continue
        if kind == "picture":
            message = _("A picture begins with an exclamation mark: ![Caption](%(target)s).")
            problems.append((message % {"target": target}, target))
            continue
        if named := _WORKSHEET_PAGE.fullmatch(target):
            message = _("“%(target)s” is an address that may change. Write worksheet:%(name)s.")
            problems.append((message % {"target": target, "name": named[1]}, target))
            continue
        if not colon or kind in ("http", "https", "mailto") or COURSE_LINK.match(target):
            continue
        advice = nearest(kind, (*LINKED, "worksheet")) if kind not in LINKED else ""
        advice = advice or _(
            "Write concept:slug, metric:slug, term:slug, worksheet:slug or comparison:slug#anchor."
        )
        problems.append((_("“%(target)s” is no link.") % {"target": target} + " " + advice, target))
    return problems


def _check_circles(entries: Iterable[Entry], findings: Findings) -> None:
    """No concept may have to be read before itself, by whatever detour."""
    concepts = {entry.name: entry for entry in entries if entry.kind is CONCEPT}
    before = {name: _all_before(name, concepts) for name in concepts}
    for name, entry in concepts.items():
        if name in before[name]:
            message = _(
                "“%(name)s” has to be read before itself. Take a prerequisite out of the circle %(circle)s."
            )
            circle = ", ".join(sorted(other for other in before[name] if name in before.get(other, ())))
            findings.note(entry.spot.at("prerequisites"), message % {"name": name, "circle": circle})


def _all_before(name: str, concepts: Mapping[str, Entry]) -> set[str]:
    """The concepts to be read before one, directly or by a detour."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        entry = concepts.get(waiting.pop())
        further = set(entry.payload.get("prerequisites", ())) - found if entry else set()
        found |= further
        waiting += further
    return found
