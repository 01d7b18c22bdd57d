"""What a page of the course shows of its reader: marks, counts, practice sets, and the quick check.

`concepts` knows nothing of learners, so its templates ask here. All levels of the reader come from one query
for each page, kept on the request.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments import wording
from assessments.forms.checks import Posted, QuickCheck, build_check
from assessments.models import Learner
from assessments.models.evidence import LEVELS
from assessments.selectors.sets import WHOLE_COURSE, AssessmentLine, assessments_at, with_runs
from assessments.selectors.skippable import NOTHING, Known, known_to, suggestion
from assessments.selectors.standing import FADING, Shown, Standing, Tally, standing_of
from concepts.kept import shelf_for
from concepts.models import can_preview
from concepts.selectors.lesson import LessonPage
from concepts.selectors.outline import Lesson, Line, Outline, Place, outline_on

register = template.Library()

_WORDS = dict(LEVELS)
_SHAPE = (
    '<span class="tk-mark" data-level="{0}">'
    '<svg aria-hidden="true" focusable="false"><use href="{1}#m{0}"/></svg>'
)
_MARK = _SHAPE + "{2}</span>"
_HIDDEN = _SHAPE + '<span class="visually-hidden">{2}</span></span>'


def standing_for(request: HttpRequest) -> Standing:
    """Where the reader of this page stands; read once for each request."""
    known: Standing | None = getattr(request, "_standing", None)
    if known is None:
        known = standing_of(request.learner, timezone.now())  # type: ignore[attr-defined]
        request._standing = known  # type: ignore[attr-defined]
    return known


def known_for(request: HttpRequest) -> Known:
    """What the reader's diagnostic lets them skip; read once for each request."""
    known: Known | None = getattr(request, "_known", None)
    if known is None:
        lessons = outline_on(shelf_for(request), request.user).lessons
        learner: Learner = request.learner  # type: ignore[attr-defined]
        known = known_to(learner, lessons, standing_for(request), timezone.now())
        request._known = known  # type: ignore[attr-defined]
    return known


def word_for(level: Shown) -> str:
    """A level in a word."""
    return str(_("Fading") if level == FADING else _WORDS[int(level)])


def draw_mark(level: Shown, *, hidden: bool = False) -> SafeString:
    """The same markup as components/mark.html, at a price that a list of a hundred can pay."""
    return _drawn(level, hidden, get_language() or "")


@lru_cache(maxsize=64)
def _drawn(level: Shown, hidden: bool, language: str) -> SafeString:
    return format_html(_HIDDEN if hidden else _MARK, level, static("img/icons.svg"), word_for(level))


@register.filter
def count_word(count: int) -> str:
    """A count within a sentence: in letters up to twelve."""
    return wording.count_word(count)


@register.simple_tag(takes_context=True)
def standing(context: template.RequestContext) -> Standing:
    """The whole standing of the reader."""
    return standing_for(context.request)


@register.simple_tag
def mark(level: Shown, hidden: bool = False) -> SafeString:
    """A mark for a level that is at hand."""
    return draw_mark(level, hidden=hidden)


@register.simple_tag(takes_context=True)
def mark_of(context: template.RequestContext, objective: int, hidden: bool = False) -> SafeString:
    """The reader's mark in one objective."""
    return draw_mark(standing_for(context.request).shown(objective), hidden=hidden)


@register.simple_tag(takes_context=True)
def rail(context: template.RequestContext, page: LessonPage) -> SafeString:
    """The lessons of a module beside one of them, each with the reader's mark. A page shows it twice."""
    request = context.request
    known: SafeString | None = getattr(request, "_rail", None)
    if known is None:
        known = request._rail = _draw_rail(standing_for(request), page)  # type: ignore[attr-defined]
    return known


def _draw_rail(mine: Standing, page: LessonPage) -> SafeString:
    draft = format_html(' <span class="count">{}</span>', _("draft"))
    items = (
        (
            lesson.url,
            SafeString(' aria-current="page"' if lesson is page.place.lesson else ""),
            lesson.title,
            draft if lesson.is_draft else "",
            draw_mark(mine.lesson(lesson.objectives), hidden=True) if lesson.objectives else "",
        )
        for lesson in page.place.chapter.lessons
    )
    drawn = format_html_join("", '<li><a href="{}"{}><span>{}{}</span>{}</a></li>', items)
    return format_html("<ol>{}</ol>", drawn)


@register.simple_tag(takes_context=True)
def rail_modules(context: template.RequestContext, page: LessonPage) -> SafeString:
    """The other modules, and how many of their objectives the reader has mastered."""
    mine = standing_for(context.request)
    words = _("%(mastered)s of %(total)s")
    items = [
        (
            chapter.url,
            chapter.title,
            words % {"mastered": counts.mastered, "total": counts.total},
            _("mastered"),
        )
        for chapter in page.outline.chapters
        if chapter is not page.place.chapter and (counts := mine.tally(chapter.objectives))
    ]
    count = '<span class="count">{}<span class="visually-hidden"> {}</span></span>'
    drawn = format_html_join("", '<li><a href="{}">{}' + count + "</a></li>", items)
    return format_html("<h2>{}</h2><ol>{}</ol>", _("Other modules"), drawn) if items else SafeString("")


