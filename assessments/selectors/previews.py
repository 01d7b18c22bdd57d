"""Previewing an assessment: who may, and what the pages of a preview say of it."""

from typing import Any

from concepts.models.base import can_preview


def may_preview(user: Any) -> bool:
    """Whether a person may take an assessment as a preview: who writes content or teaches a cohort."""
    return can_preview(user) or bool(getattr(user, "teaches", False)) or bool(user.is_superuser)
