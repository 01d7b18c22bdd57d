"""Writing values as YAML in one style, the same bytes for the same values whatever is installed.

PyYAML's two writers, the one in Python and the one in C, differ in what they escape and where they break
lines, and which of them there is differs from machine to machine. So the layout is ours; whether a word may
stand without quotes is asked of PyYAML, which reads it again. The style is that of the shipped course: dashes
are indented, short lists and mappings stand on their line, texts of several lines stand as they are under
``|-``, and a long line is folded under ``>-``.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

INLINE = 90  # what a list or mapping may measure and still stand on one line
WIDTH = 118  # where a long text is folded
_RESOLVER = yaml.SafeLoader("")
# Beginning with a letter or digit, and without what means something to YAML: in brackets more does.
_PLAIN = re.compile(r"[A-Za-z0-9À-ɏ](?:[^#:]|(?<! )#|:(?=[^ ]))*")
_PLAIN_IN_BRACKETS = re.compile(r"[A-Za-z0-9À-ɏ][^#:,\[\]{}?\"]*")
_SHOWN = r" -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
_UNSHOWN = re.compile(f"[^{_SHOWN}]")
# Lines that a block can hold. A first line must not begin with a space, which would count as indentation.
_BLOCK = re.compile(f"(?! )[{_SHOWN}][{_SHOWN}\\t]*(?:\\n[{_SHOWN}\\t]*)*")
_FOLDABLE = re.compile(r"(?:[^ \t\n]+ )+[^ \t\n]+")


def dump(value: Any) -> str:
    """A value as a YAML document."""
    return "\n".join(_block(value, "")) + "\n"


def _block(value: Any, indent: str) -> Iterator[str]:
    """The lines of a mapping or list that begins a line of its own."""
    if isinstance(value, Mapping):
        for key, entry in value.items():
            yield from _placed(f"{indent}{_line(str(key))}:", entry, indent)
    else:
        for entry in value:
            yield from _item(entry, indent)


def _item(entry: Any, indent: str) -> Iterator[str]:
    """An entry of a list: a mapping begins right after the dash."""
    within = indent + "  "
    if isinstance(entry, Mapping | list | tuple) and entry and not _short(entry, indent):
        lines = list(_block(entry, within))
        yield f"{indent}- {lines[0][len(within) :]}"
        yield from lines[1:]
    else:
        yield from _placed(f"{indent}-", entry, indent)


def _placed(head: str, value: Any, indent: str) -> Iterator[str]:
    """A value after its key or its dash, on the same line or below it."""
    within = indent + "  "
    if isinstance(value, Mapping | list | tuple):
        if not value or _short(value, head):
            yield f"{head} {_flow(value)}"
        else:
            yield head
            yield from _block(value, within)
    elif isinstance(value, str) and "\n" in value and _BLOCK.fullmatch(value) and value[-1] not in "\n \t":
        yield f"{head} |-"
        yield from (within + line if line else "" for line in value.split("\n"))
    elif isinstance(value, str) and _is_long(value, head):
        yield f"{head} >-"
        yield from _folded(value, within)
    else:
        yield f"{head} {_line(value)}"


def _is_long(value: str, head: str) -> bool:
    fits = len(head) + len(value) < WIDTH
    return not fits and bool(_FOLDABLE.fullmatch(value)) and bool(_BLOCK.fullmatch(value))


def _folded(value: str, indent: str) -> Iterator[str]:
    """The words of a text in lines of about the same length; a reader joins them with single spaces."""
    line = ""
    for word in value.split(" "):
        if line and len(indent) + len(line) + 1 + len(word) > WIDTH:
            yield indent + line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield indent + line


def _short(value: Any, head: str) -> bool:
    """Whether a list or mapping holds nothing but a few short words and figures."""
    entries = list(value.values()) if isinstance(value, Mapping) else list(value)
    if any(isinstance(entry, Mapping | list | tuple) and entry for entry in entries):
        return False
    if any(isinstance(entry, str) and "\n" in entry for entry in entries):
        return False
    return len(head) + 1 + len(_flow(value)) <= INLINE


def _flow(value: Any) -> str:
    """A list or mapping on one line."""
    if isinstance(value, Mapping):
        parts = (f"{_line(str(key), _PLAIN_IN_BRACKETS)}: {_flow(entry)}" for key, entry in value.items())
        return "{" + ", ".join(parts) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(entry) for entry in value) + "]"
    return _line(value, _PLAIN_IN_BRACKETS)


def _line(value: Any, plain: re.Pattern[str] = _PLAIN) -> str:
    """A word, a figure, or a text on one line."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        text = repr(value)
        # YAML takes a figure with an exponent for a text unless it has a point.
        return text.replace("e", ".0e", 1) if "e" in text and "." not in text else text
    return str(value) if isinstance(value, int) else _quoted(value, plain)


def _quoted(text: str, plain: re.Pattern[str]) -> str:
    if plain.fullmatch(text) and not _UNSHOWN.search(text) and text[-1] not in " :\u00a0" and _is_text(text):
        return text
    return _UNSHOWN.sub(_escaped, json.dumps(text, ensure_ascii=False))


def _is_text(word: str) -> bool:
    """Whether a word without quotes is read as a text, rather than as a figure, a date, yes or no."""
    tag = _RESOLVER.resolve(yaml.ScalarNode, word, (True, False))
    return bool(tag == "tag:yaml.org,2002:str")


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
