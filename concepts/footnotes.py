"""How footnotes are drawn: a number that leads to the note, and a way back from there.

Several texts may stand on one page, so every address within it carries a mark of its text.
"""

import re
from collections.abc import Callable
from hashlib import sha256
from html import escape
from typing import Any

from django.utils.translation import gettext
from markdown_it.token import Token

NOTE_ID = re.compile(r"tk-(note|ref)-[0-9a-f]{8}-\d+(-\d+)?")


def note_env(text: str) -> dict[str, Any]:
    """What the renderer is told of a text: its mark."""
    return {"text": sha256(text.encode(errors="replace")).hexdigest()[:8]}


def _note_id(kind: str, env: Any, token: Token, place: int = 0) -> str:
    """An address within the page; the text's own mark keeps notes of several texts on a page apart."""
    return f"{kind}-{env.get('text', '')}-{token.meta['id'] + 1}" + (f"-{place}" if place else "")


def _render_note_mark(self: object, tokens: list[Token], index: int, options: object, env: Any) -> str:
    token = tokens[index]
    number = token.meta["id"] + 1
    own, note = _note_id("tk-ref", env, token, token.meta.get("subId", 0)), _note_id("tk-note", env, token)
    label = escape(gettext("Footnote %(number)d") % {"number": number})
    return f'<sup><a id="{own}" href="#{note}" aria-label="{label}">{number}</a></sup>'


def _render_notes_open(self: object, *_: object) -> str:
    return f'<section class="tk-footnotes" aria-label="{escape(gettext("Footnotes"))}"><ol>\n'


def _render_note_open(self: object, tokens: list[Token], index: int, options: object, env: Any) -> str:
    return f'<li id="{_note_id("tk-note", env, tokens[index])}">'


def _render_note_back(self: object, tokens: list[Token], index: int, options: object, env: Any) -> str:
    token = tokens[index]
    mark = _note_id("tk-ref", env, token, token.meta.get("subId", 0))
    said = gettext("Back to footnote %(number)d in the text") % {"number": token.meta["id"] + 1}
    return f' <a href="#{mark}" aria-label="{escape(said)}">\u21a9\ufe0e</a>'


NOTE_RULES: dict[str, Callable[..., str]] = {
    "footnote_ref": _render_note_mark,
    "footnote_block_open": _render_notes_open,
    "footnote_open": _render_note_open,
    "footnote_anchor": _render_note_back,
}
