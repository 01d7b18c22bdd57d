"""The document of a case as the fields of its form have it, and back; what means something is not lost."""

from collections.abc import Mapping, Sequence
from typing import Any

from concepts.cases.document import ROLES
from concepts.coursepack.payload import clean_json, without_empty

Row = dict[str, Any]
TABLES = ("variables", "chances", "exhibits", "stages")
TEXTS = ("brief", "recommendation", "debrief", "compared", "teaching_note")
# Which keys of an entry have a field of their own; all others stand in its YAML.
EXHIBIT_FIELDS = ("title", "key", "since", "text", "image", "note")
STAGE_FIELDS = ("title", "key", "text")


def unpack(content: Mapping[str, Any]) -> tuple[Row, dict[str, list[Row]]]:
    """The values of the single fields and the rows of the lists."""
    single: Row = {name: _text(content.get(name)) for name in TEXTS}
    for key, role in _roles(content).items():
        single |= {f"{key}_name": _text(role.get("name")), f"{key}_brief": _text(role.get("brief"))}
    start, views = content.get("start"), content.get("views")
    for key in ROLES:
        single[f"start_{key}"] = _text(start.get(key) if isinstance(start, Mapping) else start)
        single[f"view_{key}"] = _text(views.get(key)) if isinstance(views, Mapping) else ""
    rows = {name: [dict(row) for row in _entries(content.get(name))] for name in ("variables", "chances")}
    for row in rows["variables"]:
        row.setdefault("better", "higher")
    rows["exhibits"] = [_exhibit(row) for row in _entries(content.get("exhibits"))]
    rows["stages"] = [_stage(row) for row in _entries(content.get("stages"))]
    return single, rows


def pack(single: Mapping[str, Any], rows: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    """The document of what stands in the fields, without what is empty."""
    names = [key for key in ROLES if single.get(f"{key}_name") or single.get(f"{key}_brief")]
    starts = {key: single[f"start_{key}"] for key in ROLES if single.get(f"start_{key}")}
    one = set(starts.values())
    document = {
        **{name: single.get(name) for name in TEXTS},
        "roles": [
            {"key": key, "name": single.get(f"{key}_name"), "brief": single.get(f"{key}_brief")}
            for key in names
        ],
        "start": one.pop() if len(one) == 1 and len(starts) >= len(names) else starts,
        "views": {key: single.get(f"view_{key}") for key in ROLES},
        "variables": list(rows["variables"]),
        "chances": list(rows["chances"]),
        "exhibits": [_packed_exhibit(row) for row in rows["exhibits"]],
        "stages": [_packed_stage(row) for row in rows["stages"]],
    }
    packed: dict[str, Any] = without_empty(clean_json(document))
    return packed


def same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two documents say the same once both have gone through the form."""
    return pack(*unpack(one)) == pack(*unpack(other))


def _roles(content: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The roles by their keys; one that is called otherwise takes the place that is left."""
    found: dict[str, Mapping[str, Any]] = {}
    for role in _entries(content.get("roles")):
        free = next((key for key in ROLES if key not in found), "")
        found[role["key"] if role.get("key") in ROLES else free] = role
    return {key: role for key, role in found.items() if key}


def _exhibit(row: Mapping[str, Any]) -> Row:
    roles = row.get("roles") or []
    known = list(roles) if isinstance(roles, list) else [roles]
    apart = [*EXHIBIT_FIELDS, "roles"]
    return {
        **{name: _text(row.get(name)) for name in EXHIBIT_FIELDS},
        "roles": known[0] if len(known) == 1 else "",
        "shows": {name: value for name, value in row.items() if name not in apart},
    }


def _packed_exhibit(row: Row) -> Row:
    fields = {name: row.get(name) for name in EXHIBIT_FIELDS}
    return {**(row.get("shows") or {}), **fields, "roles": [row["roles"]] if row.get("roles") else []}


def _stage(row: Mapping[str, Any]) -> Row:
    texts = row.get("texts")
    texts = texts if isinstance(texts, Mapping) else {}
    apart = [*STAGE_FIELDS, "ending", "texts"]
    return {
        **{name: _text(row.get(name)) for name in STAGE_FIELDS},
        "ending": row.get("ending") is True,
        **{f"text_{key}": _text(texts.get(key)) for key in ROLES},
        "rest": {name: value for name, value in row.items() if name not in apart},
    }


def _packed_stage(row: Row) -> Row:
    fields = {name: row.get(name) for name in STAGE_FIELDS}
    texts = {key: row.get(f"text_{key}") for key in ROLES}
    ending = {"ending": True} if row.get("ending") else {}
    return {**(row.get("rest") or {}), **fields, "texts": texts, **ending}


def _entries(value: Any) -> list[Mapping[str, Any]]:
    entries = value if isinstance(value, list) else []
    return [entry for entry in entries if isinstance(entry, Mapping)]


def _text(value: Any) -> str:
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
