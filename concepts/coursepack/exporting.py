"""Writing the course as files: the inverse of `folder`, the same bytes for the same database.

Every order is that of the course where it has one, and else that of addresses; nothing depends on numbers
that another database would give. What the place of a file says is not written into it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from concepts.coursepack.cases import flat
from concepts.coursepack.content import pictures_in
from concepts.coursepack.folders import CASES, PICTURES
from concepts.coursepack.payload import Payload, texts
from concepts.coursepack.picking import Item, Picked
from concepts.coursepack.pictures import LIST
from concepts.coursepack.reading import FENCE
from concepts.coursepack.yaml_style import dump
from concepts.drawings import Drawing
from concepts.rendering import course_links

# What a pack holds: each file by its path within the pack.
Files = dict[str, bytes]
ROOT = "course"
# What the title of a drawing cannot hold.
_NO_XML = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")


def course_files(picked: Picked) -> Files:
    """The files of the course in a pack."""
    files = {f"{ROOT}/sources.yaml": listed(sorted(picked.of("source"), key=by_name))}
    files[f"{ROOT}/paths.yaml"] = listed(sorted(picked.of("path"), key=by_position))
    objectives = _objectives(picked)
    for module in picked.of("module"):
        files[_at(module.payload["slug"], "module.yaml")] = _encoded(dump(written(module)))
    for concept in picked.of("concept"):
        name = f"{concept.payload['position']:02d}-{concept.payload['slug']}.md"
        files[_at(concept.payload["module"], name)] = _lesson(concept, objectives[concept.address])
    for comparison in picked.of("comparison"):
        name = f"comparison-{comparison.payload['slug']}.yaml"
        files[_at(comparison.payload["module"], name)] = _comparison(comparison, picked)
    for label, order in (("metric", by_position), ("term", by_name), ("skill", by_position)):
        for folder, items in by_module(picked.of(label), picked).items():
            files[_at(folder, f"{label}s.yaml")] = listed(sorted(items, key=order))
    for case in picked.of("case"):
        item = Item(case.kind, flat(case.payload), case.state, case.obj)
        files[_at(CASES, f"{case.payload['slug']}.yaml")] = _encoded(dump(written(item)))
    files |= _pictures(picked)
    return {name: data for name, data in files.items() if data}


def by_name(item: Item) -> Any:
    """The order of addresses."""
    return item.address


def by_position(item: Item) -> Any:
    """The order that an editor gave; the address settles what that leaves open."""
    return item.payload["position"], item.address


def by_module(items: Iterable[Item], picked: Picked) -> dict[str, list[Item]]:
    """Objects by the folder of their module; those of no module under the empty name."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[picked.module_of(item)].append(item)
    return found


def listed(items: Iterable[Item], *, without: tuple[str, ...] = ()) -> bytes:
    """A file that is a list of objects; nothing where there are none."""
    found = [written(item, without=without) for item in items]
    return _encoded(dump(found)) if found else b""


def written(item: Item, *, without: tuple[str, ...] = ()) -> Payload:
    """What a file says of an object: its name, its state unless it is published, and the rest."""
    rest = {key: value for key, value in item.payload.items() if key not in without}
    identity = item.kind.identity
    name = {identity: rest.pop(identity)} if identity in rest else {}
    return name | item.state.written() | rest


def _at(module: str, name: str) -> str:
    return "/".join(part for part in (ROOT, module, name) if part)


def _encoded(text: str) -> bytes:
    return text.encode()


def _objectives(picked: Picked) -> Mapping[Any, list[Item]]:
    """The objectives of each lesson, in their order."""
    found: dict[Any, list[Item]] = defaultdict(list)
    for objective in sorted(picked.of("objective"), key=by_position):
        if "concept" in objective.payload:
            found["concept", objective.payload["concept"]].append(objective)
    return found


def _lesson(concept: Item, objectives: Iterable[Item]) -> bytes:
    head = written(concept, without=("module", "body"))
    aims = [written(each, without=("concept", "comparison", "position")) for each in objectives]
    if aims:
        head["objectives"] = aims
    body = concept.payload.get("body", "")
    return _encoded(f"{FENCE}\n{dump(head)}{FENCE}\n{body}\n")


def _comparison(comparison: Item, picked: Picked) -> bytes:
    """A comparison with its rows; each row holds its objective, and its code is that of the objective."""
    head = written(comparison, without=("module",))
    own = [row for row in picked.of("row") if row.payload["comparison"] == comparison.payload["slug"]]
    rows = []
    for row in sorted(own, key=by_position):
        objective = picked.items["objective", row.payload["objective"]]
        said = written(row, without=("objective", "comparison", "position", "sources"))
        said["objective"] = written(objective, without=("code", "concept", "comparison", "position"))
        rows.append({"code": row.payload["objective"], **said} | _sources(row))
    if rows:
        head["rows"] = rows
    return _encoded(dump(head))


def _sources(row: Item) -> Payload:
    return {"sources": row.payload["sources"]} if row.payload.get("sources") else {}


def _pictures(picked: Picked) -> Files:
    """Each picture in the folder of the one module that shows it, or beside the modules."""
    files: Files = {}
    shown = _shown_in(picked)
    lists: dict[str, list[Payload]] = defaultdict(list)
    for picture in sorted(picked.of("picture"), key=by_name):
        slug, modules = picture.payload["slug"], shown[picture.payload["slug"]]
        module = next(iter(modules)) if len(modules) == 1 else ""
        if picture.payload.get("drawing"):
            obj = picture.obj
            title = _NO_XML.sub("", " ".join(picture.payload["alt"].split()))
            drawing = Drawing(picture.payload["drawing"], title, obj.width, obj.height)
            files[_at(module, f"{PICTURES}/{slug}.svg")] = _encoded(drawing.as_file())
        elif data := getattr(picture.payload["file"], "data", b""):
            name = f"{slug}.{picture.payload['file'].rpartition('.')[2]}"
            files[_at(module, f"{PICTURES}/{name}")] = data
            lists[module].append({"slug": slug, "file": name, "alt": picture.payload["alt"]})
    for module, entries in lists.items():
        files[_at(module, f"{PICTURES}/{LIST}")] = _encoded(dump(entries))
    return files


def _shown_in(picked: Picked) -> Mapping[str, set[str]]:
    """The modules in which each picture is shown."""
    found: dict[str, set[str]] = defaultdict(set)
    for item in picked.items.values():
        for slug in _shown_by(item):
            found[slug].add(picked.module_of(item))
    return found


def _shown_by(item: Item) -> Iterator[str]:
    if item.kind.label == "case":
        yield from pictures_in(item.payload.get("content", {}))
    for _steps, text in texts(item.payload):
        if "](picture:" in text:
            yield from (slug for kind, slug, _anchor in course_links(text) if kind == "picture")
