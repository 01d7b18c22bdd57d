"""Questions of every type with every sign in their texts, for the round trips."""

from typing import Any

from hypothesis import strategies as st

from assessments.formats.meta import finish
from assessments.formats.parsed import ParsedQuestion
from assessments.formats.weights import multiple_choices, weighed

# Every sign that one of the formats gives a meaning to, beside letters of all kinds and ends of lines.
SIGNS = "\\~=#{}:%-><&\"'*_`[]()|!.;/$ \n0123456789AaTFé字🙂\u00a0\u2028\x85"
texts = st.text(st.sampled_from(SIGNS), min_size=1, max_size=25).filter(lambda text: text.strip())
marked = st.one_of(
    texts, st.sampled_from(["ANSWER: A", "A) b", "a -> b", "%50%x", "[html]x", "// x", "::x::", "]]>"])
)
optional = st.one_of(st.just(""), marked)
titles = texts.map(lambda text: " ".join(text.split())).filter(bool)
figures = st.decimals(-1000, 1000, allow_nan=False, places=3).map(lambda value: f"{value.normalize():f}")


def _choice(right: bool) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"text": marked, "feedback": optional}).map(
        lambda choice: choice | ({"right": True} if right else {})
    )


def _weighted(choices: list[dict[str, Any]], weights: list[int]) -> list[dict[str, Any]]:
    """Weights for all wrong choices; the right ones share the whole."""
    right = sum("right" in choice for choice in choices)
    return [
        choice | {"weight": round(100 / right, 5) if "right" in choice else -weight}
        for choice, weight in zip(choices, weights, strict=False)
    ]


def _normal(choices: list[dict[str, Any]], weights: list[int] | None) -> dict[str, Any]:
    """As readers store them: weights that say what the rule says anyway are left out."""
    content = {"choices": _weighted(choices, weights) if weights else choices}
    return {"choices": multiple_choices(weighed(content, several=True))}


multiple = st.builds(
    lambda right, wrong, weights: _normal(right + wrong, weights),
    st.lists(_choice(True), min_size=1, max_size=3),
    st.lists(_choice(False), min_size=1, max_size=3),
    st.one_of(st.none(), st.lists(st.integers(0, 100), min_size=6, max_size=6)),
)
single = st.builds(
    lambda right, wrong, weight: {"choices": [*wrong[:1], right, *wrong[1:-1], wrong[-1] | weight]},
    _choice(True),
    st.lists(_choice(False), min_size=2, max_size=4),
    st.one_of(st.just({}), st.integers(-99, 99).filter(bool).map(lambda weight: {"weight": weight})),
)
CONTENTS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "single_choice": single,
    "multiple_choice": multiple,
    "true_false": st.fixed_dictionaries({"right": st.booleans(), "feedback": optional}),
    "numeric": st.fixed_dictionaries(
        {
            "answer": figures,
            "tolerance": st.sampled_from(["0", "0.05", "2", "1 %", "3 sf"]),
            "unit": st.sampled_from(["", "%", "parts / h"]),
            "label": st.just("Throughput"),
            "slips": st.lists(st.fixed_dictionaries({"answer": figures, "feedback": marked}), max_size=2),
        }
    ),
    "short_text": st.fixed_dictionaries(
        {
            "accept": st.lists(
                st.one_of(
                    st.fixed_dictionaries({"text": titles, "feedback": optional}),
                    st.fixed_dictionaries(
                        {
                            "pattern": titles.map(
                                lambda text: " ".join(text.replace("\\", "").split()) + "*x"
                            ),
                            "score": st.integers(0, 99),
                        }
                    ),
                ),
                min_size=1,
                max_size=4,
            ),
            "otherwise": optional,
            "case": st.sampled_from(["", True]),
        }
    ),
    "matching": st.fixed_dictionaries(
        {
            "pairs": st.lists(
                st.fixed_dictionaries({"left": marked, "right": marked, "feedback": optional}),
                min_size=3,
                max_size=5,
            ),
            "distractors": st.lists(marked, max_size=2),
        }
    ),
    "classification": st.builds(
        lambda buckets, items: {
            "buckets": buckets,
            "items": [{"text": text, "bucket": buckets[at % len(buckets)]} for text, at in items],
        },
        st.lists(titles, min_size=2, max_size=4, unique=True),
        st.lists(st.tuples(marked, st.integers(0, 9)), min_size=4, max_size=6),
    ),
    "ordering": st.fixed_dictionaries(
        {"items": st.lists(st.fixed_dictionaries({"text": marked}), min_size=3, max_size=5)}
    ),
    "written": st.fixed_dictionaries({"words": st.sampled_from([{}, {"from": 50}, {"from": 50, "to": 200}])}),
}


@st.composite
def questions(draw: Any, kind: str) -> ParsedQuestion:
    """A question of a type as a reader hands it back."""
    content = {"stem": draw(marked), **draw(CONTENTS[kind]), "explanation": draw(optional)}
    hints = draw(st.lists(marked, max_size=2))
    return finish(
        kind=kind,
        title=draw(titles),
        content=content | ({"hints": hints, "penalty": 25} if hints else {}),
        line=0,
        slug=draw(st.sampled_from(["", "a-question-2"])),
        tags=draw(
            st.lists(titles.filter(lambda tag: "," not in tag and ":" not in tag), max_size=3, unique=True)
        ),
        category=draw(st.sampled_from(["", "$course$/top/Flow/THR-1"])),
    )
