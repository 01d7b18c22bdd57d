"""The box for an address: the same rule as in the files of a course, and the same words for it everywhere."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext as _

from concepts.coursepack.folders import taken_address
from concepts.coursepack.keys import SLUG


class AddressField(forms.SlugField):
    """Small letters, digits and hyphens. `kept` is what stands there already: nobody is made to change it.

    `of` is the model whose address it is, where some addresses are taken.
    """

    default_validators = []
    kept = ""
    of: Any = None

    def run_validators(self, value: Any) -> None:
        super().run_validators(value)
        if not value or value == self.kept:
            return
        if self.of and (problem := taken_address(self.of, value)):
            raise ValidationError(problem, code="taken")
        if SLUG.fullmatch(value):
            return
        said = {"value": slugify(value.replace("_", " ")) or "lead-time"}
        message = _("An address takes small letters, digits and hyphens, as in “%(value)s”.")
        raise ValidationError(message, code="invalid", params=said)


# For `formfield_overrides`: every address in a form of the admin.
ADDRESSES: dict[Any, dict[str, Any]] = {
    models.SlugField: {"form_class": AddressField, "widget": AdminTextInputWidget}
}
