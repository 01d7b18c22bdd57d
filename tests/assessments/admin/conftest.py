"""Who works in the admin."""

import pytest
from django.test import Client

from tests.factories import LearnerFactory, make_editor
from tests.forms import FormClient


@pytest.fixture
def editor(db: None) -> Client:
    """A member of the group Editors, signed in."""
    client = FormClient()
    client.force_login(make_editor())
    return client


@pytest.fixture
def administrator(db: None) -> Client:
    """A superuser, signed in."""
    client = Client()
    client.force_login(LearnerFactory(user__is_superuser=True, user__is_staff=True).user)
    return client
