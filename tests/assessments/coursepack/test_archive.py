"""An upload is taken apart only if everything in it may be written, and never beyond what a course holds."""

import io
import stat
import zipfile

import pytest

from assessments.coursepack import archive
from assessments.coursepack.archive import PackRefused, unpack
from assessments.coursepack.exporting import Pack

GOOD = {"course/sources.yaml": b"- key: S1\n  title: A\n"}


def packed(files: dict[str, bytes], **more: int) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            for key, value in more.items():
                setattr(info, key, value)
            zipped.writestr(info, data, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(PackRefused) as caught:
        unpack(data)
    return str(caught.value)


def test_a_pack_comes_apart_as_it_was_made() -> None:
    files = {**GOOD, "bank/measuring/a.yaml": b"- slug: a\n"}
    assert unpack(Pack(files).zipped()) == files
    assert Pack(files).zipped() == Pack(dict(reversed(files.items()))).zipped()


def test_a_folder_around_everything_and_the_noise_of_programs_do_no_harm() -> None:
    wrapped = {f"my course/{name}": data for name, data in GOOD.items()}
    noise = {"__MACOSX/my course/._a": b"x", "my course/.DS_Store": b"x", "my course/README.md": b"x"}
    assert unpack(packed(wrapped | noise)) == GOOD


@pytest.mark.parametrize(
    "name",
    [
        *(
            "../evil.yaml",
            "course/../../evil.yaml",
            "/etc/passwd",
            "course\\..\\evil",
            "C:/evil",
            "course/a\x00b",
        ),
        *("course/ ../a.yaml", "course//a.yaml", "course/./a.yaml", "course/a\nb.yaml"),
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    # zipfile would tidy some of these names, so they are put in afterwards.
    data = packed(GOOD | {"x" * len(name): b"x"}).replace(b"x" * len(name), name.encode())
    try:
        files = unpack(data)
    except PackRefused as refused:
        assert "leads out of the pack" in str(refused) or "no zip file" in str(refused)
    else:
        assert set(files) == {*GOOD, "course/a"}  # cut off at the zero byte, it leads nowhere else


def test_links_passwords_and_twins_are_refused() -> None:
    link = packed({"course/a": b"/etc/passwd"}, create_system=3, external_attr=(stat.S_IFLNK | 0o777) << 16)
    assert "no plain file" in refusal(link)
    assert "twice" in refusal(packed(GOOD | {"course/Sources.yaml": b""}))
    locked = bytearray(packed(GOOD))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + place] |= 1
    assert "password" in refusal(bytes(locked))
    assert "too long" in refusal(packed({"course/" + "a" * 300: b""}))


def test_what_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = packed({"course/a.md": b"0" * (21 * 1024 * 1024)})
    assert len(bomb) < 100_000 and "far more than a course holds" in refusal(bomb)
    monkeypatch.setattr(archive, "LARGEST_CONTENT", 1000)
    assert "far more" in refusal(packed({f"course/{i}.md": b"0" * 300 for i in range(4)}))
    monkeypatch.setattr(archive, "MOST_FILES", 3)
    assert "3 is the most" in refusal(packed({f"course/{i}.md": b"" for i in range(4)}))
    monkeypatch.setattr(archive, "LARGEST_PACK", 10)
    assert "larger than" in refusal(packed(GOOD))


def test_what_is_no_archive_or_no_pack_is_refused() -> None:
    good = packed(GOOD)
    for data in (b"", b"PK", b"words", good[:-30], good.replace(b"S1", b"S2").replace(b"key", b"kez")[:60]):
        assert "no zip file" in refusal(data)
    broken = bytearray(good)
    broken[45:55] = b"\xff" * 10
    assert refusal(bytes(broken))
    assert "no folder" in refusal(packed({"lessons/a.md": b"x", "b.md": b"x"}))
    assert "no folder" in refusal(packed({}))
