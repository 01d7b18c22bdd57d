"""The words at the ways of a graph: each on its own line, none upon another."""

import re
from itertools import combinations
from pathlib import Path

import pytest
import yaml

import concepts
from concepts.cases.drawing import draw
from concepts.cases.graph import graph
from concepts.cases.labels import label_spots
from concepts.cases.layout import BOX, HEIGHT, Line
from concepts.cases.reading import read_case
from tests.case_desk import whole_case

CASES = Path(concepts.__file__).parent / "course" / "cases"
CROWDED = ("outpatient-clinic", "late-machine-shop", "after-the-prototype", "software-house")
GROUND = re.compile(
    r'<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="16" fill="var\(--tk-paper\)"'
)


def straight(x: float, to: float) -> Line:
    return Line("a", "b", (), ((x, 45.0), (to, 199.0)))


def apart(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether two grounds touch nowhere; each left, top, width, height."""
    (x, y, wide, high), (x2, y2, wide2, high2) = one, other
    return x + wide <= x2 or x2 + wide2 <= x or y + high <= y2 or y2 + high2 <= y


@pytest.mark.parametrize("role", ["production", "operations"])
@pytest.mark.parametrize("slug", CROWDED)
def test_no_words_lie_upon_others_where_the_ways_of_a_shipped_case_cross(slug: str, role: str) -> None:
    case = read_case(yaml.safe_load((CASES / f"{slug}.yaml").read_text(encoding="utf-8")))
    drawing = str(draw(graph(case, role), slug))
    grounds = [(*map(float, found), 16.0) for found in GROUND.findall(drawing)]
    assert len(grounds) > 5
    assert all(apart(one, other) for one, other in combinations(grounds, 2))
    width = float(re.search(r'viewBox="0 0 (\d+)', drawing)[1])
    assert all(x >= 0 and x + wide <= width for x, _y, wide, _high in grounds)


def test_lines_that_cross_get_their_words_in_different_rows() -> None:
    spots = label_spots([straight(100, 300), straight(300, 100)], {0: 150.0, 1: 150.0})
    assert abs(spots[0][1] - spots[1][1]) >= 16


def test_words_stand_on_the_bend_of_their_line() -> None:
    ((x, y),) = label_spots([straight(100, 300)], {0: 60.0}).values()
    below = (y - 45 - HEIGHT / 2) / (154 - HEIGHT)
    assert 0 < below < 1
    assert 100 < x < 300
    assert (x < 200) == (below < 0.5)  # bends are the same from both ends


def test_more_words_than_there_is_room_for_are_all_drawn() -> None:
    spots = label_spots([straight(100, 300)] * 9, dict.fromkeys(range(9), 150.0))
    assert len(spots) == 9


def test_the_words_of_a_way_back_stand_on_its_upright_part() -> None:
    document = whole_case()
    document["stages"][3]["next"].insert(0, {"when": "cost > 90", "to": "first"})
    drawing = str(draw(graph(read_case(document), "production"), "Looped"))
    x, y = map(float, re.search(r'<text x="([\d.]+)" y="([\d.]+)"><title>cost &gt; 90', drawing).groups())
    (line,) = re.findall(r'd="(M[^"]+)" stroke-dasharray', drawing)
    points = [tuple(map(float, point.split())) for point in re.split("[ML]", line)[1:]]
    assert x == pytest.approx(points[1][0], abs=0.1)
    assert points[2][1] < y < points[1][1]
    assert x > BOX
