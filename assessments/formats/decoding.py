"""From the bytes of a file to its text, whatever program saved it."""

import codecs
import re

from django.utils.translation import gettext as _

from assessments.formats.parsed import LARGEST_FILE, Remark, first_unstorable, storable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")


def decode(data: bytes) -> tuple[str, list[Remark]]:
    """The text with plain ends of lines, and what had to be guessed or taken out. Never raises."""
    if len(data) > LARGEST_FILE:
        return "", [Remark(0, too_large())]
    text, remarks = _decoded(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    spot = first_unstorable(text)
    if spot >= 0:
        message = _("The file holds control characters, which were taken out. Is it really a text file?")
        remarks.append(Remark(text.count("\n", 0, spot) + 1, message))
        text = storable(text)
    return text, remarks


def too_large() -> str:
    """What to say of a file above the limit."""
    message = _("The file is larger than %(limit)s MB. Split it into smaller files.")
    return message % {"limit": LARGEST_FILE // 1024 // 1024}


def _decoded(data: bytes) -> tuple[str, list[Remark]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), []
    declared = _DECLARED.match(data)
    if declared:
        text = _as_declared(data, declared[1].decode("ascii"))
        if text is not None:
            return text, []
    wide = _unmarked_wide(data)
    try:
        return data.decode(wide or "utf-8"), []
    except UnicodeDecodeError:
        pass
    line = _first_undecodable_line(data)
    message = _("This is not UTF-8 text, so it was read as Windows-1252. Check the accented letters.")
    return data.decode("cp1252", errors="replace"), [Remark(line, message)]


def _as_declared(data: bytes, name: str) -> str | None:
    """The text in the encoding that an XML file names; None if that is unknown or plainly wrong."""
    try:
        text = data.decode(name)
    except (LookupError, ValueError):
        return None
    return text if isinstance(text, str) else None


def _unmarked_wide(data: bytes) -> str:
    """UTF-16 without its mark: in western text nearly every second byte is zero."""
    head = data[:2000]
    if len(head) < 4 or head.count(0) < len(head) // 3:
        return ""
    if head[1::2].count(0) > len(head) // 3:
        return "utf-16-le"
    return "utf-16-be" if head[::2].count(0) > len(head) // 3 else ""


def _first_undecodable_line(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 1
