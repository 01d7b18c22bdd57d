"""What was answered, counted: choices picked, items placed, or how it came out where answers are free.

Any question type can be counted: what its presentation offers to pick or to place is counted by key,
everything else by outcome. Free answers themselves are never shown, because they may tell who wrote them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, QuerySet, Value, When
from django.utils.translation import gettext as _

from assessments.item_verdicts import FEW, IDLE
from assessments.models import AttemptItem, Misconception, QuestionVersion
from assessments.questions.base import Presentation

PLACING = ("buckets", "matching")


@dataclass(frozen=True)
class Choice:
    """One line of a distribution. ``right`` is None where it is neither right nor wrong."""

    label: str
    count: int
    percent: float
    right: bool | None = None
    idle: bool = False  # a wrong choice that hardly anybody picks


@dataclass(frozen=True)
class Spread:
    """How answers to one version are distributed; ``total`` counts blank ones too.

    With ``several`` somebody can be in more than one line, so the lines add up to more than the total.
    """

    choices: list[Choice]
    total: int = 0
    several: bool = False


@dataclass(frozen=True)
class Slip:
    """A named misconception and how many answers showed it."""

    name: str
    count: int


def spread_of(items: QuerySet[AttemptItem], version: QuestionVersion) -> Spread:
    """The distribution of the marked answers to one version. At most two queries."""
    marked = items.filter(version=version, score__isnull=False)
    shown = version.kind.present(version.content, version.kind.draw(version.content, 0))
    if shown.widget not in ("one", "many", *PLACING):
        return _outcomes(marked)
    picked: Counter[tuple[str, str]] = Counter()
    total, blank, marking = 0, 0, version
    rows = marked.values_list("answer", "key_version").annotate(Count("pk"))
    corrected = None
    for answer, key, count in rows:
        total += count
        blank += count if answer is None else 0
        corrected = max(filter(None, (corrected, key)), default=None)
        for pair in _picked(answer):
            picked[pair] += count
    if corrected:
        marking = QuestionVersion.objects.get(pk=corrected)
    lines = [
        _choice(label, picked[pair], total, _is_right(marking, shown, pair))
        for label, pair in _offered(shown)
        if shown.widget not in PLACING or picked[pair] or _is_right(marking, shown, pair)
    ]
    return Spread([*lines, *_blank(blank, total)], total, shown.widget != "one")


def _picked(answer: Any) -> Iterable[tuple[str, str]]:
    """What an answer picks, as pairs of an item (empty where there are none) and a choice."""
    if isinstance(answer, Mapping):
        return [(str(item), str(place)) for item, place in answer.items()]
    if isinstance(answer, list):
        return [("", str(key)) for key in answer]
    return [] if answer is None else [("", str(answer))]


def _offered(shown: Presentation) -> list[tuple[str, tuple[str, str]]]:
    """Everything that can be picked, in the order of writing: its text and what answers hold for it."""
    options = sorted(shown.options, key=lambda option: (len(option.key), option.key))
    if shown.widget not in PLACING:
        if {option.key for option in options} == {"true", "false"}:
            options.reverse()
        return [(option.text, ("", option.key)) for option in options]
    places = sorted(shown.buckets, key=lambda option: (len(option.key), option.key))
    return [
        (f"{option.text} → {place.text}", (option.key, place.key)) for option in options for place in places
    ]


def _is_right(version: QuestionVersion, shown: Presentation, pair: tuple[str, str]) -> bool:
    """Whether this choice alone earns something, which only a right one does."""
    item, key = pair
    answer: Any = {item: key} if item else [key] if shown.widget == "many" else key
    return bool(version.kind.grade(version.content, {}, answer).score > 0)


def _choice(label: str, count: int, total: int, right: bool | None) -> Choice:
    percent = 100 * count / total if total else 0.0
    return Choice(label, count, percent, right, right is False and total >= FEW and percent < IDLE)


def _blank(blank: int, total: int) -> list[Choice]:
    return [_choice(_("Not answered"), blank, total, None)] if blank else []


def _outcomes(marked: QuerySet[AttemptItem]) -> Spread:
    """How free answers came out: right, partly right, wrong, blank."""
    counts: Counter[str] = Counter()
    blank = Case(When(answer__isnull=True, then=Value(1)), default=Value(0))
    rows = marked.values_list("score", blank).annotate(Count("pk"))
    for score, is_blank, count in rows:
        counts["blank" if is_blank else "right" if score >= 1 else "partly" if score > 0 else "wrong"] += (
            count
        )
    total = counts.total()
    named = ((_("Right"), "right"), (_("Partly right"), "partly"), (_("Wrong"), "wrong"))
    lines = [
        Choice(label, counts[key], 100 * counts[key] / total if total else 0.0, key == "right")
        for label, key in named
        if counts[key] or key != "partly"
    ]
    return Spread([*lines, *_blank(counts["blank"], total)], total)


def slips_of(items: QuerySet[AttemptItem]) -> list[Slip]:
    """The named misconceptions that answers showed, the most frequent first. Two queries."""
    counts: Counter[str] = Counter()
    rows = items.exclude(misconceptions=[]).values_list("misconceptions").annotate(Count("pk"))
    for slugs, count in rows:
        for slug in slugs:
            counts[slug] += count
    names = dict(Misconception.objects.filter(slug__in=counts).values_list("slug", "name"))
    return [Slip(names.get(slug, slug), count) for slug, count in counts.most_common()]
