"""PURE: methods that take a list of figures: the sequence of jobs, and a forecast by periods.

They import no models. Their pages are in `concepts.views.worksheets`.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy

# What a text calls each in a link, as in `worksheet:forecast`, and its name. The address of its page is the
# same word.
WORKSHEETS: Final[Mapping[str, Any]] = {
    "one-machine": gettext_lazy("Jobs on one machine"),
    "two-machines": gettext_lazy("Jobs on two machines"),
    "forecast": gettext_lazy("A forecast and its errors"),
}
