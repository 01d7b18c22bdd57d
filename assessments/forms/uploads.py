"""The box for a file that may be larger than what is read: it is then stopped on its way in."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy


class BoundedFileField(forms.FileField):
    """A file. That it is empty is for its reader to say, who knows what belongs into it."""

    def __init__(self, **options: Any) -> None:
        missing = {"required": gettext_lazy("No file was chosen. Choose one.")}
        super().__init__(**{"allow_empty_file": True, "error_messages": missing, **options})


class BoundedUploadForm(forms.Form):
    """A form with a `file`. `too_large` says that the file was stopped, before the check and after."""

    largest: ClassVar[int]  # bytes
    refusal: ClassVar[Callable[[], str]]

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large
        if too_large:
            # The file was stopped on its way in, so there is none; saying that it is missing would mislead.
            self.fields["file"].required = False

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if self.too_large or (file and file.size > self.largest):
            self.too_large = True
            raise ValidationError(type(self).refusal())
        return file
