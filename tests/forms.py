"""The forms of the admin as a browser has them: with every field and the stamp, ready to be posted."""

from typing import Any

from django.test import Client
from django.urls import reverse


def change(obj: Any) -> str:
    """The address of an object's form."""
    return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])


def opened(client: Client, obj: Any) -> dict[str, Any]:
    """What a browser would post of the form as it is shown now."""
    response = client.get(change(obj))
    assert response.status_code == 200
    return fields_of(response)


def fields_of(response: Any) -> dict[str, Any]:
    """The fields of a form that came back, with what was typed in it."""
    form, desk = response.context["adminform"].form, response.context["desk"]
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    typed = desk.typed
    if typed is None:
        admin = response.context["adminform"].model_admin
        typed = admin.paper(form, formsets).stored()
    return {**typed, "_stamp": response.context["stamp"]}
