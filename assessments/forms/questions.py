"""The editor's form of a question: where it belongs, and the content as its type needs it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from assessments.forms.content import FORMS, ContentForm
from assessments.models import Question
from assessments.questions import get
from assessments.questions.lint import lint
from concepts.admin import forms as concept_forms


class QuestionForm(concept_forms.ContentForm):
    """The model's own fields, with the form of the type's content behind `content_form`.

    `type_key` is set by the admin on the class that it makes for a request.
    """

    type_key = ""

    class Meta:
        model = Question
        fields = ("objective", "title", "slug", "thinking", "case")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.type:
            self.instance.type = self.type_key
        data = self.data if self.is_bound else None
        self.content_form: ContentForm = FORMS[self.instance.type](self.instance.content, data)
        if self.is_bound or self.instance.content:
            self.note_problems()

    def note_problems(self) -> None:
        """Say at each field what publishing would still refuse, and what could be written better; of what
        was typed, if that can be read.
        """
        content = self.readable_content()
        if content is not None:
            self.content_form.note(get(self.instance.type).check(content))
            self.content_form.advise(lint(self.instance.type, content))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.content_form.is_valid():
            self.instance.content = self.content_form.content()
        else:
            self.add_error(
                None, _("Something typed below cannot be read. Nothing was saved; mend it and save.")
            )
        return cleaned

    def readable_content(self) -> dict[str, Any] | None:
        """The content as it stands in the form; None while something in it cannot be read."""
        if not self.is_bound:
            return dict(self.instance.content)
        return self.content_form.content() if self.content_form.is_valid() else None

    @property
    def changed_data(self) -> list[str]:
        """The content counts as a field, for the log."""
        changed = list(super().changed_data)
        return [*changed, "content"] if self.is_bound and self._content_differs() else changed

    def _content_differs(self) -> bool:
        form = self.content_form
        return form.is_valid() and form.content() != dict(form.original)

    @property
    def media(self) -> forms.Media:
        return super().media + self.content_form.media
