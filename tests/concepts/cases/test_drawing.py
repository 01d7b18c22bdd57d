"""The graph of a case as a drawing: every stage has a place of its own, and everything has words."""

import re
from itertools import combinations
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring

from concepts.cases.drawing import draw
from concepts.cases.graph import graph
from concepts.cases.layout import BOX, HEIGHT, Layout, layout
from concepts.cases.reading import read_case
from tests.case_desk import whole_case

SVG = "{http://www.w3.org/2000/svg}"


def placed(document: dict[str, Any], role: str = "production") -> Layout:
    return layout(graph(read_case(document), role))


def drawn(document: dict[str, Any], role: str = "production") -> str:
    return str(draw(graph(read_case(document), role), "The <press>"))


def looped() -> dict[str, Any]:
    document = whole_case()
    document["stages"][3]["next"].insert(0, {"when": "cost > 90", "to": "first"})
    return document


@pytest.mark.parametrize("document", [whole_case(), looped()])
@pytest.mark.parametrize("role", ["production", "operations"])
def test_no_two_stages_stand_on_each_other_and_all_stand_within(document: dict[str, Any], role: str) -> None:
    found = placed(document, role)
    for one, other in combinations(found.boxes, 2):
        assert abs(one.x - other.x) >= BOX or abs(one.y - other.y) >= HEIGHT, (one, other)
    for box in found.boxes:
        assert BOX / 2 <= box.x <= found.width - BOX / 2
        assert HEIGHT / 2 <= box.y <= found.height - HEIGHT / 2


def test_every_way_leads_down_but_those_that_close_a_circle() -> None:
    found = placed(looped())
    height = {box.key: box.y for box in found.boxes}
    back = [(line.source, line.target) for line in found.lines if line.is_back]
    assert back == [("third", "first")]
    assert all(height[line.source] < height[line.target] for line in found.lines if not line.is_back)


def test_a_way_that_passes_a_layer_bends_round_the_stages_in_it() -> None:
    found = placed(whole_case())
    long = next(line for line in found.lines if (line.source, line.target) == ("first", "bad-end"))
    assert len(long.points) == 2  # the ending stands right below
    document = whole_case()
    document["stages"][0]["decisions"][0]["options"][2]["to"] = "good-end"
    found = placed(document)
    long = next(line for line in found.lines if (line.source, line.target) == ("first", "good-end"))
    assert len(long.points) > 2
    for x, y in long.points[1:-1]:
        assert all(abs(box.x - x) > BOX / 2 or abs(box.y - y) > HEIGHT / 2 for box in found.boxes)


def test_a_drawing_is_sound_and_says_what_it_is() -> None:
    tree = fromstring(drawn(whole_case()).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))
    title, desc = tree.find(f"{SVG}title"), tree.find(f"{SVG}desc")
    assert title.text == "The <press>"
    assert desc.text == "From top to bottom: 4 stages and 3 endings. The table below names every way."
    assert tree.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    texts = [text.text or "".join(text.itertext()) for text in tree.iter(f"{SVG}text")]
    assert texts.count("Ending") == 3
    assert texts.count("Start") == 1


def test_endings_have_a_shape_of_their_own() -> None:
    page = drawn(whole_case())
    assert len(re.findall(rf'rx="{HEIGHT / 2:g}"', page)) == 3
    assert len(re.findall(r'rx="3"', page)) == 4


def test_ways_carry_their_decision_or_condition_shortened_with_the_whole_beside_it() -> None:
    page = drawn(whole_case())
    assert "on_time &gt;= 84" in page
    assert "<title>Overtime: Nobody</title>Overtime: Nobody" in page
    document = whole_case()
    document["stages"][0]["decisions"][0]["options"][2]["label"] = (
        "Nobody at all, and that for <good> reasons"
    )
    assert "<title>Overtime: Nobody at all, and that for &lt;good&gt; reasons</title>" in drawn(document)
    assert "<good>" not in drawn(document)


def test_a_case_without_stages_is_not_drawn() -> None:
    assert drawn({"roles": [{"key": "production"}]}) == ""


def test_two_drawings_on_a_page_do_not_share_their_names() -> None:
    names = [re.findall(r' id="([^"]+)"', drawn(whole_case(), role)) for role in ("production", "operations")]
    assert not set(names[0]) & set(names[1])
