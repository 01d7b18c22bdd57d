"""Tags and weights in the editor's form."""

import pytest

from assessments.forms.content import FORMS
from tests.assessments.forms.typed import typed
from tests.factories import single_choice


@pytest.mark.django_db
def test_tags_are_read_back_as_they_are_shown() -> None:
    content = {**single_choice(), "tags": ["flow", "line 2"]}
    form = FORMS["single_choice"](content)
    assert form.single["tags"].value() == "flow, line 2"
    posted = FORMS["single_choice"]({}, typed("single_choice", content, q__tags=" flow ,, line  2, flow"))
    assert posted.is_valid()
    assert posted.content() == content


@pytest.mark.django_db
def test_weights_are_read_back_as_they_are_shown() -> None:
    content = single_choice()
    content["choices"][1]["weight"] = -33.333
    content["choices"][2]["weight"] = 0
    form = FORMS["single_choice"]({}, typed("single_choice", content))
    assert form.is_valid()
    assert form.content() == content
