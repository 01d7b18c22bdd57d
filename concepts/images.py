"""Raster pictures: looking at a file before it is trusted, and writing it anew without what it carries.

The type is what the bytes say, never the name or what a browser claims. Sizes are looked at before anything
is unpacked, so that a small file cannot fill the memory. Only pixels are kept: where and when a photograph
was taken, colour profiles and comments stay behind.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 2_000_000
SHORTEST, LONGEST = 200, 4000
# What Pillow calls a format, and how our files of it end.
ENDINGS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}
SAVING: dict[str, dict[str, Any]] = {
    "PNG": {"optimize": True},
    "JPEG": {"quality": 88, "optimize": True, "progressive": True},
    "WEBP": {"quality": 88},
}
# Under these names Pillow keeps what a file says besides its pixels.
CARRIED = ("exif", "xmp", "comment", "photoshop", "XML:com.adobe.xmp", "Raw profile type exif")
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class ImageRefused(Exception):
    """Why a file is not taken, in words for whoever chose it."""


@dataclass(frozen=True)
class Raster:
    """A picture made of pixels. ``carries`` says that there is more in the file than these."""

    data: bytes
    ending: str
    width: int
    height: int
    carries: bool = False


def look_at(data: bytes) -> Raster:
    """A file as it is, after every check; its bytes are not changed."""
    image = _open(data)
    carries = any(image.info.get(name) for name in CARRIED) or bool(getattr(image, "text", None))
    return Raster(data, ENDINGS[str(image.format)], *image.size, carries=carries or bool(image.getexif()))


def rewrite(data: bytes) -> Raster:
    """The same picture with nothing but its pixels, the right way up."""
    image = _open(data)
    name = str(image.format)
    upright = ImageOps.exif_transpose(image) or image
    has_alpha = upright.has_transparency_data and name != "JPEG"
    mode = "RGBA" if has_alpha else "L" if upright.mode in ("1", "L") else "RGB"
    pixels = upright.convert(mode)
    pixels.info = {}  # some formats would write parts of it again
    out = BytesIO()
    pixels.save(out, name, **SAVING[name])
    return Raster(out.getvalue(), ENDINGS[name], *pixels.size)


def _open(data: bytes) -> Image.Image:
    if len(data) > MOST_BYTES:
        said = {"size": f"{len(data) / 1_000_000:.1f}", "most": MOST_BYTES // 1_000_000}
        raise ImageRefused(_("The file has %(size)s MB; %(most)d MB is the most. Make it smaller.") % said)
    try:
        image: Image.Image = Image.open(BytesIO(data), formats=tuple(ENDINGS))
        _check_size(image)
        image.load()
    except ImageRefused:
        raise
    except BOMBS as error:
        raise ImageRefused(_("The picture has far too many pixels. Make it smaller.")) from error
    except UnidentifiedImageError as error:
        raise ImageRefused(
            _("This is no PNG, JPEG or WebP picture, whatever its name says. Save it as one of these.")
        ) from error
    except Exception as error:  # decoders fail on broken files in many ways; each means the same here
        raise ImageRefused(_("The picture is damaged or cut off. Save it once more.")) from error
    return image


def _check_size(image: Image.Image) -> None:
    width, height = image.size
    if getattr(image, "n_frames", 1) > 1:
        raise ImageRefused(_("The picture moves. Save one frame of it."))
    if min(width, height) < SHORTEST or max(width, height) > LONGEST:
        said = {"width": width, "height": height, "least": SHORTEST, "most": LONGEST}
        raise ImageRefused(
            _(
                "The picture is %(width)d by %(height)d pixels; each side must have %(least)d to %(most)d. "
                "Scale it, or cut it."
            )
            % said
        )
