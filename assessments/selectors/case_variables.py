"""The figures of a case as they are read: where each began, how it went, where it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.plots import course
from assessments.svg import Words
from concepts.cases.document import Variable
from concepts.figures import format_number, in_unit, with_unit


@dataclass(frozen=True)
class VariableView:
    """One figure of the state: where it began, how it went and where it is."""

    variable: Variable
    values: Sequence[float]

    @property
    def now(self) -> str:
        return self._said(self.values[-1])

    @property
    def figure(self) -> str:
        """Where it is, without its unit."""
        figure = format_number(self.values[-1], decimals=self.variable.decimals, trim=False)
        return in_unit(figure, self.variable.unit)

    @property
    def before(self) -> str:
        return self._said(self.values[0])

    @property
    def change(self) -> str:
        """What the last stage changed, with its sign; empty where it changed nothing."""
        if len(self.values) < 2:
            return ""
        gap = self.values[-1] - self.values[-2]
        figure = format_number(abs(gap), decimals=self.variable.decimals, trim=False)
        figure = in_unit(figure, self.variable.unit)
        if not figure.strip("0.,"):
            return ""
        return f"+{figure}" if gap > 0 else f"−{figure}"

    @property
    def is_better(self) -> bool:
        """Whether the last change went the good way."""
        rose = len(self.values) > 1 and self.values[-1] > self.values[-2]
        return rose == (self.variable.better == "higher")

    @property
    def course(self) -> SafeString:
        words = Words(
            f"course-{self.variable.name}",
            _("%(name)s so far") % {"name": self.variable.label},
            _("From %(first)s to %(last)s.") % {"first": self.before, "last": self.now},
        )
        return course(words, self.values)

    @property
    def history(self) -> list[str]:
        """Each value in words, from the start on."""
        return [self._said(value) for value in self.values]

    def _said(self, value: float) -> str:
        figure = format_number(value, decimals=self.variable.decimals, trim=False)
        return with_unit(figure, self.variable.unit) if self.variable.unit else figure
