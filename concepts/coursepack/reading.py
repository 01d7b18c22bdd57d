"""Reading YAML and Markdown with front matter into plain values that remember their lines."""

from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from concepts.coursepack.findings import Findings, Spot, Steps, Text

# The one written in C reads a whole course in a blink, but is not built everywhere.
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FENCE = "---"
# No course nests deeper than this, and the parser written in C ends the process where a file nests too deep.
DEEPEST = 40


def display_name(path: Path) -> str:
    """A path as a person would type it: from the working directory, if it lies there."""
    path, here = path.resolve(), Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def read_text(path: Path, findings: Findings) -> str | None:
    """The text of a file; None, with a finding, if there is none."""
    spot = Spot(Text(display_name(path)))
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        findings.note(spot, _("This is not UTF-8 text. Save the file as UTF-8."), line=line)
    except OSError as error:
        message = _("The file cannot be read (%(reason)s). Check its permissions.")
        findings.note(spot, message % {"reason": error.strerror})
    return None


def read_yaml(path: Path, findings: Findings) -> tuple[Any, Spot] | None:
    """What a YAML file holds; None, with a finding, if it cannot be read."""
    text = read_text(path, findings)
    return None if text is None else parse_yaml(text, display_name(path), findings)


def parse_yaml(text: str, name: str, findings: Findings) -> tuple[Any, Spot] | None:
    """What a YAML text holds; None, with a finding under this name, if it cannot be read."""
    marks: dict[Steps, int] = {}
    spot = Spot(Text(name, tuple(text.splitlines()), marks))
    read = _parse(text, 0, marks, spot, findings)
    return (read[0], spot) if read else None


def read_markdown(path: Path, findings: Findings) -> tuple[Any, Spot] | None:
    """The front matter of a Markdown file, with the text below it under the key `body`."""
    text = read_text(path, findings)
    if text is None:
        return None
    # At nothing but line feeds: a lesson may hold other signs that Python takes for ends of lines.
    lines = tuple(text.removesuffix("\n").split("\n"))
    marks: dict[Steps, int] = {}
    spot = Spot(Text(display_name(path), lines, marks))
    fences = [i for i, line in enumerate(lines) if line.rstrip() == FENCE]
    end = fences[1] if fences[:1] == [0] and len(fences) > 1 else 0
    if not end:
        message = _(
            "The front matter is missing. Begin with a line ---, then slug: and the rest, then --- again."
        )
        findings.note(spot, message)
        return None
    read = _parse("\n".join(lines[1:end]) + "\n", 1, marks, spot, findings)
    if read is None:
        return None
    data, body = read[0], "\n".join(lines[end + 1 :])
    if isinstance(data, dict) and "body" in data:
        message = _(
            "“body” does not belong into the front matter. Write the lesson below the second line ---."
        )
        findings.note(spot.at("body"), message)
    blank = len(body) - len(body.lstrip("\n"))
    marks[("body",)] = end + 2 + blank
    return ({**data, "body": body} if isinstance(data, dict) else data), spot


def _parse(
    text: str, before: int, marks: dict[Steps, int], spot: Spot, findings: Findings
) -> tuple[Any] | None:
    """The value of a YAML text that begins after so many lines of its file."""
    loader = Loader(text)
    try:
        line = _too_deep(text)
        if line:
            message = _("This is nested more than %(deepest)s levels deep. Write it flatter.")
            findings.note(spot, message % {"deepest": DEEPEST}, line=line + before)
            return None
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        reason = getattr(error, "problem", None) or str(error)
        message = _("This cannot be read as YAML (%(reason)s). %(remedy)s")
        remedy = _(
            "Look at the indentation, and put a text that holds a colon or begins with a sign in quotes."
        )
        line = (mark.line + 1 if mark else 1) + before
        findings.note(spot, message % {"reason": reason, "remedy": remedy}, line=line)
        return None
    if node is None:
        findings.note(spot, _("The file is empty. Fill it or take it away."))
        return None
    return (_Values(loader, before, marks, spot, findings).value(node, ()),)


def _too_deep(text: str) -> int:
    """The line on which a text nests too deep; 0 if none does. Looks at events, which nest nothing."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            return int(event.start_mark.line) + 1 if event.start_mark else 1
    return 0


class _Values:
    """Turns the nodes of one document into values, and notes their lines."""

    def __init__(
        self, loader: Any, before: int, marks: dict[Steps, int], spot: Spot, findings: Findings
    ) -> None:
        self.loader, self.before, self.marks = loader, before, marks
        self.spot, self.findings = spot, findings
        self.met: set[int] = set()

    def value(self, node: yaml.Node, steps: Steps) -> Any:
        # The mark of a key, where there is one, is a better place than that of its value.
        self.marks.setdefault(steps, node.start_mark.line + 1 + self.before)
        if id(node) in self.met:
            message = _("References (*name) are not read here. Write the value out.")
            self.findings.note(self.spot.at(*steps), message)
            return None
        self.met.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, steps)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(entry, (*steps, i)) for i, entry in enumerate(node.value)]
        return self.scalar(node, steps)

    def mapping(self, node: yaml.MappingNode, steps: Steps) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                message = _("A key is a single word. Put text that begins with a bracket or brace in quotes.")
                self.findings.note(self.spot, message, line=key.start_mark.line + 1 + self.before)
                continue
            name, line = str(key.value), key.start_mark.line + 1 + self.before
            if name in data:
                first = self.marks[(*steps, name)]
                message = _("“%(name)s” is here twice, first on line %(line)s. Keep one.")
                self.findings.note(self.spot, message % {"name": name, "line": first}, line=line)
                continue
            self.marks[(*steps, name)] = line
            data[name] = self.value(value, (*steps, name))
        return data

    def scalar(self, node: yaml.Node, steps: Steps) -> Any:
        try:
            return self.loader.construct_object(node)
        except (yaml.YAMLError, ValueError):
            message = _("“%(value)s” cannot be read. Put it in quotes.")
            self.findings.note(self.spot.at(*steps), message % {"value": node.value})
            return None
