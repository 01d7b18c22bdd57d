"""The tags of a question: words by which editors find it again."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.questions.base import Content


class TagsFields(forms.Form):
    """All tags in one line."""

    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text=_("Words to find it by, parted by commas. Learners do not see them."),
    )


def unpack_tags(content: Content) -> dict[str, Any]:
    """The value of the field."""
    tags = content.get("tags")
    return {"tags": ", ".join(map(str, tags)) if isinstance(tags, list) else ""}


def pack_tags(single: Mapping[str, Any]) -> dict[str, Any]:
    """What the field adds to the JSON of a question: nothing where it is empty."""
    tags = list(
        dict.fromkeys(tag for tag in (" ".join(tag.split()) for tag in single["tags"].split(",")) if tag)
    )
    return {"tags": tags} if tags else {}
