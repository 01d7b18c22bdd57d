"""Small cases drawn at random, whole and without circles: ways lead only to later stages."""

from typing import Any

from hypothesis import strategies as st

LOW, HIGH = -50, 50
names = ("alpha", "beta")
amounts = st.integers(-9, 9)
qualities = st.sampled_from([0, 0.25, 0.5, 0.75, 1])


@st.composite
def effects(draw: st.DrawFn, extra: tuple[str, ...] = ()) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in draw(st.lists(st.sampled_from(names), unique=True)):
        other = draw(st.sampled_from((*names, "luck", *extra)))
        found[name] = draw(
            st.sampled_from(
                [f"{name} + {draw(amounts)}", f"{name} - {other}", f"max({other}, {name} / 2)", 3]
            )
        )
    return found


@st.composite
def conditions(draw: st.DrawFn, extra: tuple[str, ...] = ()) -> str:
    name = draw(st.sampled_from((*names, "luck", *extra)))
    return f"{name} {draw(st.sampled_from(['<', '>=']))} {draw(st.integers(-20, 20))}"


@st.composite
def outcomes(draw: st.DrawFn, extra: tuple[str, ...], later: list[str], scored: bool) -> list[dict[str, Any]]:
    found = []
    for last in [*(False for _ in range(draw(st.integers(0, 2)))), True]:
        row: dict[str, Any] = {"text": "So it goes.", "effects": draw(effects(extra))}
        if not last:
            row["when"] = draw(conditions(extra))
        if not scored:
            row["quality"] = draw(qualities)
        if draw(st.integers(0, 4)) == 0:
            row["to"] = draw(st.sampled_from(later))
        found.append(row)
    return found


@st.composite
def decisions(draw: st.DrawFn, key: str, later: list[str], code: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(["choose", "numbers", "allocate", "order"]))
    row: dict[str, Any] = {"key": key, "kind": kind, "objective": code, "title": key, "question": "What?"}
    two = ("one", "two")
    if kind == "choose":
        made = draw(outcomes((), later, False))
        row["options"] = [
            {"key": f"o{i}", "label": "So", "text": "It goes.", "quality": draw(qualities)} for i in range(3)
        ]
        row["options"][0]["effects"] = made[-1]["effects"]
        return row
    if kind == "order":
        row["items"] = [{"name": name, "label": name} for name in (*two, "three")]
        scored = draw(st.booleans())
        if scored:
            row["best_order"] = ["two", "one", "three"]
        row["outcomes"] = draw(outcomes((*two, "three"), later, scored))
        return row
    step = draw(st.sampled_from([1, 2, 5]))
    row["figures"] = [
        {"name": name, "label": name, "minimum": 0, "maximum": 10, "step": step} for name in two
    ]
    if kind == "allocate":
        row |= {"total": 10, "spend_all": draw(st.booleans())}
    scored = draw(st.booleans())
    if scored:
        row["cost"] = {"expression": "20 + one ** 2 + two", "best": {"one": 0, "two": 0}, "nothing_at": 40}
        if row.get("spend_all"):
            row["cost"]["best"] = {"one": 0, "two": 10}
    row["outcomes"] = draw(outcomes(two, later, scored))
    return row


@st.composite
def cases(draw: st.DrawFn, objective: str = "TST-1") -> dict[str, Any]:
    """A document. Its last three stages are endings."""
    count = draw(st.integers(1, 3))
    keys = [*(f"s{i}" for i in range(count)), "e0", "e1", "e2"]
    stages: list[dict[str, Any]] = []
    for i, key in enumerate(keys[:count]):
        later = keys[i + 1 :]
        made = [draw(decisions(f"d{i}{j}", later, objective)) for j in range(draw(st.integers(1, 2)))]
        if len(made) == 2 and draw(st.booleans()):
            made[0]["roles"], made[1]["roles"] = ["production"], ["operations"]
        ways = [{"when": draw(conditions()), "to": draw(st.sampled_from(later))}, {"to": later[0]}]
        forecast = {"variable": "alpha", "question": "Where to?"}
        stages.append(
            {"key": key, "title": key, "text": "T.", "forecast": forecast, "decisions": made, "next": ways}
        )
    stages += [{"key": key, "title": key, "text": "T.", "ending": True} for key in keys[count:]]
    return {
        "brief": "B.",
        "roles": [{"key": key, "name": key, "brief": "B."} for key in ("production", "operations")],
        "variables": [
            {"name": name, "label": name, "initial": draw(amounts), "minimum": LOW, "maximum": HIGH}
            for name in names
        ],
        "chances": [{"name": "luck", "label": "Luck", "minimum": -3, "maximum": 3}],
        "exhibits": [{"key": "note", "title": "Note", "text": "A note."}],
        "stages": stages,
        "recommendation": "advice",
        "debrief": "D.",
        "views": {"production": "P.", "operations": "O."},
        "compared": "C.",
        "teaching_note": "N.",
    }
