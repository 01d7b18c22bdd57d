"""A signed-in learner, an editor, and what a page says to them."""

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from assessments.models import Learner
from tests.factories import LearnerFactory, make_editor

Said = Callable[[HttpResponse], str]


@pytest.fixture
def me(db: None) -> Learner:
    """The learner whom the test is about."""
    return LearnerFactory()


@pytest.fixture
def mine(me: Learner) -> Client:
    """Their own browser, signed in."""
    client = Client()
    client.force_login(me.user)
    return client


@pytest.fixture
def editor(db: None) -> Client:
    """The browser of somebody who may see drafts."""
    client = Client()
    client.force_login(make_editor())
    return client


@pytest.fixture
def said() -> Said:
    """The words of a page, without its markup."""

    def said(response: HttpResponse) -> str:
        text = re.sub(r"<(head|script)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
        return " ".join(re.sub(r"<[^>]+>", " ", text).split())

    return said
