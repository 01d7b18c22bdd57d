"""The pictures of a course as files.

They lie in a folder `pictures` of a module; what belongs to no module lies in `pictures` beside
`sources.yaml`. A picture is either

- a drawing `slug.svg`: its first child `<title>` is the text alternative, the rest is what
  `concepts.drawings` takes. `Drawing.as_file()` writes the file of a stored picture:
  Drawing(svg=picture.drawing, title=picture.alt, width=picture.width, height=picture.height).as_file().
  Read again it gives the same picture, and what is written from that is the same to the byte; or
- a file `slug.png`, `.jpg` or `.webp`, in the very bytes that the storage holds (they carry nothing but
  pixels), and an entry for it in `pictures.yaml` beside it, a list in the order of the slugs:

      - slug: packing-board
        file: packing-board.png
        alt: A board beside a packing line, with the target and the count of each hour.

Slugs are unique over the course. Texts name a picture as `![Caption](picture:slug)`, in a paragraph of its
own.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from concepts.coursepack.findings import Findings, Spot, Text
from concepts.coursepack.images import PackFile
from concepts.coursepack.kinds import PICTURE, Entry
from concepts.coursepack.payload import texts
from concepts.coursepack.reading import display_name, read_text, read_yaml
from concepts.drawings import read_drawing
from concepts.images import ENDINGS
from concepts.rendering import course_links

LIST = "pictures.yaml"


def read_pictures(folder: Path, findings: Findings) -> list[Entry]:
    """The pictures in a folder; none if there is no such folder."""
    if not folder.is_dir():
        return []
    paths = [path for path in sorted(folder.iterdir()) if path.name[0] != "." and path.name != "README.md"]
    entries: list[Entry] = []
    for path in paths:
        if path.suffix == ".svg":
            entries += _read_drawing(path, findings)
    listed = list(_read_list(folder / LIST, findings)) if folder / LIST in paths else []
    named = {name for name, _entry in listed}
    for path in paths:
        if path.is_dir() or (path.suffix != ".svg" and path.name != LIST and path.name not in named):
            findings.note(Spot(Text(display_name(path))), _out_of_place(path))
    return entries + [entry for _name, entry in listed if entry]


def _out_of_place(path: Path) -> str:
    if path.suffix.lstrip(".") in ENDINGS.values() and path.is_file():
        said = {"list": LIST, "name": path.name}
        return (
            _("%(list)s says nothing of this picture. Add an entry with slug, alt and file: %(name)s.") % said
        )
    return _("Only .svg, .png, .jpg and .webp belong here, and %(list)s. Move it away.") % {"list": LIST}


def _read_drawing(path: Path, findings: Findings) -> Iterator[Entry]:
    text = read_text(path, findings)
    if text is None:
        return
    lines = tuple(text.splitlines())
    title = next((number for number, line in enumerate(lines, 1) if "<title" in line), 1)
    spot = Spot(Text(display_name(path), lines, {("slug",): 1, ("alt",): title, ("drawing",): 1}))
    read = read_drawing(text)
    for problem in read.problems:
        findings.note(spot, problem.message, line=problem.line)
    if read.drawing is None:
        yield Entry(PICTURE, path.stem, {"slug": path.stem}, spot)  # so that links to it are not called dead
        return
    if not read.drawing.title:
        message = _("<title> is missing. Say in it, first thing after <svg …>, what the drawing shows.")
        findings.note(spot, message)
    data = {"slug": path.stem, "alt": read.drawing.title or "?", "drawing": read.drawing.svg}
    entry = PICTURE.read(data, spot, findings, {"file": None})
    if entry:
        yield entry


def _read_list(path: Path, findings: Findings) -> Iterator[tuple[str, Entry | None]]:
    """The file that each entry of the list names, and what it makes."""
    read = read_yaml(path, findings)
    if read is None:
        return
    data, spot = read
    if not isinstance(data, list):
        findings.note(spot, _("This file is a list. Put a dash before each entry."))
        return
    for i, item in enumerate(data):
        name = item.get("file") if isinstance(item, dict) else None
        yield str(name), PICTURE.read(_placed(item, path.parent), spot.at(i), findings, {"drawing": None})


def _placed(item: Any, folder: Path) -> Any:
    """The entry with its file as a place; a picture of this list must have one."""
    if not isinstance(item, dict):
        return item
    name = item.get("file")
    if not isinstance(name, str) or Path(name).name != name:
        return {**item, "file": 0}  # refused at the key
    return {**item, "file": PackFile.at(folder / name)}


def check_use(entries: Sequence[Entry], findings: Findings) -> None:
    """Report pictures that no text shows. ``entries`` are those of the course and of the bank."""
    shown = {
        slug
        for entry in entries
        for _steps, text in texts(entry.payload)
        if "](picture:" in text
        for kind, slug, _anchor in course_links(text)
        if kind == "picture"
    }
    for entry in entries:
        if entry.kind is PICTURE and entry.name not in shown:
            message = _("No text shows the picture “%(slug)s”. Use it, or take the file away.")
            findings.note(entry.spot, message % {"slug": entry.name})
