"""Questions that ask the same thing twice, or nearly: an exact search that stays fast in a large bank.

Texts are compared without case, markup, punctuation and figures, as runs of three words. Two are alike when
they share at least seven tenths of all their runs (the Jaccard index). Pairs are found by prefix filtering
(Chaudhuri, Ganti & Kaushik 2006; Bayardo, Ma & Srikant 2007): when the runs of each text are ordered from the
rarest, two that are alike share one of the first few, so only texts that do are compared.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.questions.base import Content
from assessments.questions.common import mappings
from assessments.questions.lint_text import plain_text

ALIKE = 0.7
RUN = 3  # words
FEWEST = 8  # runs; shorter texts are alike by chance
_WORD = re.compile(r"\{\w+\}|[^\W_]+(?:[’'][^\W_]+)?")


@dataclass(frozen=True)
class Pair:
    """Two questions by their places in the list, how much alike, and whether they read the same."""

    first: int
    second: int
    share: float

    @property
    def is_same(self) -> bool:
        return self.share >= 1


def words_of(content: Content) -> tuple[str, ...]:
    """What a question asks, with what it offers, in words; a figure is a figure, whichever it is."""
    offered: list[str] = []
    for table in ("choices", "items", "pairs", "steps"):
        for row in mappings(content, table):
            offered += [
                str(row.get(name) or "") for name in ("text", "left", "right", "label") if row.get(name)
            ]
    listed = content.get("buckets")
    offered += [str(bucket) for bucket in listed] if isinstance(listed, list) else []
    return (
        *normal(str(content.get("stem") or "")),
        *(word for text in sorted(offered) for word in normal(text)),
    )


def normal(text: str) -> tuple[str, ...]:
    """The words of a text, without case and markup, with # for every figure."""
    found = _WORD.findall(plain_text(text).casefold())
    return tuple("#" if word[0] == "{" or word[0].isdigit() else word for word in found)


def runs(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """Every run of three words."""
    return frozenset(zip(*(words[i:] for i in range(RUN)), strict=False))


def pairs_of(texts: Sequence[Sequence[str]]) -> Iterator[Pair]:
    """Every two texts that are alike, once; of many that read the same, each with the one before."""
    first: dict[Any, int] = {}
    latest: dict[Any, int] = {}
    sets: dict[int, frozenset[tuple[str, ...]]] = {}
    for place, words in enumerate(texts):
        key = tuple(words)
        if not key:
            continue
        if key in first:
            yield Pair(latest[key], place, 1.0)
        else:
            first[key] = place
            found = runs(words)
            if len(found) >= FEWEST:
                sets[place] = found
        latest[key] = place
    yield from _alike(sets)


def _alike(sets: Mapping[int, frozenset[tuple[str, ...]]]) -> Iterator[Pair]:
    """Prefix filtering over texts that differ, the short ones first, so that sizes bound the search too."""
    frequency = Counter(run for found in sets.values() for run in found)
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place in sorted(sets, key=lambda one: (len(sets[one]), one)):
        mine = sets[place]
        rarest = sorted(mine, key=lambda run: (frequency[run], run))
        prefix = rarest[: len(mine) - math.ceil(ALIKE * len(mine)) + 1]
        candidates = {other for run in prefix for other in index[run]}
        for other in sorted(candidates):
            theirs = sets[other]
            if len(theirs) < ALIKE * len(mine):
                continue
            shared = len(mine & theirs)
            share = shared / (len(mine) + len(theirs) - shared)
            if share >= ALIKE:
                yield Pair(min(place, other), max(place, other), min(share, 0.999))
        for run in prefix:
            index[run].append(place)
