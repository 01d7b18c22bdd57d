"""Who may import whom, and how large a room may be: the rules of the house, kept by a test."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TRACKED = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
    cwd=ROOT,
    capture_output=True,
    text=True,
    check=True,
).stdout.splitlines()
MODULES = [
    name
    for name in TRACKED
    if name.endswith(".py")
    and "/migrations/" not in name
    and (ROOT / name).exists()
    and not name.startswith("tests/")
]
APPS = [name for name in MODULES if name.startswith(("concepts/", "assessments/"))]
TEMPLATES = [name for name in TRACKED if name.startswith("templates/") and (ROOT / name).exists()]
OURS = ("concepts", "assessments", "config")

# A room, and the rooms of ours that it may import from. The first prefix that fits counts.
MAY_IMPORT = {
    "assessments/formats/": (
        "assessments.formats",
        "assessments.questions",
        "concepts.coursepack.findings",
        "concepts.coursepack.payload",
        "concepts.coursepack.reading",
        "concepts.figures",
        "concepts.formulas",
    ),
    "assessments/questions/": ("assessments.questions", "concepts.figures", "concepts.formulas"),
    "assessments/course_check/": (
        "assessments.course_check",
        "assessments.questions",
        "concepts.cases",
        "concepts.coursepack.checks",
        "concepts.prose",
        "concepts.rendering",
    ),
    "assessments/mastery.py": (),
    "assessments/item_analysis.py": (),
    "assessments/item_verdicts.py": ("assessments.item_analysis",),
    "assessments/scheduling.py": ("assessments.mastery",),
    "assessments/diagnostic.py": (),
    "concepts/arithmetic.py": ("concepts.figures",),
    "concepts/expressions.py": ("concepts.arithmetic", "concepts.figures"),
    "concepts/figures.py": (),
    "concepts/formulas.py": ("concepts.arithmetic", "concepts.expressions", "concepts.figures"),
    "concepts/equations.py": (),
    "concepts/prose.py": ("concepts.rendering",),
    "concepts/compiled.py": (),
    "concepts/worksheets/": ("concepts.worksheets",),
    "concepts/cases/": ("concepts.cases", "concepts.figures", "concepts.formulas"),
    "concepts/models/": ("concepts.cases", "concepts.models", "concepts.rendering"),
    "assessments/models/": (
        "assessments.models",
        "assessments.questions",
        "assessments.mastery",
        "concepts.cases",
        "concepts.models",
    ),
    "assessments/services/": (
        "assessments.services",
        "assessments.formats",
        "assessments.models",
        "assessments.questions",
        "assessments.mastery",
        "assessments.scheduling",
        "assessments.diagnostic",
        "concepts.cases",
        "concepts.compiled",
        "concepts.duplicating",
        "concepts.models",
    ),
}
VIEWS_MAY_NOT = re.compile(r"^(concepts|assessments)\.(views|admin|management)\b")


@cache
def imports(name: str) -> tuple[tuple[str, bool], ...]:
    """Every module of ours that a file imports, and whether it does so inside a function."""
    return tuple(read_imports(ast.parse((ROOT / name).read_text(encoding="utf-8"))))


def read_imports(tree: ast.Module) -> Iterator[tuple[str, bool]]:
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found = [node.module] + [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        else:
            continue
        ours = [module for module in found[:1] if module.split(".")[0] in OURS]
        if ours and ours[0] in ("assessments", "concepts"):  # `from assessments import scheduling`
            ours = found[1:]
        for module in ours:
            yield module, id(node) in inside


def allowed(name: str) -> tuple[str, ...] | None:
    return next((rooms for prefix, rooms in MAY_IMPORT.items() if name.startswith(prefix)), None)


@pytest.mark.parametrize("name", [name for name in APPS if allowed(name) is not None])
def test_a_room_imports_only_from_the_rooms_below_it(name: str) -> None:
    rooms = allowed(name) or ()
    strangers = [module for module, _ in imports(name) if not module.startswith(rooms or ("-",))]
    assert strangers == []


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("concepts/")])
def test_concepts_never_imports_assessments(name: str) -> None:
    assert [module for module, _ in imports(name) if module.startswith("assessments")] == []


@pytest.mark.parametrize("name", [name for name in APPS if "/views/" in name])
def test_views_never_import_views(name: str) -> None:
    assert [module for module, _ in imports(name) if VIEWS_MAY_NOT.match(module)] == []


@pytest.mark.parametrize("name", MODULES)
def test_nothing_of_ours_is_imported_inside_a_function(name: str) -> None:
    assert [module for module, inside in imports(name) if inside] == []


@pytest.mark.parametrize(
    "name", [n for n in APPS if n.startswith(("assessments/services/", "assessments/selectors/"))]
)
def test_services_and_selectors_never_see_a_request(name: str) -> None:
    assert "HttpRequest" not in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MODULES)
def test_modules_are_at_most_300_lines_and_functions_at_most_40(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text.count("\n") <= 300
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > 40
    ]
    assert long == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_are_small_and_hold_no_inline_script_or_style(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text.count("\n") <= 120
    assert not re.search(r"\sstyle=|\son[a-z]+=\"|\|safe\b|<style", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*type=.application/(json|ld\+json))[^>]*>", text)


def test_the_top_level_holds_what_was_settled_and_nothing_else() -> None:
    settled = {
        "assessments",
        "bench",
        "concepts",
        "config",
        "static",
        "templates",
        "tests",
        "manage.py",
        "Makefile",
    }
    settled |= {
        "README.md",
        "CHANGELOG.md",
        "LICENSE",
        "pyproject.toml",
        "requirements.in",
        "requirements.txt",
    }
    settled |= {"requirements-dev.in", "requirements-dev.txt"}
    tops = {name.split("/")[0] for name in TRACKED}
    assert {top for top in tops if not top.startswith(".")} <= settled
