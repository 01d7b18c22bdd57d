"""Links of a course that lead nowhere, or to what learners do not see."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from assessments.course_check.facts import Facts, Text
from assessments.course_check.findings import Finding
from concepts.coursepack.checks import link_problems
from concepts.rendering import course_links


def check_links(facts: Facts) -> Iterator[Finding]:
    """Every link into the course, whichever text it stands in, and every picture."""
    for text in facts.texts:
        if "](" in text.markdown:
            yield from _of_text(text, facts)


def _of_text(text: Text, facts: Facts) -> Iterator[Finding]:
    around = facts.around
    for problem, target in link_problems(text.markdown, around.targets, around.anchors):
        message = _("%(field)s, “%(target)s”: %(problem)s")
        said = {"field": text.field, "target": target, "problem": problem}
        yield Finding("broken_link", text.where, message % said, _("Mend the link or take it out."))
    if not text.is_live:
        return
    for kind, slug, _anchor in dict.fromkeys(course_links(text.markdown)):
        if around.targets.get(kind, {}).get(slug) is False:
            message = _("%(field)s: learners read it, but “%(target)s” is not published.")
            said = {"field": text.field, "target": f"{kind}:{slug}"}
            remedy = _("Publish what it leads to, or take the link out.")
            yield Finding("broken_link", text.where, message % said, remedy)
