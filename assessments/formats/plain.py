"""Plain text as Markdown that reads the same, and back.

Only what Markdown would take for a sign is escaped, so that an editor finds `2 * 3` as it was written.
"""

import re

_ENTITY = re.compile(r"&(?=#?\w{1,32};)")
_RUN = re.compile(r"[*_]+")
_LINE_START = re.compile(
    r"(?P<sign>#{1,6}(?=\s|$)|[-+*](?=\s|$)|>|~{3,}|:{3,}|[-=]+(?=\s*$))|(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$)"
)
_RULE = re.compile(r"[-|:\s]*-[-|:\s]*|[*_\s]+")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BREAK = re.compile(r"(?<!\n)\n(?!\n)")


def from_plain(text: str) -> str:
    """Markdown that is shown as this text. A single end of line stays one, an empty line parts paragraphs."""
    escaped = escape_inline("\n".join(line.strip() for line in text.strip().split("\n")), whole=True)
    lines = [escape_start(line) for line in escaped.split("\n")]
    joined = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
    return _BREAK.sub("\\\\\n", joined)


def to_plain(markdown: str) -> str | None:
    """The text that Markdown without any formatting stands for; None if it has formatting."""
    text = _ESCAPED.sub(r"\1", markdown.strip().replace("\\\n", "\n"))
    return text if from_plain(text) == markdown.strip() else None


def escape_inline(text: str, *, whole: bool = False) -> str:
    """Escape what has a meaning within a line. `whole`: nothing else stands beside this text."""
    text = re.sub(r"\\(?=[!-/:-@\[-`{-~]|$)", r"\\\\", text, flags=re.MULTILINE)
    text = text.replace("`", "\\`")
    acting = [run for run in _RUN.finditer(text) if _acts(run, text)]
    if not whole or len(acting) > 1 or any(_is_mixed(run) for run in acting):
        text = _RUN.sub(lambda run: _escape_run(run) if _acts(run, run.string) else run[0], text)
    if "](" in text or "]:" in text or "][" in text:
        text = text.replace("[", "\\[")
    text = re.sub(r"<(?=[A-Za-z/!?])", r"\\<", text)
    return _ENTITY.sub(r"\\&", text)


def escape_start(line: str) -> str:
    """Escape what has a meaning only at the beginning of a line."""
    if _RULE.fullmatch(line) and line.strip():
        return f"\\{line}"
    match = _LINE_START.match(line)
    if match is None:
        return line
    if match["number"]:
        return f"{match['number']}\\{line[match.start('dot') :]}"
    return f"\\{line}"


def _escape_run(run: re.Match[str]) -> str:
    return "".join(f"\\{sign}" for sign in run[0])


def _is_mixed(run: re.Match[str]) -> bool:
    """Whether it is one such as `_*_`, which opens and closes by itself."""
    return len(set(run[0])) > 1


def _acts(run: re.Match[str], text: str) -> bool:
    """Whether asterisks or underscores could mark: not between spaces, nor underscores within a word."""
    if _is_mixed(run):
        return True
    before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
    if not before.strip() and not after.strip():
        return False
    return not (set(run[0]) == {"_"} and before.isalnum() and after.isalnum())
