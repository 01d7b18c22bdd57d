"""What a text reads like: its prose apart from tables, formulas and calculations, and how hard that is.

Pure: works on Markdown alone, through the one parser of the course.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from markdown_it.token import Token

from concepts.rendering import BLOCKS, PARSER

WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
COUNTED = re.compile(r"[\w%€£$]+(?:[.,:’'/-][\w%]+)*")
SENTENCE_END = re.compile(r"[.!?…]+[”’\")]*(?=\s|$)|:\s*$")
NOT_AN_END = re.compile(r"\b(?:e\.g|i\.e|etc|vs|No|Mr|Mrs|Dr|approx|cf)\.|(?<=\d)\.(?=\d)")
VOWELS = re.compile(r"[aeiouy]+")
# An e that is not spoken: made, worked, times; but table, needed, stages.
SILENT = re.compile(
    r"(?<=[^aeiouy])(?<![^aeiouy]l)e$|(?<=[^aeiouytd])ed$|(?<=[^aeiouyscxzgh])(?<![^aeiouy]l)es$"
)
# Neighbouring vowels that are spoken apart: idea, variety, actual, being.
APART = re.compile(
    r"(?<![cstgx])i(?=[aou])|tio$|(?<![gq])u(?=a[ltr])|[aeoy](?=ing$)|(?<![ct])i(?=e[trn])|^scie|dea|rea(?=s?$|t[eo])"
)


class Place(StrEnum):
    """Where a passage of a text stands."""

    PROSE = "prose"
    HEADING = "heading"
    WORKED = "worked"
    TABLE = "table"
    NOTE = "note"  # footnotes
    CAPTION = "caption"


@dataclass(frozen=True)
class Piece:
    """A run of text; ``target`` is where it leads if it is a link, such as ``term:takt-time``."""

    text: str
    target: str = ""
    is_code: bool = False


@dataclass(frozen=True)
class Passage:
    """A paragraph, an item of a list, a heading or a cell."""

    place: Place
    pieces: tuple[Piece, ...]
    is_item: bool = False

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def passages(text: str) -> list[Passage]:
    """A text piece by piece, in the order in which it is read; formulas are left out."""
    return list(_passages(PARSER.parse(text)))


def _passages(tokens: Iterable[Token]) -> Iterator[Passage]:
    inside: Counter[Place] = Counter()
    listed = 0
    opens = {
        "heading": Place.HEADING,
        "container_worked": Place.WORKED,
        "table": Place.TABLE,
        "footnote_block": Place.NOTE,
    }
    for token in tokens:
        place = opens.get(token.type.removesuffix("_open").removesuffix("_close"))
        listed += token.nesting if token.type.startswith("list_item") else 0
        if place is not None:
            inside[place] += token.nesting
        elif token.type == "picture":
            yield Passage(Place.CAPTION, tuple(_pieces(token.children or ())))
        elif token.type == "inline":
            held = next((one for one in opens.values() if inside[one]), Place.PROSE)
            yield Passage(held, tuple(_pieces(token.children or ())), listed > 0)


def _pieces(children: Sequence[Token]) -> Iterator[Piece]:
    """Runs of text as long as they can be: stress parts no words, `*net* working time` is one name."""
    for (target, is_code), run in groupby(_runs(children), lambda one: (one.target, one.is_code)):
        yield Piece("".join(one.text for one in run), target, is_code)


def _runs(children: Sequence[Token]) -> Iterator[Piece]:
    target = ""
    for child in children:
        if child.type == "link_open":
            target = str(child.meta.get("course") or child.attrs.get("href") or "")
        elif child.type == "link_close":
            target = ""
        elif child.type in ("softbreak", "hardbreak"):
            yield Piece(" ", target)
        elif child.type in ("text", "code_inline"):
            yield Piece(child.content, target, child.type == "code_inline")


@dataclass(frozen=True)
class Makeup:
    """What a text is made of."""

    passages: Sequence[Passage]
    tables: int
    pictures: int

    def texts(self, *places: Place) -> list[str]:
        """Its passages at these places, or all of them."""
        return [one.text for one in self.passages if one.place in places or not places]

    def items_after(self, heading: str) -> int | None:
        """How many items the list under its last heading has; None if that heading says something else."""
        heads = [n for n, one in enumerate(self.passages) if one.place is Place.HEADING]
        if not heads or self.passages[heads[-1]].text.strip().lower() != heading:
            return None
        return sum(one.is_item for one in self.passages[heads[-1] :])


def makeup(text: str) -> Makeup:
    """A text taken apart. Its prose is what is read word by word: without tables, calculations, notes."""
    tokens = PARSER.parse(text)
    counts = Counter(token.type for token in tokens)
    return Makeup(list(_passages(tokens)), counts["table_open"], counts["picture"])


def word_count(paragraphs: Iterable[str]) -> int:
    """Words and figures."""
    return sum(len(COUNTED.findall(text)) for text in paragraphs)


def blocks_in(text: str) -> Counter[str]:
    """How many blocks of each kind a text has, such as ``example``."""
    opened = (token.type for token in PARSER.parse(text))
    names = {f"container_{name}_open": name for name in BLOCKS}
    return Counter(names[kind] for kind in opened if kind in names)


def syllables(word: str) -> int:
    """An estimate for English: groups of vowels, less what is not spoken; never below one."""
    word = re.sub(r"[^a-z]", "", word.lower())
    count = len(VOWELS.findall(word)) + len(APART.findall(word))
    if SILENT.search(word):
        count -= 1
    return max(1, count)


def sentence_count(paragraph: str) -> int:
    """Sentences of one paragraph; what has no end of its own, such as an item of a list, is one."""
    text = NOT_AN_END.sub(" ", paragraph).strip()
    ends = [match.end() for match in SENTENCE_END.finditer(text)]
    rest = text[ends[-1] :] if ends else text
    return len(ends) + bool(WORD.search(rest))


def grade(paragraphs: Iterable[str]) -> float:
    """The Flesch–Kincaid grade (Kincaid and others, 1975): about the school year that can read it with ease.

    0.39 × words per sentence + 11.8 × syllables per word − 15.59. Figures are no words here.
    """
    words: list[str] = []
    sentences = 0
    for text in paragraphs:
        found = WORD.findall(text)
        words += found
        sentences += sentence_count(text) if found else 0
    if not words:
        return 0.0
    spoken = sum(syllables(part) for word in words for part in word.split("-"))
    return 0.39 * len(words) / sentences + 11.8 * spoken / len(words) - 15.59
