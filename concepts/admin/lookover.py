"""What will not be drawn as meant in a Markdown text.

Said after saving rather than refused, because a draft may link to what is still to be written.
"""

from typing import Any

from django.utils.translation import gettext as _

from concepts.coursepack.checks import stray_message, unknown
from concepts.coursepack.findings import Findings, Spot, Text
from concepts.coursepack.markdown import check_markdown
from concepts.models import Comparison, ComparisonRow, Concept, Metric, Picture, Term
from concepts.rendering import course_links, stray_pictures
from concepts.worksheets import WORKSHEETS

LINKED: dict[str, Any] = {
    "concept": Concept,
    "comparison": Comparison,
    "metric": Metric,
    "picture": Picture,
    "term": Term,
}


def lookover(text: str) -> list[str]:
    """Headings and blocks that are not written as the renderer reads them, and links that lead nowhere."""
    findings = Findings()
    check_markdown(text, Spot(Text("", tuple(text.splitlines()))), findings)
    problems = [
        _("line %(line)d: %(problem)s") % {"line": finding.line, "problem": finding.message}
        for finding in findings
    ]
    return problems + [stray_message(target) for target in stray_pictures(text)] + _dead_links(text)


def _dead_links(text: str) -> list[str]:
    links = course_links(text)
    slugs = {
        kind: set(LINKED[kind]._default_manager.values_list("slug", flat=True))
        for kind in {link[0] for link in links} & LINKED.keys()
    }
    slugs["worksheet"] = set(WORKSHEETS)
    problems = []
    for kind, slug, anchor in dict.fromkeys(links):
        if slug not in slugs[kind]:
            problems.append(unknown((kind, slug), slugs[kind]))
        elif kind == "comparison" and anchor and not _has_row(slug, anchor):
            said = {"slug": slug, "anchor": anchor}
            problems.append(_("The comparison “%(slug)s” has no row “%(anchor)s”.") % said)
    return problems


def _has_row(slug: str, anchor: str) -> bool:
    return ComparisonRow.objects.filter(comparison__slug=slug, anchor=anchor).exists()
