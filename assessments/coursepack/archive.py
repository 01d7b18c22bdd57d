"""Taking an uploaded pack apart: a zip of somebody else's making, so nothing in it is believed.

Names are looked at before anything is written, and sizes are counted while reading, because what an archive
says of itself may be false.
"""

import io
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from assessments.coursepack.exporting import ROOTS, Files

LARGEST_PACK = 50 * 1024 * 1024
LARGEST_FILE = 20 * 1024 * 1024
LARGEST_CONTENT = 200 * 1024 * 1024
MOST_FILES = 5000
LONGEST_NAME = 200
# What programs put beside the files without being asked.
NOISE = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_PIECE = 256 * 1024


class PackRefused(Exception):
    """An upload that is no pack. The message says why and what to do."""


def unpack(data: bytes) -> Files:
    """The files of a pack by their names, `course/…` and `bank/…`. Raises PackRefused."""
    if len(data) > LARGEST_PACK:
        raise PackRefused(too_large())
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = _looked_at(archive.infolist())
            return _without_wrapping(_contents(archive, infos))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        message = _("This is no zip file, or it is damaged. Choose a pack as “Export” makes it.")
        raise PackRefused(message) from error


def too_large() -> str:
    """What to say of an archive above the limit."""
    message = _("The file is larger than %(limit)s MB. Export single modules instead, or use load_course.")
    return message % {"limit": LARGEST_PACK // 1024 // 1024}


def write_files(files: Files, root: Path) -> None:
    """Write unpacked files below a folder; both folders are there, whichever the pack has."""
    for name in ROOTS:
        (root / name).mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _looked_at(infos: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The files of an archive, if all of them may be unpacked."""
    if len(infos) > MOST_FILES:
        message = _("The archive holds %(count)s files; %(most)s is the most.")
        raise PackRefused(message % {"count": len(infos), "most": MOST_FILES})
    files = [info for info in infos if not info.is_dir() and not _is_noise(info.filename)]
    seen: set[str] = set()
    for info in files:
        problem = _problem(info, seen)
        if problem:
            raise PackRefused(f"“{info.filename[:LONGEST_NAME]}”: {problem}")
        seen.add(info.filename.casefold())
    return files


def _is_noise(name: str) -> bool:
    return name.startswith(NOISE[0]) or name.rpartition("/")[2] in NOISE


def _problem(info: zipfile.ZipInfo, seen: set[str]) -> str:
    """Why one file of an archive is refused; empty if it is not."""
    name, parts = info.filename, PurePosixPath(info.filename).parts
    outside = name.startswith("/") or ".." in parts or "\\" in name or ":" in name or not name.isprintable()
    if outside or any(part != part.strip() for part in parts) or name != "/".join(parts):
        return _("This name leads out of the pack, so the whole archive is refused.")
    if len(name) > LONGEST_NAME:
        return _("This name is too long.")
    if name.casefold() in seen:
        return _("This name is in the archive twice.")
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        return _("This is no plain file but a link or a device.")
    if info.flag_bits & 0x1:
        return _("This file is protected by a password. Make the archive without one.")
    return ""


def _contents(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> Files:
    """What the files hold; stops as soon as it is more than a course can be."""
    files: Files = {}
    left = LARGEST_CONTENT
    for info in infos:
        held = bytearray()
        with archive.open(info) as file:
            while piece := file.read(_PIECE):
                held += piece
                left -= len(piece)
                if len(held) > LARGEST_FILE or left < 0:
                    message = _("“%(name)s” unpacks to far more than a course holds, so it is refused.")
                    raise PackRefused(message % {"name": info.filename})
        files[info.filename] = bytes(held)
    return files


def _without_wrapping(files: Files) -> Files:
    """The files without a folder around everything, which most programs for archives add."""
    tops = {name.partition("/")[0] for name in files}
    if len(tops) == 1 and not tops & set(ROOTS):
        files = {name.partition("/")[2]: content for name, content in files.items() if "/" in name}
    packed = {
        name: content for name, content in files.items() if name.startswith(tuple(f"{r}/" for r in ROOTS))
    }
    if not packed:
        message = _(
            "There is no folder “course” or “bank” in this archive. Choose a pack as “Export” makes it."
        )
        raise PackRefused(message)
    return packed
