"""Terms and pictures in the texts: linked where they are first used, and none that nothing uses.

A term counts as used where its name or a synonym stands as whole words in a lesson, outside headings, tables,
captions, formulas, calculations, code and links. Names are looked for in any case, and each of their words in
its plural as well; abbreviations of two capitals or more are looked for just as they are written. A name that
is a plural stays one, so that `goods` are found and `good` is not. Whether a plain word such as `stock` or
`rate` means the term cannot be told from here: it is linked, to this term or to one that has the word in it,
or another word is taken for the other sense.
"""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from assessments.course_check.facts import Facts, Glossed, Lesson
from assessments.course_check.findings import Finding
from concepts.prose import Passage, Piece, Place, passages

SHORT = re.compile(r"[A-Z0-9&]{2,}")
SPACE = r"[\s\u00a0-]+"
SPACES = re.compile(SPACE)
NEVER = "(?!)"
READ = (Place.PROSE, Place.NOTE)


def check_words(facts: Facts) -> Iterator[Finding]:
    """Terms without a link where they are first used; terms and pictures without any use."""
    vocabulary = Vocabulary(facts.around.glossary)
    for lesson in facts.lessons:
        yield from _unlinked(lesson, vocabulary)
    linked = facts.around.linked
    for term in facts.terms:
        if ("term", term.slug) not in linked:
            remedy = _("Link to it where a lesson first uses it: [%(name)s](term:%(slug)s). Or delete it.")
            said = {"name": term.names[0], "slug": term.slug}
            yield Finding("unused_term", term.where, _("No text links to it."), remedy % said)
    for picture in facts.pictures:
        if ("picture", picture.slug) not in linked:
            remedy = _("Show it in a lesson: ![Caption](picture:%(slug)s). Or delete it.")
            message = _("No text shows it.")
            yield Finding("unused_picture", picture.where, message, remedy % {"slug": picture.slug})


class Vocabulary:
    """All names of all terms as one pattern, a group each; the longest first, so that `order lead time` is no
    `lead time`."""

    def __init__(self, glossary: Sequence[Glossed]) -> None:
        named = [(name, term) for term in glossary for name in term.names]
        named.sort(key=lambda each: (-len(each[0]), each[0]))
        self._terms = [term for _name, term in named]
        either = "|".join(f"({_form(name)})" for name, _term in named)
        self._pattern = re.compile(rf"(?<![\w-])(?:{either or NEVER})(?![\w-])")

    def uses(self, text: str) -> Iterator[tuple[Glossed, str]]:
        """The terms that a text names, in its order, each with what it calls them."""
        for match in self._pattern.finditer(text):
            yield self._terms[(match.lastindex or 1) - 1], match[0]


def _form(name: str) -> str:
    """A name as a pattern that also fits its plural."""
    if SHORT.fullmatch(name):
        return f"{re.escape(name)}s?"
    return f"(?i:{SPACE.join(_plural(word) for word in SPACES.split(name.strip()))})"


def _plural(word: str) -> str:
    if re.search(r"[^aeiou]y$", word):
        return f"{re.escape(word[:-1])}(?:y|ies)"
    ending = "es" if re.search(r"(?:s|x|ch|sh)$", word) else "s"
    return f"{re.escape(word)}(?:{ending})?"


def _unlinked(lesson: Lesson, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Terms that a lesson uses before it links to them."""
    linked: set[str] = set()
    told: set[str] = set()
    for passage in passages(lesson.body):
        for term, said, before in _uses(passage, vocabulary):
            if term.slug not in linked | before | told:
                told.add(term.slug)
                message = _("“%(said)s” stands there without its link.") % {"said": said}
                remedy = _(
                    "Link its first use: [%(said)s](term:%(slug)s). If it means another thing, reword it."
                )
                said_so = {"said": said, "slug": term.slug}
                yield Finding("unlinked_term", lesson.where, message, remedy % said_so)
        linked |= _linked_in(passage, vocabulary)


def _uses(passage: Passage, vocabulary: Vocabulary) -> Iterator[tuple[Glossed, str, set[str]]]:
    """Each term that a passage names in plain words, with the terms linked before it in the passage."""
    if passage.place not in READ:
        return
    before: set[str] = set()
    for piece in passage.pieces:
        if piece.target:
            before |= _linked_by(piece, vocabulary)
        elif not piece.is_code:
            for term, said in vocabulary.uses(piece.text):
                yield term, said, set(before)


def _linked_in(passage: Passage, vocabulary: Vocabulary) -> set[str]:
    """The terms that a passage links to. A link in a caption or a table is a link as well."""
    return {slug for piece in passage.pieces for slug in _linked_by(piece, vocabulary)}


def _linked_by(piece: Piece, vocabulary: Vocabulary) -> set[str]:
    """The term that a link leads to, and that of which its words are the whole name.

    Where `slack` leads to the slack of an order, it means that one in the rest of the lesson.
    """
    if not piece.target.startswith("term:"):
        return set()
    named = {term.slug for term, said in vocabulary.uses(piece.text) if said == piece.text}
    return named | {piece.target.removeprefix("term:")}
