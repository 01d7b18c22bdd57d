"""Raster pictures: hostile and broken files are refused in words, and only pixels are kept."""

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from concepts.images import MOST_BYTES, ImageRefused, look_at, rewrite


def picture(
    format: str = "PNG", size: tuple[int, int] = (300, 200), mode: str = "RGB", **saving: Any
) -> bytes:
    """A file of one colour with a brighter corner."""
    image = Image.new(mode, size)
    out = BytesIO()
    image.save(out, format, **saving)
    return out.getvalue()


def with_exif(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"  # where it was taken
    return picture("JPEG", exif=exif, comment=b"my garden")


def png_of_size(width: int, height: int) -> bytes:
    """The head of a PNG that claims a size, and next to nothing behind it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(("format", "ending"), [("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp")])
def test_three_types_are_taken(format: str, ending: str) -> None:
    raster = rewrite(picture(format))
    assert (raster.ending, raster.width, raster.height) == (ending, 300, 200)
    assert look_at(raster.data).ending == ending


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_taken(mode: str) -> None:
    assert rewrite(picture(mode=mode)).width == 300


def test_what_can_be_seen_through_stays_so() -> None:
    assert Image.open(BytesIO(rewrite(picture(mode="RGBA")).data)).mode == "RGBA"


def test_a_picture_for_print_is_taken() -> None:
    assert rewrite(picture("JPEG", mode="CMYK")).ending == "jpg"


def test_nothing_of_the_camera_is_kept() -> None:
    data = with_exif()
    assert look_at(data).carries
    kept = rewrite(data)
    assert not look_at(kept.data).carries
    assert b"camera" not in kept.data
    assert b"garden" not in kept.data


def test_nothing_written_into_a_png_is_kept() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "somebody")
    data = picture(pnginfo=notes)
    assert look_at(data).carries
    assert b"somebody" not in rewrite(data).data


def test_a_photograph_on_its_side_is_set_upright() -> None:
    raster = rewrite(with_exif(orientation=6))
    assert (raster.width, raster.height) == (200, 300)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no PNG, JPEG or WebP"),
        (b"not a picture", "no PNG, JPEG or WebP"),
        (b"<svg/>", "no PNG, JPEG or WebP"),
        (b"GIF89a" + b"\0" * 40, "no PNG, JPEG or WebP"),
        (picture("GIF"), "no PNG, JPEG or WebP"),
        (picture("TIFF"), "no PNG, JPEG or WebP"),
        (picture("BMP"), "no PNG, JPEG or WebP"),
        (picture()[:200], "damaged or cut off"),
        (picture("JPEG")[:400], "damaged or cut off"),
        (picture(size=(199, 300)), "199 by 300 pixels"),
        (picture(size=(4001, 300)), "4001 by 300 pixels"),
        (png_of_size(60_000, 60_000), "far too many pixels"),
        (png_of_size(10_000, 9_500), "pixels"),
        (png_of_size(4000, 4000), "damaged or cut off"),
        (b"\0" * (MOST_BYTES + 1), "2 MB is the most"),
    ],
)
def test_what_is_not_taken_says_why(data: bytes, said: str) -> None:
    with pytest.raises(ImageRefused, match=said):
        rewrite(data)


def test_a_picture_that_moves_is_refused() -> None:
    frames = [Image.new("RGB", (300, 200), colour) for colour in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    with pytest.raises(ImageRefused, match="moves"):
        rewrite(out.getvalue())


@given(st.binary(max_size=300), st.integers(0, 120))
def test_a_file_with_a_wound_is_refused_or_taken_but_never_an_error(noise: bytes, at: int) -> None:
    data = picture("JPEG")
    wounded = data[:at] + noise + data[at + len(noise) :]
    try:
        assert rewrite(wounded).width >= 200
    except ImageRefused as refused:
        assert str(refused)
