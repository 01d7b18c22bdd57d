"""Pictures in the admin: a list with what each looks like and where it is shown, upload, safe deletion."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from concepts.admin.base import ContentAdmin
from concepts.admin.columns import EMPTY
from concepts.admin.deletion import use_link
from concepts.admin.picking import pick_link, pick_picture
from concepts.admin.picture_form import PictureForm
from concepts.models import Picture
from concepts.selectors.picture_uses import uses_of
from concepts.selectors.pictures import picture_html

A_FEW = 3


@admin.register(Picture)
class PictureAdmin(ContentAdmin):
    """Drawings and photographs."""

    form = PictureForm

    class Media:
        css: ClassVar[Any] = {"all": ("css/picker.css",)}

    list_display = ("thumbnail", "slug", "alt", "measured", "shown_in")
    list_display_links = ("thumbnail", "slug")
    search_fields = ("slug", "alt")
    list_per_page = 25
    readonly_fields: ClassVar[Any] = ("looks", "line", "shown_in")
    fieldsets = (
        (
            gettext_lazy("The picture"),
            {
                "description": gettext_lazy(
                    "A new file replaces the old one wherever it is shown, as soon as it is saved. The old "
                    "one is kept, and the history brings it back."
                ),
                "fields": ("looks", "upload", "alt", "slug"),
            },
        ),
        (
            gettext_lazy("In a text"),
            {
                "description": gettext_lazy(
                    "Write the line into a text, as a paragraph of its own, or use “Picture” above the text."
                ),
                "fields": ("line", "shown_in"),
            },
        ),
    )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("pick/", view(pick_picture), name="concepts_picture_pick"),
            path("pick/link/", view(pick_link), name="concepts_link_pick"),
            *super().get_urls(),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """An address once given stays: texts name the picture by it."""
        return (*super().get_readonly_fields(request, obj), *(("slug",) if obj else ()))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What says something of a picture that is there needs one."""
        if obj:
            return super().get_fieldsets(request, obj)
        return ((None, {"fields": ("upload", "alt", "slug")}),)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The uses of all pictures on a page of the list are looked up at once."""
        changelist = super().get_changelist_instance(request)
        listed = list(changelist.result_list)
        uses = uses_of([picture.slug for picture in listed])
        for picture in listed:
            picture.found_uses = uses[picture.slug]
        changelist.result_list = listed
        return changelist

    @admin.display(description=gettext_lazy("Picture"))
    def thumbnail(self, obj: Picture) -> SafeString:
        return format_html('<span class="tk-thumbnail">{}</span>', picture_html(obj))

    @admin.display(description=gettext_lazy("Picture"))
    def looks(self, obj: Picture) -> SafeString:
        return format_html('<div class="tk-picture">{}</div>', picture_html(obj))

    @admin.display(description=gettext_lazy("Line for a text"))
    def line(self, obj: Picture) -> SafeString:
        return format_html("<code>{}</code>", markdown_line(obj))

    @admin.display(description=gettext_lazy("Size"))
    def measured(self, obj: Picture) -> str:
        size = f"{obj.width} × {obj.height}"
        return _("drawing, %(size)s") % {"size": size} if obj.drawing else size

    @admin.display(description=gettext_lazy("Shown in"))
    def shown_in(self, obj: Picture) -> SafeString | str:
        """The first few texts by name, and how many more."""
        uses = getattr(obj, "found_uses", None)
        if uses is None:
            uses = uses_of([obj.slug])[obj.slug]
        if not uses:
            return EMPTY
        named = format_html_join(", ", "{}", [(use_link(use),) for use in uses[:A_FEW]])
        left = len(uses) - A_FEW
        if left <= 0:
            return named
        more = ngettext("and %(count)d more", "and %(count)d more", left) % {"count": left}
        return format_html("{} {}", named, more)

    def describe(self, obj: Picture) -> str:
        return self.measured(obj)

    def learner_url(self, obj: Picture) -> str:
        return obj.get_absolute_url()


def markdown_line(picture: Picture) -> str:
    """How a text shows a picture."""
    return f"![{_('Caption')}](picture:{picture.slug})"
