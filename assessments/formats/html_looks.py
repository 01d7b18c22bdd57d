"""What the attributes of HTML say of the looks of a text: what Markdown can say, too, and what it cannot."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from assessments.formats.html_marks import BOLD, ITALIC
from assessments.formats.parsed import Loss, one_line

# Elements that hold a part of a line and mean nothing by themselves.
INLINE = frozenset({"span", "font", "small", "big", "abbr", "cite", "label"})
_BOLD = {"bold", "bolder", "600", "700", "800", "900"}
_ITALIC = {"italic", "oblique"}
_NOTHING = {"", "inherit", "initial", "unset", "none", "transparent", "normal", "baseline", "currentcolor"}
_BLACK = {"black", "#000", "#000000", "rgb(0,0,0)", "windowtext"}
_WHITE = {"white", "#fff", "#ffffff", "rgb(255,255,255)"}
_MARKED = {"font-weight": _BOLD, "font-style": _ITALIC}
_HIDDEN = {"display": {"none"}, "visibility": {"hidden"}}
# Styles that can carry a meaning, and values of them that carry none.
_MEANT: dict[str, set[str]] = {
    "color": _NOTHING | _BLACK,
    "background": _NOTHING | _WHITE,
    "background-color": _NOTHING | _WHITE,
    "text-decoration": _NOTHING,
    "text-decoration-line": _NOTHING,
    "text-transform": _NOTHING,
    "vertical-align": _NOTHING | {"top", "middle", "bottom", "text-top", "text-bottom"},
}


def marks_of(given: Mapping[str, str]) -> list[str]:
    """Bold and italics that the style of an element asks for."""
    styles = _styles(given)
    marks = [BOLD] if styles.get("font-weight") in _BOLD else []
    return marks + ([ITALIC] if styles.get("font-style") in _ITALIC else [])


def lost_looks(tag: str, given: Mapping[str, str]) -> Iterator[Loss]:
    """The looks that an element asks for and Markdown does not have."""
    if not given:
        return
    styles = _styles(given)
    if tag == "font":
        styles.setdefault("color", given.get("color", "").strip().lower())
    lost = [name for name, value in styles.items() if value not in _MEANT.get(name, {value})]
    named = _HIDDEN if tag in INLINE else _HIDDEN | _MARKED
    lost += [name for name, values in named.items() if styles.get(name) in values]
    for name in lost:
        said = {"name": name, "value": one_line(styles[name], 40)}
        reason = _("Texts here have words in bold or italics only.")
        yield Loss(_("Style “%(name)s: %(value)s”") % said, reason)
    if title := one_line(given.get("title", ""), 60):
        yield Loss(_("Tooltip “%(text)s”") % {"text": title}, _("Texts here hold no tooltips."))
    if any(given.get(name, "1").strip() not in ("", "0", "1") for name in ("colspan", "rowspan")):
        reason = _("Every cell of a table here stands by itself.")
        yield Loss(_("A cell across several columns or rows"), reason)
    if tag == "ol" and given.get("type", "1") != "1":
        yield Loss(_("Numbering with letters"), _("Lists here are numbered with figures."))


def _styles(given: Mapping[str, str]) -> dict[str, str]:
    """The declarations of a style attribute, in small letters."""
    found = {}
    for declaration in given.get("style", "").split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            value = value.replace("!important", "").strip().lower()
            found[name.strip().lower()] = value.replace(", ", ",")
    return found
