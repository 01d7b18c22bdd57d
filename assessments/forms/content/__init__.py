"""The editor's form of every question type. A new type is a module here and a line in `FORMS`."""

from assessments.forms.content.base import ContentForm
from assessments.forms.content.choices import MultipleChoiceForm, SingleChoiceForm
from assessments.forms.content.classification import ClassificationForm
from assessments.forms.content.numeric import NumericForm
from assessments.forms.content.true_false import TrueFalseForm

FORMS: dict[str, type[ContentForm]] = {
    SingleChoiceForm.key: SingleChoiceForm,
    MultipleChoiceForm.key: MultipleChoiceForm,
    TrueFalseForm.key: TrueFalseForm,
    NumericForm.key: NumericForm,
    ClassificationForm.key: ClassificationForm,
}
