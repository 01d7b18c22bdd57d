"""The folders of a course that are not those of its modules, so that no module can be called like them."""

from typing import Any

from django.utils.translation import gettext as _

CASES, PICTURES = "cases", "pictures"
TAKEN = {"concepts.Module": (CASES, PICTURES)}


def taken_address(model: Any, address: str) -> str:
    """Why an object of a model cannot have this address, and what to do; empty if it can."""
    if address not in TAKEN.get(model._meta.label, ()):
        return ""
    message = _("A course has a folder “%(value)s” of its own. Choose another address, such as “%(near)s”.")
    return message % {"value": address, "near": f"{address}-at-work"}
