"""The editor's form of a case: what it is called, and its content in sections."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concepts.admin.case_checks import problems_of
from concepts.admin.case_content import CaseContentForm
from concepts.admin.forms import ContentForm
from concepts.models import CaseStudy

SHOWS = ("_publish", "_schedule")  # buttons that show it to learners, now or later


class CaseForm(ContentForm):
    """The model's own fields, with the form of the content behind `content_form`."""

    class Meta:
        model = CaseStudy
        fields = ("title", "slug", "minutes", "summary", "sources")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        data = self.data if self.is_bound else None
        self.content_form = CaseContentForm(self.instance.content, data)
        self.problem_count = 0
        if self.is_bound or self.instance.content:
            self._note_problems()

    def _note_problems(self) -> None:
        """Say at each field what publishing would refuse; of what was typed, if that can be read."""
        content = self.readable_content()
        if content is not None:
            problems = problems_of(content, self.instance)
            self.problem_count = len(problems)
            self.content_form.note(problems)

    def readable_content(self) -> dict[str, Any] | None:
        """The content as it stands in the form; None while something in it cannot be read."""
        if not self.is_bound:
            return dict(self.instance.content)
        return self.content_form.content() if self.content_form.is_valid() else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.content_form.is_valid():
            message = _("Something typed below cannot be read. Nothing was saved; mend it and save.")
            self.add_error(None, message)
            return cleaned
        self.instance.content = self.content_form.content()
        if self.problem_count and any(button in self.data for button in SHOWS):
            self.add_error(None, refusal(self.problem_count))
        return cleaned

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


def refusal(count: int) -> str:
    """Why a case is not published."""
    text = ngettext(
        "Not published: %(count)d thing is to be mended first.",
        "Not published: %(count)d things are to be mended first.",
        count,
    )
    return f"{text % {'count': count}} " + _("Each stands at its place below.")
