"""What the shipped bank asks over the whole course, and that every module has its test."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from assessments.coursepack.folder import read_bank
from assessments.diagnostic import MOST
from concepts.coursepack.findings import Findings

BANK = Path(settings.BASE_DIR) / "assessments" / "bank"
MODULES = [
    "foundations",
    "compared",
    "production",
    "operations",
    "measuring",
    "four-vs",
    "careers",
    "blurred",
]
DEFAULTS = {"counts": "best", "pass_mark": 70}  # what a file need not say


@cache
def shipped() -> dict[str, dict[str, Any]]:
    findings = Findings()
    entries = read_bank(BANK, findings)
    assert not findings
    found = [entry for entry in entries if entry.kind.label == "assessment"]
    return {entry.name: DEFAULTS | entry.payload for entry in found}


def objectives(slug: str) -> list[str]:
    return [part["objective"] for part in shipped()[slug]["parts"]]


def written_in(module: str) -> set[str]:
    """The objectives about which the questions of a module are."""
    texts = (path.read_text(encoding="utf-8") for path in (BANK / module).glob("*.yaml"))
    return {code for text in texts for code in re.findall(r"^  objective: ([A-Z]+-[0-9]+)", text, re.M)}


def test_a_file_at_the_root_of_the_bank_is_read_as_belonging_to_the_whole_course(tmp_path: Path) -> None:
    item = {
        "slug": "final",
        "title": "Final",
        "mode": "test",
        "parts": [{"objective": "THR-1", "count": 1, "marks": 1}],
    }
    (tmp_path / "assessments.yaml").write_text(yaml.safe_dump([item]), encoding="utf-8")
    findings = Findings()
    (entry,) = read_bank(tmp_path, findings)
    assert not findings
    assert not {"module", "concept", "comparison"} & {key for key, value in entry.payload.items() if value}


def test_the_diagnostic_and_the_final_are_shipped_with_fair_conditions() -> None:
    found = shipped()
    diagnostic, final = found["diagnostic-course"], found["final-course"]
    assert (diagnostic["mode"], diagnostic["counts"]) == ("diagnostic", "last")
    assert "time_limit" not in diagnostic and "attempts_allowed" not in diagnostic
    assert len(objectives("diagnostic-course")) == len(set(objectives("diagnostic-course"))) <= MOST
    assert (final["mode"], final["time_limit"], final["attempts_allowed"]) == ("test", 90, 2)
    assert (final["counts"], final["pass_mark"]) == ("best", 70)
    assert sum(part.get("count", 1) for part in final["parts"]) == 40


@pytest.mark.parametrize("slug", ["diagnostic-course", "final-course"])
def test_both_ask_about_every_module_in_the_order_of_the_course(slug: str) -> None:
    places = [
        next(i for i, module in enumerate(MODULES) if code in written_in(module)) for code in objectives(slug)
    ]
    assert places == sorted(places)
    assert set(places) == set(range(len(MODULES)))


@pytest.mark.parametrize("module", MODULES)
def test_every_module_has_its_test(module: str) -> None:
    test = shipped()[f"test-{module}"]
    assert (test["mode"], test["module"], test["counts"]) == ("test", module, "best")
    assert (test["attempts_allowed"], test["pass_mark"]) == (2, 70)
    questions = sum(part.get("count", 1) for part in test["parts"])
    assert questions <= test["time_limit"] <= 5 * questions
