"""Our own format: questions as they stand in the files of the bank, a list of them in one file."""

from typing import Any

import yaml
from django.utils.translation import gettext as _

from assessments.formats.decoding import decode
from assessments.formats.meta import finish, question_name
from assessments.formats.parsed import (
    MOST_QUESTIONS,
    THINKING,
    ImportReport,
    Loss,
    ParsedQuestion,
    Remark,
    Unsupported,
    clean_content,
    one_line,
)
from concepts.coursepack.findings import Findings, Spot
from concepts.coursepack.reading import Loader, parse_yaml

COMMON = ("slug", "objective", "type", "title", "thinking", "tags")
_DEEPEST = 30
_MOST_VALUES = 300_000
_BREAKS = "\x85\u2028\u2029"  # ends of lines for YAML, which it would fold into spaces


def read_bank_yaml(data: bytes, types: frozenset[str]) -> ImportReport:
    """Everything in a YAML file; `types` are the keys of our question types. Never raises."""
    text, remarks = decode(data)
    report = ImportReport(remarks=remarks)
    too_deep = _beyond_bounds(text)
    if too_deep:
        report.remarks.append(too_deep)
        return report
    findings = Findings()
    read = parse_yaml(text, "", findings)
    if read is not None:
        listed, spot = read
        if isinstance(listed, list):
            _read_list(listed, spot, types, report)
        else:
            message = _("This file is a list. Put a dash before each question.")
            report.remarks.append(Remark(1, message))
    report.remarks += [Remark(finding.line, finding.message) for finding in findings]
    return report


def _beyond_bounds(text: str) -> Remark | None:
    """Whether a file is nested too deeply or too long to be read; looked at event by event."""
    depth = count = 0
    try:
        for event in yaml.parse(text, Loader=Loader):
            count += 1
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST or count > _MOST_VALUES:
                return Remark(
                    (event.start_mark.line if event.start_mark else 0) + 1,
                    _("This is too deep or too large for a question file."),
                )
    except (yaml.YAMLError, ValueError, RecursionError):
        return None  # the reader says where and why
    return None


def _read_list(listed: list[Any], spot: Spot, types: frozenset[str], report: ImportReport) -> None:
    for i, item in enumerate(listed):
        line = spot.at(i).line
        if report.is_full:
            message = _("Only the first %(most)s questions were read. Split the file.")
            report.remarks.append(Remark(line, message % {"most": MOST_QUESTIONS}))
            return
        reason = _reason_against(item, types)
        if reason:
            given = item if isinstance(item, dict) else {}
            name = question_name(str(given.get("title") or ""), str(given.get("stem") or item))
            report.unsupported.append(
                Unsupported(line, name, one_line(str(given.get("type", "")), 40), reason)
            )
        else:
            report.questions.append(_question(item, line))


def _reason_against(item: Any, types: frozenset[str]) -> str:
    if not isinstance(item, dict):
        return _("It is no question: a question has lines such as type: and stem:.")
    if item.get("type") not in types:
        known = ", ".join(sorted(types))
        return _("Its type is none of ours. Write one of: %(known)s.") % {"known": known}
    if not isinstance(item.get("stem", ""), str):
        return _("Its stem is not read as text. Put it in quotation marks.")
    return ""


def _question(item: dict[str, Any], line: int) -> ParsedQuestion:
    content = clean_content(_only_json({key: value for key, value in item.items() if key not in COMMON}))
    tags = item.get("tags")
    thinking = str(item.get("thinking") or "")
    losses = []
    if tags and not isinstance(tags, list):
        losses.append(Loss(_("Tags “%(tags)s”") % {"tags": one_line(str(tags))}, _("Tags are a list.")))
    if thinking and thinking not in THINKING:
        said = _("Thinking “%(thinking)s”") % {"thinking": one_line(thinking)}
        losses.append(Loss(said, _("It is one of: %(known)s.") % {"known": ", ".join(THINKING)}))
    question = finish(
        kind=item["type"],
        title=str(item.get("title") or ""),
        content=content,
        line=line,
        slug=str(item.get("slug") or ""),
        tags=[str(tag) for tag in tags] if isinstance(tags, list) else [],
        losses=losses,
    )
    return ParsedQuestion(
        **{
            **vars(question),
            "objective": one_line(str(item.get("objective") or ""), 40) or question.objective,
            "thinking": thinking if thinking in THINKING else question.thinking,
        }
    )


def _only_json(value: Any) -> Any:
    """A value without what YAML knows and JSON does not, such as a date or infinity."""
    if isinstance(value, dict):
        return {str(key): _only_json(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_only_json(entry) for entry in value]
    if isinstance(value, float) and (value != value or abs(value) == float("inf")):
        return str(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 10**300:
        return one_line(hex(value), 60)
    return value if value is None or isinstance(value, str | int | float) else str(value)


class _Writer(yaml.SafeDumper):
    """Writes texts of several lines as such, and everything out in full."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _write_text(writer: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    if any(sign in text for sign in _BREAKS):
        style = '"'
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Writer.add_representer(str, _write_text)


def write_bank_yaml(questions: list[ParsedQuestion]) -> str:
    """Questions as a file of the bank; every type of ours can be written."""
    if not questions:
        return "[]\n"
    rows = []
    for question in questions:
        row: dict[str, Any] = {
            "slug": question.slug,
            "objective": question.objective,
            "type": question.type,
            "title": question.title,
            "thinking": question.thinking,
            "tags": list(question.tags),
        }
        rows.append({key: value for key, value in row.items() if value} | dict(question.content))
    dumped: str = yaml.dump(rows, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=100_000)
    return dumped
