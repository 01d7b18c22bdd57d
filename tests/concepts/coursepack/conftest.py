"""A small course in a folder of its own, which is also the working directory."""

from pathlib import Path

import pytest

from tests.concepts.coursepack.trees import write_tree


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_tree(tmp_path)
