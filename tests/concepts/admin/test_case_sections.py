"""The patterns that the form of a case offers: pasted into an empty stage, each is whole by itself."""

from typing import Any

import pytest
import yaml

from concepts.admin.case_sections import SECTIONS
from concepts.cases.checking import check_case
from tests.case_desk import whole_case

STAGES = next(section for section in SECTIONS if section.key == "stages")


@pytest.mark.parametrize(("name", "pattern"), STAGES.patterns)
def test_a_pattern_for_a_stage_asks_for_nothing_but_the_names_that_it_leaves_open(
    name: Any, pattern: str
) -> None:
    document = whole_case()
    pasted = yaml.safe_load(pattern)
    pasted["next"][-1]["to"] = "second"
    pasted["next"] = pasted["next"][-1:]
    pasted["exhibits"] = ["orders"]
    pasted["decisions"][0]["key"] = "pasted"
    document["stages"].append({"key": "pasted", "title": "Pasted", "text": "What is seen.", **pasted})
    at = f"stages.{len(document['stages']) - 1}"
    assert not [problem for problem in check_case(document) if problem.field.startswith(at)]
