"""Loading a course from files, emptying the database, and exporting it again."""

from pathlib import Path
from typing import Any

from assessments.coursepack.exporting import KINDS, Pack, export_pack
from assessments.models import Question, QuestionVersion
from concepts.models import CaseVersion


def write_pack(pack: Pack, root: Path) -> Path:
    """Write the files of a pack below a folder, and give the folder back."""
    pack.write(root)
    return root


def empty_database() -> None:
    """Take everything of the course out of the database, with its history."""
    Question.objects.update(live=None)
    QuestionVersion.objects.all().delete()
    CaseVersion.objects.all().delete()
    for kind in reversed(KINDS):
        model: Any = kind.model
        model.objects.all().delete()
        model.history.all().delete()


def texts(pack: Pack) -> dict[str, str]:
    """The files as text, for messages that can be read."""
    return {name: data.decode(errors="replace") for name, data in pack.files.items()}


__all__ = ["Pack", "empty_database", "export_pack", "texts", "write_pack"]
