"""What an editor is told after saving of links that lead nowhere."""

import pytest

from concepts.admin.lookover import lookover
from tests.factories import TermFactory

pytestmark = pytest.mark.django_db


def test_links_to_worksheets_and_terms_that_are_there_are_fine() -> None:
    TermFactory(slug="takt")
    assert lookover("[a](worksheet:one-machine), [b](term:takt)") == []


def test_a_worksheet_that_there_is_not_is_named_with_what_may_be_meant() -> None:
    (said,) = lookover("[a](worksheet:one-machin)")
    assert said == "There is no worksheet “one-machin”. Did you mean “one-machine”?"
