"""Matching: a table of pairs, and what may be picked besides but belongs to none."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.content.base import ContentForm, QuestionFields, Section, without_blanks
from assessments.forms.content.fields import LinesField, MisconceptionField, RowForm, small_text
from assessments.questions.base import Content
from assessments.questions.common import mappings
from assessments.questions.keys import kept_keys, key_of


class MatchingFields(QuestionFields):
    """The question and the texts that fit nowhere."""

    distractors = LinesField(
        label=_("Answers that fit nowhere"),
        required=False,
        widget=forms.Textarea({"rows": 3, "cols": 40, "class": "vLargeTextField"}),
        help_text=_("Optional, one a line, four at most. They stand in the list of every left-hand side."),
    )


class PairRow(RowForm):
    """Two texts that belong together."""

    left = forms.CharField(label=_("Left, asked"), required=False, widget=small_text())
    right = forms.CharField(label=_("Right, picked from a list"), required=False, widget=small_text())
    feedback = forms.CharField(label=_("Feedback if mismatched"), required=False, widget=small_text())
    misconception = MisconceptionField()


class MatchingForm(ContentForm):
    """Texts to match."""

    key = "matching"
    intro = _("Three to eight pairs to put together again. Each one matched right earns its share.")
    fields_class = MatchingFields
    tables = {"pairs": PairRow}
    sections = (
        Section(_("What is asked"), _("What is to be matched with what."), ("stem",)),
        Section(
            _("Pairs"),
            _(
                "Three to eight. Both sides are shown in a fresh order each time; several lefts may share a "
                "right-hand side. The right-hand side is read in a list: keep it short and plain."
            ),
            table="pairs",
            add=_("Add another pair"),
        ),
        Section(
            _("Answers that fit nowhere"), _("They keep the last pair from being a gift."), ("distractors",)
        ),
        Section(_("After marking"), _("Everybody reads this."), ("explanation",)),
    )

    def unpack(self, content: Content) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
        single = {name: content.get(name, "") for name in ("stem", "explanation")}
        return single | {"distractors": content.get("distractors") or []}, {
            "pairs": [dict(pair) for pair in mappings(content, "pairs")]
        }

    def pack(self, single: Mapping[str, Any], rows: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
        pairs = rows["pairs"]
        lefts = self._kept(pairs, "left", "key")
        rights = self._kept(pairs, "right", "right_key")
        return {
            "stem": single["stem"],
            "pairs": [
                without_blanks(pair | {"key": left, "right_key": right})
                for pair, left, right in zip(pairs, lefts, rights, strict=True)
            ],
            **without_blanks({"distractors": single["distractors"]}),
            "explanation": single["explanation"],
        }

    def _kept(self, pairs: Sequence[Mapping[str, Any]], side: str, key: str) -> list[str]:
        """The keys of one side, so that answers given before a rewording are still understood."""
        before = [
            (key_of(pair, side, key), str(pair.get(side, ""))) for pair in mappings(self.original, "pairs")
        ]
        return kept_keys(before, [str(pair[side]) for pair in pairs])
