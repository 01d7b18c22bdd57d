"""Markdown to safe HTML: the one pipeline for lessons, questions, feedback and the admin's preview.

Authors write Markdown with four blocks (``::: example``, ``misconception``, ``note``, ``worked``), fenced
``formula`` lines, footnotes, links into the course (``concept:slug``) and its pictures
(``![Caption](picture:slug)``). The result goes through a short allow-list, so that nothing an author pastes
can run in a reader's browser. A picture leaves a figure with its caption, into which
``concepts.selectors.pictures`` puts what is to be seen when a page is built.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import pairwise
from typing import Any

import nh3
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin

from concepts.equations import equation_html
from concepts.footnotes import NOTE_ID, NOTE_RULES, note_env
from concepts.worksheets import WORKSHEETS

BLOCKS = ("example", "misconception", "note", "worked")
PICTURE = re.compile(r"^picture:([a-z0-9]+(?:-[a-z0-9]+)*)$")
COURSE_LINK = re.compile(r"^(concept|metric|term|comparison|worksheet):([a-z0-9-]+)(?:#([a-z0-9-]+))?$")
TAGS = {
    "a", "blockquote", "br", "code", "div", "em", "figcaption", "figure", "h2", "h3", "h4", "hr", "li",
    "ol", "p", "pre", "s", "section", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead",
    "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title", "id", "aria-label"},
    "li": {"id"},
    "section": {"class", "data-kind", "aria-label"},
    "div": {"class", "role", "tabindex", "aria-label"},
    "p": {"class", "data-state"},
    "span": {"class", "data-state"},
    "figure": {"class", "data-picture"},
    "h3": {"class"},
    "table": {"class"},
    "th": {"class", "scope"},
    "td": {"class"},
    "ol": {"start"},
}


def course_url(target: str) -> str | None:
    """The address of a link into the course such as ``concept:throughput-and-flow``; None for others."""
    match = COURSE_LINK.match(target)
    if match is None:
        return None
    kind, slug, anchor = match.groups()
    if kind == "term":
        return f"{reverse('concepts:glossary')}#{slug}"
    if kind == "worksheet":  # pages of ours and no objects: one that there is not leads to their list
        return reverse(f"concepts:{slug.replace('-', '_') if slug in WORKSHEETS else 'worksheets'}")
    url = reverse(f"concepts:{kind}", args=[slug])
    return f"{url}#{anchor}" if anchor else url


def block_heading(kind: str, title: str) -> str:
    """The label at the head of a block, with the author's own words beside it."""
    label = {
        "example": gettext("Example"),
        "misconception": gettext("Misconception"),
        "note": gettext("Note"),
        "worked": gettext("Worked calculation"),
    }[kind]
    span = f" <span>{escape(title)}</span>" if title else ""
    return f'<h3 class="tk-label">{escape(label)}{span}</h3>'


def _render_block(self: object, tokens: list[Token], index: int, options: object, env: object) -> str:
    token = tokens[index]
    if token.nesting != 1:
        return "</section>\n"
    kind, _, title = token.info.strip().partition(" ")
    css = 'class="tk-worked"' if kind == "worked" else f'class="tk-callout" data-kind="{kind}"'
    return f"<section {css}>{block_heading(kind, title.strip())}\n"


def _render_fence(self: object, tokens: list[Token], index: int, options: object, env: object) -> str:
    token = tokens[index]
    if token.info.strip() == "formula":
        return "".join(equation_html(line) for line in token.content.splitlines() if line.strip())
    return f"<pre><code>{escape(token.content)}</code></pre>\n"


def _render_table_open(self: object, *_: object) -> str:
    label = escape(gettext("Table"))
    return f'<div class="tk-scroll" role="group" tabindex="0" aria-label="{label}"><table class="tk-table">\n'


def _inline(tokens: Sequence[Token], options: Any, env: Any) -> str:
    """What stands within a line, such as a caption."""
    renderer: Any = PARSER.renderer
    return str(renderer.renderInline(tokens, options, env))


