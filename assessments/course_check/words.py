"""Terms and pictures in the texts: linked where they are first used, and none that nothing uses.

A term counts as used where its name or a synonym stands as whole words in a lesson, outside headings, tables,
formulas, calculations, code and links. To stay free of false alarms only distinctive names are looked for:
those of two words or more, in any case and with a plural s, and abbreviations of two capitals or more, just
as they are written. `flow` or `stock` are plain words as well, and are left to the editor's eye.
"""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from assessments.course_check.facts import Facts, Glossed, Lesson
from assessments.course_check.findings import Finding
from concepts.prose import Passage, Place, passages

SHORT = re.compile(r"[A-Z0-9&]{2,}")
SPACES = re.compile(r"[\s\u00a0-]+")
READ = (Place.PROSE, Place.NOTE)
Name = tuple[Glossed, re.Pattern[str]]


def check_words(facts: Facts) -> Iterator[Finding]:
    """Terms without a link where they are first used; terms and pictures without any use."""
    names = distinctive(facts.around.glossary)
    for lesson in facts.lessons:
        yield from _unlinked(lesson, names)
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


def distinctive(glossary: Sequence[Glossed]) -> list[Name]:
    """What is looked for, the longest name first, so that `order lead time` is no `lead time`."""
    found = [(name, term) for term in glossary for name in term.names if is_distinctive(name)]
    found.sort(key=lambda each: (-len(each[0]), each[0]))
    return [(term, _pattern(name)) for name, term in found]


def is_distinctive(name: str) -> bool:
    """Whether a name can hardly be meant otherwise."""
    return bool(SHORT.fullmatch(name)) or len(SPACES.split(name)) > 1


def _pattern(name: str) -> re.Pattern[str]:
    if SHORT.fullmatch(name):
        return re.compile(rf"(?<![\w-]){re.escape(name)}s?(?![\w-])")
    words = r"[\s\u00a0-]+".join(re.escape(word) for word in SPACES.split(name))
    return re.compile(rf"(?<![\w-]){words}s?(?![\w-])", re.I)


def _unlinked(lesson: Lesson, names: Sequence[Name]) -> Iterator[Finding]:
    """Terms that a lesson uses before it links to them."""
    linked: set[str] = set()
    told: set[str] = set()
    for passage in passages(lesson.body):
        for term, said, before in _uses(passage, names):
            if term.slug not in linked | before | told:
                told.add(term.slug)
                message = _("“%(said)s” stands there without its link.") % {"said": said}
                remedy = _("Link its first use: [%(said)s](term:%(slug)s).")
                said_so = {"said": said, "slug": term.slug}
                yield Finding("unlinked_term", lesson.where, message, remedy % said_so)
        linked |= _linked_in(passage)


def _uses(passage: Passage, names: Sequence[Name]) -> Iterator[tuple[Glossed, str, set[str]]]:
    """Each term that a passage names in plain words, with the terms linked before it in the passage."""
    if passage.place not in READ:
        return
    before: set[str] = set()
    for piece in passage.pieces:
        if piece.target:
            before.add(piece.target.removeprefix("term:"))
        elif not piece.is_code:
            text = piece.text
            for term, pattern in names:
                if match := pattern.search(text):
                    yield term, match[0], set(before)
                    text = pattern.sub(lambda found: "·" * len(found[0]), text)


def _linked_in(passage: Passage) -> set[str]:
    """The terms that a passage links to. A link in a caption or a table is a link as well."""
    targets = (piece.target for piece in passage.pieces)
    return {target.removeprefix("term:") for target in targets if target.startswith("term:")}
