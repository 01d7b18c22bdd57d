"""The forms of an import: the file with its format, then the confirmation that carries what was read."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.formats.decoding import too_large
from assessments.formats.parsed import (
    LARGEST_FILE,
    ImportReport,
    Loss,
    ParsedQuestion,
    Remark,
    Unsupported,
)
from assessments.formats.registry import FORMATS, Format, detect
from assessments.forms.uploads import BoundedFileField, BoundedUploadForm
from concepts.models import Objective

# Below Django's limit of 2.5 MB for what a form may post beside files.
LARGEST_TOKEN = 2_000_000
VALID_FOR = 24 * 60 * 60  # seconds between looking and confirming


class ObjectiveField(forms.ModelChoiceField):
    """An objective by its code and name; `empty` says what leaving it empty means."""

    def __init__(self, **options: Any) -> None:
        given = {
            "queryset": Objective.objects.order_by("code"),
            "required": False,
            "label": gettext_lazy("Objective"),
            "empty_label": gettext_lazy("None: the file names it"),
            **options,
        }
        super().__init__(**given)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} · {obj.title}"


class UploadForm(BoundedUploadForm):
    """What is to be imported."""

    largest = LARGEST_FILE
    refusal = staticmethod(too_large)

    file = BoundedFileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("At most 5 MB. Nothing is written before you have seen what is in it."),
    )
    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        required=False,
        choices=lambda: [("", _("Tell by the file")), *((key, each.label) for key, each in FORMATS.items())],
    )
    objective = ObjectiveField(
        help_text=gettext_lazy("For questions whose tags or category name no objective that is known here.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file is None:
            return cleaned
        self.data_read: bytes = file.read()
        found = FORMATS.get(cleaned.get("format", "")) or detect(self.data_read, file.name)
        if found is None:
            self.add_error("format", _("The format cannot be told by the file. Choose it."))
            return cleaned
        self.found: Format = found
        self.report = found.read(self.data_read)
        if not self.report.count and not self.report.remarks:
            self.add_error("file", _("There are no questions in this file. Is the format the right one?"))
        return cleaned


class ConfirmForm(forms.Form):
    """What was read, signed for this person, and the objective for questions that need one."""

    token = forms.CharField(widget=forms.HiddenInput)
    objective = ObjectiveField()


def sealed(report: ImportReport, form: str, name: str, user_pk: int) -> str:
    """What was read of a file as a text that only this person can hand back, and only unchanged.

    It goes through the browser, so that any process can carry the import out and no server keeps a file.
    """
    content = {"format": form, "name": name, **asdict(report)}
    return signing.dumps(content, salt=_salt(user_pk), compress=True)


def unsealed(token: str, user_pk: int) -> tuple[ImportReport, str, str] | None:
    """The report, the format and the name of the file; None if it is another's, too old, or was changed."""
    try:
        content = signing.loads(token, salt=_salt(user_pk), max_age=VALID_FOR)
    except signing.BadSignature:
        return None
    report = ImportReport(
        questions=[_question(each) for each in content["questions"]],
        unsupported=[Unsupported(**each) for each in content["unsupported"]],
        remarks=[Remark(**each) for each in content["remarks"]],
    )
    return report, content["format"], content["name"]


def _question(each: dict[str, Any]) -> ParsedQuestion:
    losses = tuple(Loss(**loss) for loss in each["losses"])
    return ParsedQuestion(**{**each, "tags": tuple(each["tags"]), "losses": losses})


def _salt(user_pk: int) -> str:
    return f"assessments.import.{user_pk}"
