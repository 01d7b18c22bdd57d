"""Learners' pages drawn from what is not stored: their own templates, with their own view of the rest."""

from copy import copy
from dataclasses import replace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from concepts.admin.previewing import Unsaved
from concepts.forms import CalculatorForm
from concepts.kept import KEPT
from concepts.models import Comparison, Concept, Metric, Module, Term
from concepts.selectors.lesson import Beside, LessonPage
from concepts.selectors.library import ComparisonPage, GlossaryPage
from concepts.selectors.outline import Chapter, Lesson, Line, Outline, Place, outline_on, summaries_of

LEARNER = AnonymousUser()  # may preview nothing, and so stands for everybody who learns
SEED = 1  # of the round of sorting that a comparison offers


def concept_page(request: HttpRequest, unsaved: Unsaved) -> SafeString:
    """A lesson with its objectives and its margin."""
    concept: Concept = unsaved.obj
    lines = tuple(
        Line(row.pk or 0, row.code, row.title, row.statement, "")
        for row in unsaved.rows.get("objectives", ())
    )
    lesson = Lesson("concept", concept.pk, concept.slug, concept.title, concept.minutes, False, lines)
    outline, place = placed(concept.module, lesson, concept.position)
    metrics = Metric.objects.filter(concept=concept.pk, status="published")
    margin = [Beside("metric", m.slug, m.name, m.unit, m.better, m.position) for m in metrics]
    margin += [
        Beside("source", s.key, s.title, s.author, s.publisher, s.year)
        for s in sorted(unsaved.chosen.get("sources", ()), key=lambda source: source.key)
    ]
    seen = Concept.objects.published()
    chosen = [one.pk for one in unsaved.chosen.get("prerequisites", ())]
    margin += [
        Beside("before", c.slug, c.title, c.slug, c.slug, c.position) for c in seen.filter(pk__in=chosen)
    ]
    page = LessonPage(
        pk=concept.pk,
        slug=concept.slug,
        title=concept.title,
        summary=concept.summary,
        minutes=concept.minutes,
        body_html=SafeString(concept.body_html),
        outline=outline,
        place=place,
        margin=tuple(margin),
    )
    return draw(request, "concepts/concept.html", {"page": page})


def comparison_page(request: HttpRequest, unsaved: Unsaved) -> SafeString:
    """A comparison with its rows."""
    comparison: Comparison = unsaved.obj
    rows = unsaved.rows.get("rows", [])
    lines = tuple(
        Line(row.objective.pk, row.objective.code, row.objective.title, row.objective.statement, row.anchor)
        for row in rows
        if row.objective_id
    )
    minutes = max(1, round(len(lines) * 40 / 60))
    lesson = Lesson("comparison", comparison.pk, comparison.slug, comparison.title, minutes, False, lines)
    _outline, place = placed(comparison.module, lesson, comparison.position)
    sources = {source.key: source for row in rows if row.pk for source in row.sources.all()}
    page = ComparisonPage(comparison, tuple(rows), tuple(sources[key] for key in sorted(sources)), place)
    return draw(request, "concepts/comparison.html", {"page": page, "cover": "", "seed": SEED})


def row_page(request: HttpRequest, unsaved: Unsaved) -> SafeString:
    """The comparison with one row as it is written now."""
    row: Any = unsaved.obj
    row._prefetched_objects_cache = {"sources": _listed(row, "sources", unsaved.chosen.get("sources", ()))}
    others = row.comparison.rows.select_related("objective").exclude(pk=row.pk)
    rows = sorted([*others, row], key=lambda each: (each.position, each.pk))
    return comparison_page(request, Unsaved(row.comparison, {"rows": rows}))


def metric_page(request: HttpRequest, unsaved: Unsaved) -> SafeString:
    """A measure with its calculator at the first values."""
    metric: Any = unsaved.obj
    parts = {**unsaved.rows, **unsaved.chosen}
    metric._prefetched_objects_cache = {name: _listed(metric, name, rows) for name, rows in parts.items()}
    metric.status = Metric.Status.PUBLISHED  # so that its page does not call it a draft
    form = CalculatorForm(metric, {})
    others = Metric.objects.published().filter(concept__module=metric.concept.module).exclude(pk=metric.pk)
    context = {
        "metric": metric,
        "form": form,
        "worked": form.worked(),
        "others": sorted([*others.select_related("concept"), metric], key=_place_of_metric),
    }
    return draw(request, "concepts/metric.html", context)


