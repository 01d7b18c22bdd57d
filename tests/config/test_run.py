"""`make run` on a machine that is not as it should be: one line each, saying what to do."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


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
