"""What a browser posts of a question's form: every control with its value, lines ending as browsers do it."""

from typing import Any

from django.http import QueryDict

from assessments.forms.content import FORMS


def typed(kind: str, content: dict[str, Any], **changes: str) -> QueryDict:
    """The form of this content as it would be posted, with some controls typed over."""
    form = FORMS[kind](content)
    data = QueryDict(mutable=True)
    for bound in form.single:
        _put(data, bound.html_name, bound.value())
    for formset in form.formsets.values():
        for bound in formset.management_form:
            _put(data, bound.html_name, bound.value())
        for row in formset.forms:
            for bound in row:
                _put(data, bound.html_name, bound.value())
    for name, value in changes.items():
        data[name.replace("__", "-")] = value
    return data


def _put(data: QueryDict, name: str, value: object) -> None:
    if value is None or value is False or value == "":
        return
    data[name] = "on" if value is True else str(value).replace("\n", "\r\n")