def _place_of_metric(metric: Metric) -> tuple[int, int, str]:
    return (metric.concept.position, metric.position, metric.name)


def term_page(request: HttpRequest, unsaved: Unsaved) -> SafeString:
    """The glossary with the term in its place."""
    term: Any = unsaved.obj
    sources = sorted(unsaved.chosen.get("sources", ()), key=lambda source: source.key)
    term._prefetched_objects_cache = {"sources": _listed(term, "sources", sources)}
    term.status = Term.Status.PUBLISHED
    others = (
        Term.objects.published().exclude(pk=term.pk).select_related("concept").prefetch_related("sources")
    )
    terms = sorted([*others, term], key=lambda one: one.name.casefold())
    return draw(request, "concepts/glossary.html", {"page": GlossaryPage(tuple(terms), "")})


def module_page(request: HttpRequest, unsaved: Unsaved) -> SafeString:
    """A module with what is published in it."""
    module: Any = unsaved.obj
    chapter = _chapter(module)
    module.status = Module.Status.PUBLISHED
    summaries = summaries_of(module, LEARNER)
    context = {
        "module": module,
        "chapter": chapter,
        "only": Outline((chapter,)),
        "lessons": [(one, summaries.get((one.kind, one.pk), "")) for one in chapter.lessons],
        "metrics": Metric.objects.filter(concept__module=module, status="published"),
    }
    return draw(request, "concepts/module.html", context)


def placed(module: Module, lesson: Lesson, position: int) -> tuple[Outline, Place]:
    """The course as learners see it, with this lesson where it will stand."""
    chapter = _chapter(module)
    others = [one for one in chapter.lessons if (one.kind, one.pk) != (lesson.kind, lesson.pk)]
    keys = _positions(module)
    at = sum(keys.get((one.kind, one.pk), (0, 0, 0)) < _rank(lesson, position) for one in others)
    chapter = replace(chapter, lessons=(*others[:at], lesson, *others[at:]))
    outline = outline_on(KEPT.shelf(), LEARNER)
    chapters = [_without(one, lesson) for one in outline.chapters if one.pk != chapter.pk] + [chapter]
    course = Outline(tuple(sorted(chapters, key=lambda one: (one.number, one.pk))))
    place = course.place(lesson.kind, lesson.pk)
    assert place is not None  # noqa: S101 - it was put there just now
    return course, place


def _without(chapter: Chapter, lesson: Lesson) -> Chapter:
    kept = tuple(one for one in chapter.lessons if (one.kind, one.pk) != (lesson.kind, lesson.pk))
    return replace(chapter, lessons=kept)


def _chapter(module: Module) -> Chapter:
    """A module as learners see it, or would if it were published."""
    known = [one for one in outline_on(KEPT.shelf(), LEARNER).chapters if one.pk == module.pk]
    lessons = known[0].lessons if known else ()
    return Chapter(module.pk, module.slug, module.title, module.summary, module.position, False, lessons)


def _positions(module: Module) -> dict[tuple[str, int], tuple[int, int, int]]:
    found = {}
    for kind, model in (("concept", Concept), ("comparison", Comparison)):
        for pk, position in model.objects.filter(module=module).values_list("pk", "position"):
            found[kind, pk] = (position, int(kind == "comparison"), pk)
    return found


def _rank(lesson: Lesson, position: int) -> tuple[int, int, int]:
    return (position, int(lesson.kind == "comparison"), lesson.pk)


def _listed(obj: Any, name: str, rows: Any) -> Any:
    """Rows as the template asks for them, without a query that would find the stored ones."""
    queryset = getattr(obj, name).model._default_manager.none()
    queryset._result_cache = list(rows)
    return queryset


def draw(request: HttpRequest, template: str, context: dict[str, Any]) -> SafeString:
    """A whole page, as the person at the desk would get it if they were a learner and nothing more."""
    shown, reader = copy(request), copy(request.user)
    shown.resolver_match = request.resolver_match  # which copying leaves out
    for right in ("is_staff", "is_superuser", "teaches"):
        setattr(reader, right, False)
    shown.user = reader
    return render_to_string(template, context, request=shown)
