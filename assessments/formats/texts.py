"""A text of a file, in whatever format it says, as Markdown."""

import re

from django.utils.translation import gettext as _

from assessments.formats.html_text import html_to_markdown
from assessments.formats.parsed import Loss
from assessments.formats.plain import from_plain

# The names of GIFT and of Moodle XML for the same four formats.
FORMATS = {
    "html": "html",
    "markdown": "markdown",
    "plain": "plain",
    "plain_text": "plain",
    "moodle": "moodle",
    "moodle_auto_format": "moodle",
}
_LOOKS_LIKE_HTML = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(\s[^<>]*)?/?>|&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,10});")
_TEX = re.compile(r"\\\(.+?\\\)|\\\[.+?\\\]|\$\$.+?\$\$", re.DOTALL)


def to_markdown(text: str, form: str) -> tuple[str, list[Loss]]:
    """The Markdown of a text and what of it was not carried over. `form` is a value of `FORMATS`."""
    text = text.strip()
    losses: list[Loss] = []
    if form == "markdown":
        made = text
    elif form == "html":
        made, losses = html_to_markdown(text)
    elif form == "moodle" and _LOOKS_LIKE_HTML.search(text):
        made, losses = html_to_markdown(text.replace("\n", "<br>"))
    else:
        made = from_plain(text)
    if _TEX.search(text):
        reason = _("Formulas in TeX are not typeset here: they show as they were typed. Rewrite them.")
        losses = [*losses, Loss(_("TeX formula"), reason)]
    return made.strip(), losses


def in_words(markdown: str) -> str:
    """Markdown as a line without its most common marks, for a title."""
    text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown.replace("\\\n", " "))
    text = re.sub(r"\[([^\]]*)\]\([^)\s]*\)", r"\1", text)
    return re.sub(r"\*\*|`|^#+ ", "", text)
