"""Classification: up to four buckets, and the items to be put into them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.forms.content.base import ContentForm, Place, QuestionFields, Section, without_blanks
from assessments.forms.content.fields import MisconceptionField, RowForm, small_text
from assessments.questions.base import Content
from assessments.questions.common import mappings

MOST = 4
BUCKETS = tuple(f"bucket_{i}" for i in range(MOST))
NAMES = (_("First bucket"), _("Second bucket"), _("Third bucket"), _("Fourth bucket"))


class ClassificationFields(QuestionFields):
    """The question and its buckets."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for i, name in enumerate(BUCKETS):
            self.fields[name] = forms.CharField(
                label=NAMES[i],
                required=False,
                widget=forms.TextInput({"class": "vTextField", "data-bucket": str(i)}),
                help_text=gettext("Optional.") if i > 1 else "",
            )


class ItemRow(RowForm):
    """A thing to sort. Its bucket is known by its number, so that a bucket may be renamed."""

    text = forms.CharField(label=_("Item"), required=False, widget=small_text())
    bucket = forms.CharField(
        label=_("Belongs to"), required=False, widget=forms.Select({"data-bucket-select": ""})
    )
    feedback = forms.CharField(label=_("Feedback if misplaced"), required=False, widget=small_text())
    misconception = MisconceptionField()

    def name_buckets(self, buckets: Sequence[str]) -> None:
        """Offer the buckets by what they are called now."""
        named = [(str(i), buckets[i] or NAMES[i]) for i in range(MOST)]
        self.fields["bucket"].widget.choices = [("", "–"), *named]


class ClassificationForm(ContentForm):
    """Things to sort."""

    key = "classification"
    intro = _("Four to eight things to put into two to four buckets. Each one placed right earns its share.")
    fields_class = ClassificationFields
    tables = {"items": ItemRow}
    sections = (
        Section(_("What is asked"), _("What is to be sorted, and by what."), ("stem",)),
        Section(_("Buckets"), _("Two to four, in the order in which they are shown."), BUCKETS),
        Section(
            _("Items"),
            _("Four to eight, shown in a fresh order each time. Each says why it belongs where it does."),
            table="items",
            add=_("Add another item"),
        ),
        Section(_("After marking"), _("Everybody reads this."), ("explanation",)),
    )

    def __init__(self, content: Content, data: Any = None) -> None:
        super().__init__(content, data)
        names = [str(self.single[name].value() or "").strip() for name in BUCKETS]
        formset = self.formsets["items"]
        for form in [*formset.forms, formset.blank]:
            form.name_buckets(names)
        self._bucket_names = names

    def unpack(self, content: Content) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
        listed = content.get("buckets")
        buckets = [str(text) for text in listed] if isinstance(listed, list) else []
        single = {name: content.get(name, "") for name in ("stem", "explanation")}
        single |= dict(zip(BUCKETS, buckets, strict=False))
        rows = [dict(item) | {"bucket": _number(item, buckets)} for item in mappings(content, "items")]
        return single, {"items": rows}

    def pack(self, single: Mapping[str, Any], rows: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
        by_number = {str(i): single[name] for i, name in enumerate(BUCKETS)}
        items = [without_blanks(row | {"bucket": by_number.get(row["bucket"], "")}) for row in rows["items"]]
        return {
            "stem": single["stem"],
            "buckets": [text for text in by_number.values() if text],
            "items": items,
            "explanation": single["explanation"],
        }

    def locate(self, path: Sequence[str]) -> Place | None:
        """A bucket is found by its place among those that are filled in."""
        if path[0] != "buckets":
            return super().locate(path)
        filled = [name for name, text in zip(BUCKETS, self._bucket_names, strict=True) if text]
        number = int(path[1]) if len(path) > 1 and path[1].isdigit() else 0
        return Place(filled[number] if number < len(filled) else BUCKETS[0])


def _number(item: Mapping[str, Any], buckets: Sequence[str]) -> str:
    bucket = item.get("bucket")
    return str(buckets.index(bucket)) if bucket in buckets[:MOST] else ""
