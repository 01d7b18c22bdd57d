"""The editor's form of every question type. A new type is a module here and a line in `FORMS`."""

from assessments.forms.content.base import ContentForm
from assessments.forms.content.choices import MultipleChoiceForm, SingleChoiceForm
from assessments.forms.content.classification import ClassificationForm
from assessments.forms.content.matching import MatchingForm
from assessments.forms.content.multi_step import MultiStepForm
from assessments.forms.content.numeric import NumericForm
from assessments.forms.content.ordering import OrderingForm
from assessments.forms.content.short_text import ShortTextForm
from assessments.forms.content.true_false import TrueFalseForm
from assessments.forms.content.written import WrittenForm

FORMS: dict[str, type[ContentForm]] = {
    SingleChoiceForm.key: SingleChoiceForm,
    MultipleChoiceForm.key: MultipleChoiceForm,
    TrueFalseForm.key: TrueFalseForm,
    NumericForm.key: NumericForm,
    MultiStepForm.key: MultiStepForm,
    ClassificationForm.key: ClassificationForm,
    MatchingForm.key: MatchingForm,
    OrderingForm.key: OrderingForm,
    ShortTextForm.key: ShortTextForm,
    WrittenForm.key: WrittenForm,
}
