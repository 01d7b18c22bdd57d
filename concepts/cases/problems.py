"""What is wrong with the document of a case, and the place in it where to mend that."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

Steps = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """One mistake. The field is the way to it, such as ``stages.2.decisions.0.title``; the message says what
    is wrong and how to mend it.
    """

    field: str
    message: str

    @property
    def steps(self) -> Steps:
        """The way as keys and positions in lists."""
        parts = self.field.split(".") if self.field else []
        return tuple(int(part) if part.isdigit() else part for part in parts)

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else self.message


class Notes(list[Problem]):
    """All mistakes of a document. It is ``broken`` where a list or a mapping is something else."""

    broken = False

    def note(self, steps: Steps, message: str) -> None:
        """Add a mistake, once."""
        problem = Problem(".".join(map(str, steps)), message)
        if problem not in self:
            self.append(problem)

    def twice(self, names: Iterable[str], where: Steps, key: str = "") -> None:
        """Add each name that stands in a list a second time; ``key`` is where it stands in an entry."""
        met: set[str] = set()
        for i, name in enumerate(names):
            if name and name in met:
                steps: Steps = (*where, i, key) if key else (*where, i)
                self.note(
                    steps, _("“%(name)s” is there twice. Give each a name of its own.") % {"name": name}
                )
            met.add(name)


def listed(names: Iterable[str]) -> str:
    """Names one after another, or that there are none."""
    return ", ".join(names) or _("none yet")
