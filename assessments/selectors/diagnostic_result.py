"""What came of a diagnostic: of each module what one may skip, and where to begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Attempt
from assessments.selectors.results import ResultPage
from assessments.selectors.skippable import answers_in, known_lessons
from assessments.selectors.ways import Way
from assessments.wording import begin_sentence, count_word
from concepts.selectors.outline import Chapter, Lesson, Outline


@dataclass(frozen=True)
class Part:
    """One module: how many of its questions were right, what is known of it and where it begins."""

    chapter: Chapter
    right: int
    asked: int
    known: Sequence[Lesson]
    begin: Lesson | None

    @property
    def is_known(self) -> bool:
        return self.begin is None

    @property
    def words(self) -> str:
        """How it stands, in a few words."""
        if self.is_known:
            return _("Known")
        return _("Known in part") if self.known else _("Not known yet")


@dataclass(frozen=True)
class Found:
    """The modules that were asked about, in the order of the course; nothing where marks are not shown."""

    page: ResultPage
    parts: Sequence[Part]
    begin: Lesson | None = None  # the first lesson of the course that one does not know

    @cached_property
    def known(self) -> int:
        """How many lessons one may skip."""
        return sum(len(part.known) for part in self.parts)

    @property
    def blank(self) -> int:
        """How many questions have no answer."""
        return sum(item.answer is None for item in self.page.items)

    @property
    def headline(self) -> str:
        if not self.parts:
            return self.page.headline
        if self.begin is None:
            return _("You know what every lesson that was asked about teaches")
        return _("Begin with %(title)s") % {"title": self.begin.title}

    @property
    def lede(self) -> str:
        """What one may skip, and what that does not mean."""
        if not self.parts:
            return self.page.lede
        return " ".join(filter(None, (self._skipping, self._left_blank)))

    @property
    def _skipping(self) -> str:
        if not self.known and self.blank == len(self.page.items):
            return _("You left every question blank, so there is no lesson to skip: begin at the start.")
        if not self.known:
            return _("There is no lesson to skip, so you miss nothing if you begin at the start.")
        text = ngettext(
            "You may skip %(count)s lesson. It stays open to read, and reviews look after it; mastered is "
            "only what you show again later.",
            "You may skip %(count)s lessons. They stay open to read, and reviews look after them; mastered "
            "is only what you show again later.",
            self.known,
        )
        return text % {"count": count_word(self.known)}

    @property
    def _left_blank(self) -> str:
        if not 0 < self.blank < len(self.page.items):
            return ""
        text = ngettext(
            "%(count)s question was left blank, which counts as not known.",
            "%(count)s questions were left blank, which counts as not known.",
            self.blank,
        )
        return text % {"count": begin_sentence(count_word(self.blank))}

    @property
    def way(self) -> Way:
        if self.page.attempt.is_preview or not self.parts:
            return self.page.way
        if self.begin is None:
            return Way(reverse("concepts:course"), _("See the whole course"))
        return Way(self.begin.url, _("Start reading"))

    @property
    def expired(self) -> str:
        """What is said first where the time ran out."""
        is_expired = self.page.attempt.state == Attempt.State.EXPIRED
        return self.page.lede if self.parts and is_expired else ""


def found_in(page: ResultPage, outline: Outline) -> Found:
    """What the marked answers of a diagnostic say, module by module."""
    if not page.revealed.marks:
        return Found(page, ())
    graded = [item for item in page.items if item.is_graded]
    answers = answers_in((item.version.objective_id, item.score, item.void) for item in graded)
    parts = [_part(chapter, answers) for chapter in outline.chapters]
    begin = next((part.begin for part in parts if part.begin), None)
    return Found(page, [part for part in parts if part.asked], begin)


def _part(chapter: Chapter, answers: dict[int, bool]) -> Part:
    asked = [answers[line.pk] for line in chapter.objectives if line.pk in answers]
    known = known_lessons(chapter.lessons, answers)
    left = (lesson for lesson in chapter.lessons if lesson.objectives and lesson not in known)
    return Part(chapter, sum(asked), len(asked), known, next(left, None))
