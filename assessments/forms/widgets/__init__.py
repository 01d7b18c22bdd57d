"""The ways of answering, by the presentation's `widget`. A new one is a module and a line in `WIDGETS`."""

from assessments.forms.widgets.base import AnswerWidget
from assessments.forms.widgets.buckets import BUCKETS
from assessments.forms.widgets.choices import MANY, ONE
from assessments.forms.widgets.matching import MATCHING
from assessments.forms.widgets.number import NUMBER
from assessments.forms.widgets.ordering import ORDERING
from assessments.forms.widgets.steps import STEPS
from assessments.forms.widgets.text import TEXT
from assessments.forms.widgets.written import WRITTEN

WIDGETS: dict[str, AnswerWidget] = {
    "one": ONE,
    "many": MANY,
    "number": NUMBER,
    "steps": STEPS,
    "buckets": BUCKETS,
    "matching": MATCHING,
    "ordering": ORDERING,
    "text": TEXT,
    "written": WRITTEN,
}
