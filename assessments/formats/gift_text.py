"""The letters of GIFT: what is escaped, where a question begins and ends, what its comments say.

While a text is taken apart, an escaped sign is a control character, which no file holds any more by then.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assessments.formats.parsed import storable

_SIGNS = "\\~=#{}:n"
_HIDDEN = "\x01\x02\x03\x04\x05\x06\x07\x0b"
_SHOWN = "\\~=#{}:\n"
_ESCAPE = re.compile(r"\\([\\~=#{}:n])")
_HIDE = dict(zip(_SIGNS, _HIDDEN, strict=True))
_SHOW = str.maketrans(dict(zip(_HIDDEN, _SHOWN, strict=True)))
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_NOTED = re.compile(r"\[(id|tag):((?:[^\]\\]|\\.)*)\]")
_MOST_PARTS = 100  # paragraphs that a question may have within its braces
_BEGINS = re.compile(r"\{|^::|^\$CATEGORY:")
_TITLED = re.compile(r"::.+?::")
CATEGORY = "$CATEGORY:"


@dataclass
class Block:
    """The lines of a question, from the line on which it begins, and what its comments say of it."""

    line: int
    text: str
    slug: str = ""
    tags: list[str] = field(default_factory=list)


def hide(text: str) -> str:
    """Escaped signs as control characters."""
    return _ESCAPE.sub(lambda match: _HIDE[match[1]], text)


def show(text: str) -> str:
    """Control characters as the signs that they stand for."""
    return text.translate(_SHOW)


def escape(text: str) -> str:
    """A text as it is written into a file."""
    return re.sub(r"[\\~=#{}:]", lambda match: f"\\{match[0]}", text).replace("\n", "\\n")


def escape_note(text: str) -> str:
    """A tag or id as it is written into a comment."""
    return re.sub(r"[\\\]]", lambda match: f"\\{match[0]}", " ".join(text.split()))


def marked(text: str, default: str) -> tuple[str, str]:
    """The text without a mark such as `[html]`, and the format that holds for it. Both still hidden."""
    match = _FORMAT.match(text)
    return (text[match.end() :], match[1].lower()) if match else (text, default)


def blocks(text: str) -> Iterator[Block]:
    """The questions of a file, parted by empty lines; a `$CATEGORY` line is a block of its own.

    An empty line within braces parts nothing, if the brace is closed before anything else begins.
    """
    unclosed: list[Block] = []
    for block in _paragraphs(text):
        bare = hide(block.text)
        if len(unclosed) == _MOST_PARTS or (unclosed and _BEGINS.search(bare)):
            yield from unclosed
            unclosed = []
        if unclosed:
            unclosed.append(block)
            if "}" in bare:
                yield _joined(unclosed)
                unclosed = []
        elif "{" in bare and "}" not in bare:
            unclosed = [block]
        else:
            yield block
    yield from unclosed


def _joined(parts: list[Block]) -> Block:
    slug = next((part.slug for part in parts if part.slug), "")
    tags = [tag for part in parts for tag in part.tags]
    return Block(parts[0].line, "\n".join(part.text for part in parts), slug, tags)


def _paragraphs(text: str) -> Iterator[Block]:
    """The parts of a file between empty lines; a title or a category in front of a line begins one, too."""
    lines: list[str] = []
    notes: list[str] = []
    first = above = depth = 0  # where the part begins; how many notes are above its last line; open braces
    for number, line in enumerate([*text.split("\n"), ""], 1):
        bare = line.strip()
        if lines and depth <= 0 and (_TITLED.match(bare) or bare.startswith(CATEGORY)):
            yield _block(first, lines, notes[:above])
            lines, notes, depth = [], notes[above:], 0
        if bare.startswith("//"):
            notes.append(bare)
            lines += [""] if lines else []
        elif bare.startswith(CATEGORY) and not lines:
            yield Block(number, bare)
            lines, notes = [], []
        elif bare:
            first = number if not lines else first
            lines.append(line)
            above = len(notes)
            depth += hide(line).count("{") - hide(line).count("}")
        else:
            if lines:
                yield _block(first, lines, notes)
            lines, notes, depth = [], [], 0


def _block(first: int, lines: list[str], notes: list[str]) -> Block:
    block = Block(first, "\n".join(line for line in lines if line))
    for note in notes:
        for kind, value in _NOTED.findall(note):
            said = storable(re.sub(r"\\(.)", r"\1", value)).strip()
            if kind == "id":
                block.slug = said
            elif said:
                block.tags.append(said)
    return block
