"""The forms of the admin as a browser has them: with every field and the stamp, ready to be posted."""

from typing import Any

from django.test import Client
from django.urls import reverse


class FormClient(Client):
    """Opens a form of the admin before it posts it, as a browser does: so it posts the form's stamp, too."""

    def post(self, path: str, data: Any = None, *args: Any, **extra: Any) -> Any:  # type: ignore[override]
        if path.endswith("/change/") and isinstance(data, dict) and "_stamp" not in data:
            context = self.get(path).context
            if context and context.get("stamp"):
                data = {**data, "_stamp": context["stamp"]}
        return super().post(path, data, *args, **extra)


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


def restored(client: Client, url: str) -> Any:
    """Restore the version at this address, as its page would."""
    return client.post(url, {"present": client.get(url).context["present"].number})
