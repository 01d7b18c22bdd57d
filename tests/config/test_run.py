"""`make run` on a machine that is not as it should be: one line each, saying what to do."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.cache import cache

import config.demo as demo_site

ROOT = Path(__file__).resolve().parent.parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def demo(port: str) -> subprocess.CompletedProcess[str]:
    """Start the demonstration, which is expected to end at once."""
    command = [sys.executable, "-m", "config.demo", port]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=30)


def test_a_busy_port() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = demo(str(port))
    assert done.returncode == 1
    assert done.stderr == f"Port {port} is busy. Choose another: make run PORT={port + 1}\n"


@pytest.mark.parametrize("port", ["eighty", "80", "70000"])
def test_no_port(port: str) -> None:
    done = demo(port)
    assert done.returncode == 1
    assert "for example: make run PORT=8001" in done.stderr
    assert done.stderr.count("\n") == 1


def make(tmp_path: Path, python: str) -> subprocess.CompletedProcess[str]:
    """`make run` in an empty folder, where `python` stands for the machine's Python."""
    fake = tmp_path / "fake-python"
    fake.write_text(f"#!/bin/sh\n{python}\n")
    fake.chmod(0o755)
    (tmp_path / "requirements.txt").touch()
    command = ["make", "--file", str(ROOT / "Makefile"), f"PYTHON={fake}", "run"]
    return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)


def test_an_old_python(tmp_path: Path) -> None:
    done = make(tmp_path, 'case "$*" in *version_info*) exit 1;; *) echo "Python 3.9.2";; esac')
    assert done.returncode != 0
    assert "Takt needs Python 3.11 or newer" in done.stdout
    assert "is Python 3.9.2" in done.stdout
    assert done.stdout.count("\n") == 1


def test_no_venv_module(tmp_path: Path) -> None:
    done = make(tmp_path, 'case "$*" in *ensurepip*) exit 1;; esac')
    assert done.returncode != 0
    assert "sudo apt-get install python3-venv" in done.stdout
    assert done.stdout.count("\n") == 1


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that the demonstration runs, none of them really."""
    names: list[str] = []
    monkeypatch.setattr(demo_site, "call_command", lambda name, *_args, **_options: names.append(name))
    monkeypatch.setattr(sys, "argv", ["config.demo", str(free_port())])
    cache.clear()
    return names


@pytest.mark.django_db
def test_the_course_is_loaded_again_only_when_its_files_have_changed(
    called: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    demo_site.main()
    assert called == ["migrate", "createcachetable", "load_course", "make_demo", "runserver"]
    called.clear()
    demo_site.main()
    assert called == ["migrate", "createcachetable", "runserver"]
    called.clear()
    monkeypatch.setattr(demo_site, "fingerprint", lambda: "other files")
    demo_site.main()
    assert "load_course" in called


def test_the_fingerprint_tells_every_change_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_site, "ROOT", tmp_path)
    monkeypatch.setattr(demo_site, "FILES", (tmp_path,))
    seen = [demo_site.fingerprint()]
    (tmp_path / "a.md").write_text("one")
    seen.append(demo_site.fingerprint())
    (tmp_path / "a.md").write_text("two")
    seen.append(demo_site.fingerprint())
    (tmp_path / "a.md").rename(tmp_path / "b.md")
    seen.append(demo_site.fingerprint())
    assert len(set(seen)) == 4
