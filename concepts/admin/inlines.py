"""Inlines in which every control has a name of its own: a head of a column is no label to a screen reader."""

from typing import Any

from django import forms
from django.contrib import admin
from django.forms.models import BaseInlineFormSet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from concepts.admin.addresses import ADDRESSES
from concepts.admin.plain import PlainChoices
from concepts.admin.widgets import without_shortcuts
from concepts.reordering import LATER, place_last

ROW = "__row__"


class LabelledFormSet(BaseInlineFormSet):
    """Names each control after its row and its column, as "Objective 3: Code". New rows go last.

    A row that a script adds is numbered by `js/admin-labels.js`, from the pattern that each control carries.
    """

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if hasattr(form.instance, "position") and not form.instance.pk:
            form.instance.position = LATER + (index or 0)
        for name, field in form.fields.items():
            if isinstance(field.widget, forms.HiddenInput):
                continue
            # A related field comes in a wrapper with links around it.
            inner = getattr(field.widget, "widget", field.widget)
            label = _("Delete") if name == "DELETE" else capfirst(field.label or name)
            said = {"kind": capfirst(form.instance._meta.verbose_name), "row": ROW, "label": label}
            pattern = _("%(kind)s %(row)s: %(label)s") % said
            number = ROW if index is None else str(index + 1)
            inner.attrs |= {"data-row-label": pattern, "aria-label": pattern.replace(ROW, number)}

    def save_new(self, form: Any, commit: bool = True) -> Any:
        setattr(form.instance, self.fk.name, self.instance)
        if "position" not in form.fields:
            place_last(form.instance)
        return super().save_new(form, commit)


class TaktInline(PlainChoices, admin.TabularInline):
    """Rows of a table on the page of what they belong to."""

    formset = LabelledFormSet
    formfield_overrides = ADDRESSES
    view_on_site = False

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        return without_shortcuts(super().formfield_for_dbfield(db_field, request, **kwargs))
