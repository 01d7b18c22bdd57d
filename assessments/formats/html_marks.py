"""Bold and italics of a line that is being written, and the stars of Markdown that they become.

Until the line is complete they are control characters, which no file holds any more by then. Stars hold only
where they stand against words, so spaces, ends of lines and marks of punctuation move out from between them.
"""

import re
from collections import Counter

BOLD, ITALIC = "**", "*"
OPEN = {BOLD: "\x01", ITALIC: "\x03"}
CLOSE = {BOLD: "\x02", ITALIC: "\x04"}
_SIGNS = re.compile("([\x01-\x04])")
_MATCH = {OPEN[kind]: CLOSE[kind] for kind in OPEN}
_OPENING = {closing: opening for opening, closing in _MATCH.items()}
_STARS = str.maketrans({sign[kind]: kind for sign in (OPEN, CLOSE) for kind in sign})
_GAP = re.compile(r"(?:\\\n|\s)*")
_POINT = ".,:;!?…)"
_BEFORE_WORD = re.compile(rf"(?<![{_POINT}])([{_POINT}]+)([\x02\x04]+)(?=\w)")
_AFTER_WORD = re.compile(rf"(?<=\w)([\x01\x03]+)([({_POINT}]+)")
_NOTHING = re.compile("\x01\x02|\x03\x04")


def without_marks(text: str) -> str:
    """The text without the signs, for where there can be no stars."""
    return _SIGNS.sub("", text)


def with_stars(text: str) -> str:
    """The text of a line with stars for the signs."""
    if not _SIGNS.search(text):
        return text
    text = "".join(_tight(text))
    text = _AFTER_WORD.sub(r"\2\1", _BEFORE_WORD.sub(r"\2\1", text))
    return _NOTHING.sub("", _NOTHING.sub("", text)).translate(_STARS)


def _tight(text: str) -> list[str]:
    """The text in pieces: every pair of signs around words, none around nothing, none parted needlessly."""
    made: list[str] = []
    waiting: list[str] = []  # signs that open where the next word begins
    standing: Counter[str] = Counter()  # of the signs that close, how many are still to come
    gap = ""  # what stands behind the last word
    for part in _SIGNS.split(text):
        if part in _MATCH:
            waiting.append(part)
        elif part in _OPENING:
            if _OPENING[part] in waiting:
                waiting.remove(_OPENING[part])
            elif standing[part]:
                standing[part] -= 1
                made.append(part)
        else:
            before, word, after = parted(part)
            gap += before
            if not word:
                continue
            for sign in waiting:
                standing[_MATCH[sign]] += 1
                if not gap and made and made[-1] == _MATCH[sign]:
                    made.pop()
                    continue
                made += [gap, sign]
                gap = ""
            made += [gap, word] if gap else [word]
            waiting, gap = [], after
    return [*made, gap]


def parted(text: str) -> tuple[str, str, str]:
    """The spaces and ends of lines before a text, the text, and those behind it."""
    start = _GAP.match(text).end()  # type: ignore[union-attr]  # it matches nothing, too
    end = len(text)
    while end > start and text[end - 1].isspace():
        end -= 2 if text[start:end].endswith("\\\n") else 1
    return text[:start], text[start:end], text[end:]
