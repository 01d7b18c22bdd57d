"""The form by which a picture comes in: from its own page, and from beside a text."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concepts.admin.forms import ContentForm
from concepts.drawings import Drawing, read_drawing
from concepts.images import MOST_BYTES, ImageRefused, Raster, rewrite
from concepts.models import Picture

ACCEPT = ".png,.jpg,.jpeg,.webp,.svg"
SLUG_LENGTH = 80


class PictureForm(ContentForm):
    """An upload is looked at here, so that what is wrong with it stands at its field."""

    upload = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=gettext_lazy(
            "PNG, JPEG or WebP, at most 2 MB and 200 to 4000 pixels a side, or a drawing as SVG by the rules "
            "of the course. What a camera noted in the file is left out."
        ),
    )

    field_order = ("upload", "alt", "slug")

    class Meta:
        model = Picture
        fields = ("slug", "alt")

    keeps_file = False  # whether the page carries a chosen file over when the form comes back

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.came: Drawing | Raster | None = None
        if "slug" in self.fields:  # an address once given stays
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _(
                "How texts name it: picture:address. Left empty, it takes the name of the file."
            )
        if "alt" in self.fields:  # those who may only look get no field
            self.fields["alt"].required = False  # a drawing may bring it along
            self.fields["alt"].widget = forms.Textarea(
                {"rows": 3, "cols": 40, "class": "vLargeTextField", "maxlength": 500}
            )

    def clean_upload(self) -> UploadedFile | None:
        upload: UploadedFile | None = self.cleaned_data.get("upload")
        if upload is None:
            if self.instance.pk is None:
                raise ValidationError(_("Choose a file."), code="required")
            return None
        if (upload.size or 0) > MOST_BYTES:
            said = {"most": MOST_BYTES // 1_000_000}
            raise ValidationError(_("The file has more than %(most)d MB. Make it smaller.") % said)
        upload.seek(0)
        self.came = _read(upload.read())
        return upload

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._name_it(cleaned)
        if "alt" in self.fields and "alt" not in self.errors and not cleaned.get("alt"):
            cleaned["alt"] = self.came.title if isinstance(self.came, Drawing) else ""
            if not cleaned["alt"]:
                message = _(
                    "Say what somebody who cannot see the picture needs to know, in a sentence or two."
                )
                self.add_error("alt", ValidationError(message, code="required"))
        if self.came and self.errors and not self.keeps_file:
            message = _(
                "Choose the file once more: it could not be kept while another field needs something."
            )
            self.add_error("upload", message)
        elif self.came and not self.errors:
            self._put_in(self.came, cleaned.get("slug") or self.instance.slug)
        return cleaned

    def _name_it(self, cleaned: dict[str, Any]) -> None:
        """Without an address of its own a new picture takes that of its file, with a number if need be."""
        upload = cleaned.get("upload")
        if "slug" not in self.fields or cleaned.get("slug") or "slug" in self.errors or not upload:
            return
        stem = slugify(PurePath(upload.name).stem.replace("_", " "))[: SLUG_LENGTH - 4] or "picture"
        slug, number = stem, 1
        while Picture.objects.filter(slug=slug).exists():
            number += 1
            slug = f"{stem}-{number}"
        cleaned["slug"] = slug

    def _put_in(self, came: Drawing | Raster, slug: str) -> None:
        """What came replaces what was. The old file stays in the storage, so that it can be restored."""
        picture = self.instance
        if isinstance(came, Drawing):
            picture.drawing, picture.file = came.svg, ""
        else:
            picture.drawing, picture.file = "", ContentFile(came.data, f"{slug}.{came.ending}")
        picture.width, picture.height = came.width, came.height


def _read(data: bytes) -> Drawing | Raster:
    """A drawing or a raster picture, by what the file holds; raises ValidationError for anything else."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        read = read_drawing(data.decode("utf-8", errors="replace"))
        if read.drawing is None:
            raise ValidationError([str(problem) for problem in read.problems])
        return read.drawing
    try:
        return rewrite(data)
    except ImageRefused as refused:
        raise ValidationError(str(refused)) from refused