def _render_picture(self: object, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    """A figure that waits for its picture; until then, and without one, its caption stands alone."""
    token = tokens[index]
    caption = _inline(token.children or [], options, env)
    inside = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure class="tk-picture" data-picture="{token.meta["picture"]}">{inside}</figure>\n'


def _render_words(self: object, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    """What is written like a picture within a line, or is none of the course, is read as its caption."""
    return _inline(tokens[index].children or [], options, env)


def _stand_pictures(state: StateCore) -> None:
    """A picture that is a paragraph of its own becomes a figure."""
    tokens: list[Token] = []
    for token in state.tokens:
        image = _lone_picture(token)
        if image is None:
            tokens.append(token)
            continue
        tokens.pop()  # where the paragraph opens
        slug = PICTURE.fullmatch(str(image.attrs["src"]))
        tokens.append(
            Token("picture", "figure", 0, children=image.children, meta={"picture": slug and slug[1]})
        )
    closing = {id(after) for before, after in pairwise(tokens) if before.type == "picture"}
    state.tokens = [token for token in tokens if id(token) not in closing]


def _lone_picture(token: Token) -> Token | None:
    """The image of the course that a paragraph consists of."""
    children = token.children or []
    if token.type != "inline" or len(children) != 1 or children[0].type != "image":
        return None
    return children[0] if PICTURE.fullmatch(str(children[0].attrs.get("src", ""))) else None


def _split_worked_lines(state: StateCore) -> None:
    """Part each line of a worked calculation at its last bar into what is done and the figures."""
    tokens: list[Token] = []
    inside = False
    for token in state.tokens:
        if token.type.startswith("container_worked"):
            inside = token.nesting == 1
        if inside and token.type.startswith("bullet_list"):
            token.tag = "ol"
        if inside and token.type == "inline" and " | " in token.content:
            tokens.extend(_spans(token))
        else:
            tokens.append(token)
    state.tokens = tokens


def _spans(token: Token) -> list[Token]:
    parts: list[Token] = []
    for text in token.content.rsplit(" | ", 1):
        inline = token.copy(content=text.strip(), children=[])
        parts += [Token("span_open", "span", 1), inline, Token("span_close", "span", -1)]
    return parts


def _finish_tokens(state: StateCore) -> None:
    """Turn alignment into a class, resolve course links and set the per cent sign with a narrow space."""
    for token in state.tokens:
        if token.type in ("th_open", "td_open"):
            style = str(token.attrs.pop("style", ""))
            if "right" in style:
                token.attrs["class"] = "num"
            if token.type == "th_open":
                token.attrs["scope"] = "col"
        _finish_inline(token.children or ())


def _finish_inline(children: Iterable[Token]) -> None:
    for child in children:
        if child.type == "text":
            child.content = re.sub(r"(?<=\d) %", "\u202f%", child.content)
        elif child.type == "link_open":
            target = str(child.attrs.get("href", ""))
            child.meta["course"] = target
            child.attrs["href"] = course_url(target) or target
        elif child.type == "image":
            _finish_inline(child.children or ())


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
    parser.validateLink = lambda url: bool(  # type: ignore[method-assign]
        COURSE_LINK.match(url) or PICTURE.match(url) or re.match(r"(https?://|mailto:|/|#)", url)
    )
    for name in BLOCKS:
        parser.use(container_plugin, name, render=_render_block)
    parser.use(footnote_plugin, inline=False)
    for rule, drawn in NOTE_RULES.items():
        parser.add_render_rule(rule, drawn)
    parser.add_render_rule("fence", _render_fence)
    parser.add_render_rule("table_open", _render_table_open)
    parser.add_render_rule("table_close", lambda *_: "</table></div>\n")
    parser.core.ruler.before("inline", "worked", _split_worked_lines)
    parser.add_render_rule("image", _render_words)
    parser.add_render_rule("picture", _render_picture)
    parser.core.ruler.push("finish", _finish_tokens)
    parser.core.ruler.push("pictures", _stand_pictures)
    return parser


PARSER = _parser()


def _only_our_ids(tag: str, name: str, value: str) -> str | None:
    return None if name == "id" and not NOTE_ID.fullmatch(value) else value


def clean_html(html: str) -> str:
    """Drop everything that is not on the short allow-list."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_only_our_ids,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


@lru_cache(maxsize=4096)
def render(text: str) -> SafeString:
    """Markdown as sanitised HTML, ready for a template.

    Cached because stems and feedback are rendered on every page that shows them; a lesson once, on save.
    """
    return mark_safe(clean_html(PARSER.render(text, note_env(text))))  # noqa: S308 - cleaned on this very line


@lru_cache(maxsize=4096)
def render_inline(text: str) -> SafeString:
    """One line of Markdown without a paragraph around it: a choice, a bucket, a table cell."""
    return mark_safe(clean_html(PARSER.renderInline(text)))  # noqa: S308 - cleaned on this very line


def course_links(text: str) -> list[tuple[str, str, str]]:
    """Every link into the course in a text as (kind, slug, anchor): what a check compares with the course.

    Its pictures are among them, as (``picture``, slug, ``""``).
    """
    found = []
    for token in _inline_tokens(PARSER.parse(text)):
        match = COURSE_LINK.match(str(token.meta.get("course", ""))) if token.type == "link_open" else None
        if match:
            found.append((match[1], match[2], match[3] or ""))
        elif token.type == "picture":
            found.append(("picture", token.meta["picture"], ""))
    return found


def stray_pictures(text: str) -> list[str]:
    """The targets of images that will not be seen: none of the course, or within a line."""
    tokens = _inline_tokens(PARSER.parse(text))
    return [str(token.attrs.get("src", "")) for token in tokens if token.type == "image"]


def _inline_tokens(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _inline_tokens(token.children or ())
