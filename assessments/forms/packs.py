"""The forms of course packs: what to export, which archive to load, and the word that it be loaded."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.coursepack.archive import LARGEST_PACK, PackRefused, too_large, unpack
from assessments.forms.uploads import BoundedFileField, BoundedUploadForm
from assessments.services.kept_uploads import VALID_FOR
from concepts.models import Module


class ModuleField(forms.ModelChoiceField):
    """A module, or the whole course."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.position} · {obj.title}"


class PackExportForm(forms.Form):
    """What goes into a pack."""

    module = ModuleField(
        queryset=Module.objects.all(),
        to_field_name="slug",
        required=False,
        label=gettext_lazy("What"),
        empty_label=gettext_lazy("The whole course"),
        help_text=gettext_lazy(
            "One module takes the sources, slips and pictures along that it uses, but not other modules."
        ),
    )
    drafts = forms.BooleanField(
        required=False,
        label=gettext_lazy("Drafts and what is scheduled too"),
        help_text=gettext_lazy("Without them a pack holds what learners see."),
    )


class PackUploadForm(BoundedUploadForm):
    """The archive to load."""

    largest = LARGEST_PACK
    refusal = staticmethod(too_large)

    file = BoundedFileField(
        label=gettext_lazy("Course pack"),
        widget=forms.ClearableFileInput({"accept": ".zip,application/zip"}),
        help_text=gettext_lazy(
            "A .zip of at most 50 MB, as “Export a course pack” makes it. "
            "Nothing is written before you have seen what it would change."
        ),
    )

    def clean_file(self) -> Any:
        file = super().clean_file()
        self.archive: bytes = file.read()
        try:
            self.unpacked = unpack(self.archive)
        except PackRefused as refused:
            raise ValidationError(str(refused)) from refused
        return file


def sealed(content: dict[str, str], user_pk: int) -> str:
    """What the preview was of, as a text that only this person can hand back, and only unchanged."""
    return signing.dumps(content, salt=_salt(user_pk))


def unsealed(token: str, user_pk: int) -> dict[str, str] | None:
    """What a preview was of; None if it is another's, too old, or was changed."""
    try:
        return dict(signing.loads(token, salt=_salt(user_pk), max_age=VALID_FOR))
    except signing.BadSignature:
        return None


def gone() -> str:
    """What to say where a preview cannot be confirmed any more."""
    return _("The preview is more than an hour old or was changed on its way. Choose the file again.")


def _salt(user_pk: int) -> str:
    return f"assessments.pack.{user_pk}"
