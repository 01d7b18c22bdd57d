"""The keys of a picture that are no plain fields: a drawing, and a file in the storage."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from concepts.coursepack.findings import Findings, Spot
from concepts.coursepack.keys import SLUG, Key, Known, Plain
from concepts.drawings import VIEW_BOX
from concepts.images import ENDINGS, ImageRefused, look_at


@dataclass(frozen=True)
class DrawingKey(Plain):
    """The SVG of a drawing; its size is that of its view box."""

    def write(self, obj: Any, value: Any, known: Known) -> None:
        super().write(obj, value, known)
        size = VIEW_BOX.search(value)
        if size:
            obj.width, obj.height = int(size[1]), int(size[2])


class PackFile(str):
    """The name of a file in a pack, with where it lies."""

    path: Path

    @classmethod
    def at(cls, path: Path) -> "PackFile":
        """The name of a file at a place."""
        name = cls(path.name)
        name.path = path
        return name


class FileValue(str):
    """The fingerprint and ending of a raster file, with the bytes behind it."""

    data: bytes
    size: tuple[int, int]

    @classmethod
    def of(cls, data: bytes, ending: str, size: tuple[int, int] = (0, 0)) -> "FileValue":
        """What stands for these bytes in a payload."""
        value = cls(f"{hashlib.sha256(data).hexdigest()}.{ending}")
        value.data, value.size = data, size
        return value


@dataclass(frozen=True)
class FileKey(Key):
    """A raster file: named in the pack, kept by the storage, compared by what it holds."""

    required: bool = False
    default: Any = ""

    def check(self, value: Any, spot: Spot, findings: Findings) -> Any:
        if not isinstance(value, PackFile):
            findings.note(spot, _("“file” is the name of a picture beside this file. Write one."))
            return None
        stem, _dot, ending = value.rpartition(".")
        if ending not in ENDINGS.values() or not SLUG.fullmatch(stem):
            message = _(
                "“%(name)s” cannot be the name of a picture. Write small letters, digits and hyphens, "
                "and .png, .jpg or .webp."
            )
            findings.note(spot, message % {"name": value})
            return None
        try:
            raster = look_at(value.path.read_bytes())
        except OSError:
            findings.note(spot, _("There is no file “%(name)s” here. Add it.") % {"name": value})
        except ImageRefused as refused:
            findings.note(spot, f"{value}: {refused}")
        else:
            problem = _misfit(raster.ending != ending, raster.carries, raster.ending)
            if not problem:
                return FileValue.of(raster.data, ending, (raster.width, raster.height))
            findings.note(spot, f"{value}: {problem}")
        return None

    def stored(self, obj: Any) -> Any:
        if not obj.file:
            return self.default
        try:
            with obj.file.storage.open(obj.file.name) as file:
                return FileValue.of(file.read(), obj.file.name.rpartition(".")[2])
        except OSError:
            return f"missing.{obj.file.name}"

    def write(self, obj: Any, value: Any, known: Known) -> None:
        if not value:
            obj.file = ""
        elif self.stored(obj) != value:
            obj.file = ContentFile(value.data, f"{obj.slug}.{value.rpartition('.')[2]}")
            obj.width, obj.height = value.size


def _misfit(differs: bool, carries: bool, ending: str) -> str:
    if differs:
        return _("It is another type than its name says. Call it .%(ending)s.") % {"ending": ending}
    if carries:
        return _(
            "It carries notes of a camera or a program along. Save it without them, or upload it in the "
            "admin, which leaves them out."
        )
    return ""
