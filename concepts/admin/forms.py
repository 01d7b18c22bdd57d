"""The form behind every piece of content: a name that is taken says by whom, in plain words, at its field."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from concepts.admin.addresses import AddressField


class ContentForm(forms.ModelForm):
    """What is unique is checked before the model does it, because "already exists" helps nobody."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, AddressField):
                field.kept, field.of = getattr(self.instance, name), type(self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = self._as_it_was(name, value.replace("\r\n", "\n"))
        for field in self.instance._meta.concrete_fields:
            value = cleaned.get(field.name)
            if field.unique and not field.primary_key and value not in (None, ""):
                self._refuse_if_taken(field, value)
        return cleaned

    def _as_it_was(self, name: str, value: str) -> str:
        """The old text if only white space at its ends differs, which a form does not show."""
        old = getattr(self.instance, name, None)
        return old if isinstance(old, str) and old.strip() == value.strip() else value

    def _refuse_if_taken(self, field: Any, value: Any) -> None:
        others = self.instance.__class__._default_manager.exclude(pk=self.instance.pk)
        holder = others.filter(**{field.name: value}).first()
        if holder is None:
            return
        message = _("“%(value)s” is taken by the %(kind)s “%(holder)s”. Choose another.")
        said = {"value": value, "kind": self.instance._meta.verbose_name, "holder": holder}
        self.add_error(field.name, ValidationError(message, code="unique", params=said))
