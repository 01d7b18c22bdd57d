"""What keeps a case from being published: of its document, and of what it names elsewhere.

Whoever knows of something else that a case names adds a check of it to `CHECKS`: the bank does for questions.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from concepts.cases.checking import check_case
from concepts.cases.problems import Problem, Steps
from concepts.cases.reading import named_images, named_objectives
from concepts.coursepack.findings import nearest
from concepts.models import CaseStudy, Objective, Picture

Check = Callable[[Mapping[str, Any], CaseStudy], list[Problem]]


def problems_of(content: Mapping[str, Any], case: CaseStudy) -> list[Problem]:
    """Everything to mend before learners can play this content of a case."""
    return [*check_case(content), *(problem for check in CHECKS for problem in check(content, case))]


def missing(kind: Any, named: list[tuple[Steps, str]], known: Collection[str]) -> Iterator[Problem]:
    """A problem for each name that is not known, with the nearest one that is."""
    for steps, name in named:
        if name not in known:
            advice = nearest(name, known) or _("Add it or take the reference out.")
            message = _("There is no %(kind)s “%(name)s”.") % {"kind": kind, "name": name}
            yield Problem(".".join(map(str, steps)), f"{message} {advice}")


def course_references(content: Mapping[str, Any], case: CaseStudy) -> list[Problem]:
    """Objectives and pictures that are not in the course."""
    objectives, images = named_objectives(content), named_images(content)
    codes = set(Objective.objects.values_list("code", flat=True)) if objectives else set()
    slugs = set(Picture.objects.values_list("slug", flat=True)) if images else set()
    return [
        *missing(Objective._meta.verbose_name, objectives, codes),
        *missing(Picture._meta.verbose_name, images, slugs),
    ]


CHECKS: list[Check] = [course_references]