@register.simple_tag(takes_context=True)
def mark_links(context: template.RequestContext, lines: Iterable[Line]) -> SafeString:
    """Marks in a row, each a link to what the reader has shown of that objective."""
    shown = standing_for(context.request).shown
    address = reverse("assessments:objective", args=["CODE"])
    items = format_html_join(
        "",
        '<li><a href="{}" title="{}"><span class="visually-hidden">{} </span>{}</a></li>',
        (
            (
                address.replace("CODE", line.code),
                line.title,
                line.code,
                draw_mark(shown(line.pk), hidden=True),
            )
            for line in lines
        ),
    )
    return format_html('<ul class="tk-marks">{}</ul>', items)


@register.simple_tag(takes_context=True)
def tally(context: template.RequestContext, lines: Iterable[Line]) -> Tally:
    """How many of these objectives the reader holds."""
    return standing_for(context.request).tally(lines)


@register.simple_tag(takes_context=True)
def tally_words(context: template.RequestContext, lines: Iterable[Line]) -> SafeString:
    """The count of a list of objectives in words: **2** of 3 mastered, 1 fading."""
    counts = standing_for(context.request).tally(lines)
    words = format_html("<b>{}</b> {}", counts.mastered, _("of %(total)s mastered") % {"total": counts.total})
    if not counts.fading:
        return words
    return format_html("{}, {}", words, _("%(count)s fading") % {"count": counts.fading})


@register.simple_tag(takes_context=True)
def go_on(
    context: template.RequestContext, lessons: Iterable[Lesson], sets: list[AssessmentLine]
) -> Lesson | None:
    """The lesson that the reader should open next, past what a diagnostic among the page's sets lets skip."""
    taken = any(line.is_diagnostic and line.run.used for line in sets)
    known = known_for(context.request) if taken else NOTHING
    return suggestion(lessons, standing_for(context.request), known)


@register.simple_tag
def place_of(outline: Outline, lesson: Lesson) -> Place | None:
    """Where a lesson stands in the course."""
    return outline.place(lesson.kind, lesson.pk)


@register.simple_tag(takes_context=True)
def practice_of(context: template.RequestContext, kind: str, pk: int) -> AssessmentLine | None:
    """The practice set of a concept or a comparison, if one is published."""
    user = context.request.user
    lines = shelf_for(context.request).get(
        ("sets", kind, pk, can_preview(user)), lambda: tuple(assessments_at([(kind, pk)], user))
    )
    return next((line for line in lines if line.is_practice), None)


@register.simple_tag(takes_context=True)
def sets_of(
    context: template.RequestContext, outline: Outline, is_whole: bool = False
) -> list[AssessmentLine]:
    """Every set of these modules and their lessons, if asked of the whole course too, with the reader's
    attempts: two queries in all.
    """
    user = context.request.user
    learner: Learner = context.request.learner  # type: ignore[attr-defined]
    homes = [("module", chapter.pk) for chapter in outline.chapters]
    homes += [(lesson.kind, lesson.pk) for lesson in outline.lessons]
    homes += [WHOLE_COURSE] if is_whole else []
    key = ("sets", tuple(homes), can_preview(user))
    lines = shelf_for(context.request).get(key, lambda: tuple(assessments_at(homes, user)))
    return with_runs(learner, lines, timezone.now())


@register.simple_tag
def sets_at(sets: list[AssessmentLine], kind: str, pk: int, mode: str = "") -> list[AssessmentLine]:
    """Those of a page's sets that belong to one module or lesson, of one mode if it is named."""
    return [line for line in sets if line.home == (kind, pk) and (not mode or line.mode == mode)]


@register.simple_tag
def practice_in(sets: list[AssessmentLine], lesson: Lesson) -> AssessmentLine | None:
    """The practice set of a lesson among those of the page."""
    return next((line for line in sets if line.home == (lesson.kind, lesson.pk) and line.is_practice), None)


@register.simple_tag
def test_to_take(sets: list[AssessmentLine]) -> AssessmentLine | None:
    """The first test of a page that is neither passed nor used up."""
    tests = (line for line in sets if not (line.is_practice or line.is_diagnostic))
    return next((line for line in tests if not (line.is_passed or line.is_used_up)), None)


@register.inclusion_tag("assessments/check.html", takes_context=True)
def quick_check(
    context: template.RequestContext, page: LessonPage, posted: Posted | None = None
) -> dict[str, Any]:
    """The question at the end of a lesson; its template draws nothing where there is none."""
    request = context.request
    lesson = page.place.lesson
    lines = {line.pk: line for line in lesson.objectives}
    check = build_check(
        shelf=shelf_for(request),
        learner=request.learner,  # type: ignore[attr-defined]
        lesson=lesson.slug,
        objectives=lines.keys(),
        is_preview=page.is_draft,
        posted=posted or None,
        result=request.GET.get("check", ""),
    )
    return {
        "check": check,
        "code": lines[check.objective].code if check else "",
        "slug": lesson.slug,
        "csrf_token": context.get("csrf_token"),
        **_changed(check, lines),
    }


def _changed(check: QuickCheck | None, lines: Mapping[int, Line]) -> dict[str, Any]:
    """What the last answer changed, as components/change.html draws it."""
    if check is None or check.moved is None:
        return {"change": None}
    moved = check.moved
    change = {
        "objective": lines[check.objective],
        "before": moved.before,
        "after": moved.after,
        "moved": moved.moved,
        "reason": moved.reason,
    }
    if moved.next_review is None:
        return {"change": change}
    day = wording.day_ahead(moved.next_review, timezone.now())
    return {"change": change, "due": _("next review %(day)s") % {"day": day}}
