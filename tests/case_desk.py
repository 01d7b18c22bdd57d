"""The small case as an editor may publish it, for tests of the desk."""

from typing import Any

from concepts.models import CaseStudy, CaseVersion
from tests.cases import make_case, small_case

FORECAST = {"variable": "on_time", "question": "Where will the on-time share stand?"}


def whole_case(objective: str = "CAS-1") -> dict[str, Any]:
    """The document, with nothing to mend."""
    document = small_case(objective)
    for stage in document["stages"]:
        if stage.get("decisions"):
            stage.setdefault("forecast", FORECAST)
    return document


def desk_case(status: str = "draft", **options: Any) -> CaseStudy:
    """The case with its questions, as a draft or published as version 1."""
    case = make_case(**options)
    CaseVersion.objects.filter(case=case).delete()
    case.history.all().delete()
    case.status, case.content = status, whole_case(options.get("code", "CAS-1"))
    case.save()
    return case
