"""Who works in the admin."""

import pytest
from django.test import Client

from tests.factories import make_editor
from tests.forms import FormClient


@pytest.fixture
def editor(db: None) -> Client:
    """A member of the group Editors, signed in."""
    client = FormClient()
    client.force_login(make_editor())
    return client
