"""What stands in the braces of a GIFT question."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from assessments.formats import building
from assessments.formats.building import Accepted, Built, NotOurs
from assessments.formats.gift_text import marked, show
from assessments.formats.parsed import Loss, one_line
from assessments.formats.texts import to_markdown
from assessments.formats.weights import Weighed

_WEIGHT = re.compile(r"%(-*[0-9]{1,3}(?:\.[0-9]*)?)%")
_RIGHT = re.compile(r"(?:~\s*)?=")  # some write ~= for a right choice
# How Moodle writes an ordering: `>3 ALL VERTICAL ABSOLUTE_POSITION SHOW none`, then a thing a line. All
# behind the sign may be missing, and the first thing may stand on its line.
_ORDERING = re.compile(
    r">[ \t]*(\d{1,3}(?=\s))?((?:[ \t]*(?:[A-Z]{3,}[A-Z_]*|none|abc|123|iii|[01])(?=\s))*)\s*(\S.*\n.*)",
    re.DOTALL,
)
_PLAIN_ORDER = {"ALL", "VERTICAL", "none"}
_TRUTHS = {"t": True, "true": True, "f": False, "false": False}


def read_answers(text: str, form: str, tags: Sequence[str]) -> Built:
    """The question that these answers make. `form` is the text format of the question, which they inherit."""
    text = text.strip()
    if not text:
        return building.essay()
    if text.startswith("#"):
        return _numeric(text[1:], form)
    ordering = _ORDERING.fullmatch(text)
    if ordering:
        return _ordering(int(ordering[1] or 0), ordering[2].split(), ordering[3])
    if "~" in text:
        return _choices(text, form)
    if "=" in text and "->" in text:
        return _matching(text, form, tags)
    verdict = _TRUTHS.get(text.partition("#")[0].strip().lower())
    if verdict is not None:
        return _true_false(text, verdict, form)
    return _short_text(text, form)


def _markdown(text: str, form: str, losses: list[Loss]) -> str:
    """A piece of the answers as Markdown; what is lost of it is added to the list."""
    text, form = marked(text, form)
    made, lost = to_markdown(show(text), form)
    losses += lost
    return made


def _weight(text: str, default: float) -> tuple[float, str]:
    """A weight such as `%50%` before an answer, and the answer."""
    match = _WEIGHT.match(text)
    if match is None:
        return default, text
    return float(match[1].replace("--", "")), text[match.end() :]


def _pieces(text: str, sign: str) -> list[str]:
    """What stands behind each sign; what stands before the first counts as one if it is not empty."""
    first, *rest = text.split(sign)
    return [*([first] if first.strip() else []), *rest]


def _choices(text: str, form: str) -> Built:
    several = "=" not in text
    losses: list[Loss] = []
    answers = []
    for piece in _pieces(_RIGHT.sub("~=", text), "~"):
        answer = piece.strip()
        weight, answer = (
            _weight(answer[1:].strip(), 100.0) if answer.startswith("=") else _weight(answer, 0.0)
        )
        said, _hash, feedback = answer.partition("#")
        answers.append(Weighed(_markdown(said, form, losses), weight, _markdown(feedback, form, losses)))
    kind, content, lost = building.choices(answers, several=several)
    return kind, content, losses + lost


def _matching(text: str, form: str, tags: Sequence[str]) -> Built:
    losses: list[Loss] = []
    pairs = []
    for piece in _pieces(text, "="):
        left, arrow, right = piece.partition("->")
        if not arrow:
            said = _("One answer has no arrow: “%(text)s”.") % {"text": one_line(show(piece), 60)}
            raise NotOurs(said)
        pairs.append((_markdown(left, form, losses), _markdown(right, "plain", losses)))
    kind, content, lost = building.matching(pairs, tags)
    return kind, content, losses + lost


def _ordering(shown: int, options: Sequence[str], text: str) -> Built:
    losses: list[Loss] = []
    items = [_markdown(line, "moodle", losses) for line in text.split("\n") if line.strip()]
    kind, content, lost = building.ordering(items)
    if set(options) - _PLAIN_ORDER or ("ALL" not in options and 2 < shown < len(items)):
        reason = _("Everything is put in order here; that earns the share of pairs in the right order.")
        named = " ".join([str(shown)] * bool(shown) + list(options))
        losses.append(Loss(_("Options “%(text)s”") % {"text": named}, reason))
    return kind, content, losses + lost


def _true_false(text: str, right: bool, form: str) -> Built:
    losses: list[Loss] = []
    _verdict, *said = text.split("#", 2)
    feedback = [_markdown(each, form, losses) for each in said] + ["", ""]
    kind, content, lost = building.true_false(right, feedback[0], feedback[1])
    return kind, content, losses + lost


def _short_text(text: str, form: str) -> Built:
    losses: list[Loss] = []
    answers = []
    for piece in _pieces(text, "="):
        weight, answer = _weight(piece.strip(), 100.0)
        said, _hash, feedback = answer.partition("#")
        said, _form = marked(said, form)
        typed = " ".join(show(said).split())
        if not typed:
            raise NotOurs(_("One of its answers is empty."))
        answers.append(Weighed(typed, weight, _markdown(feedback, form, losses)))
    kind, content, lost = building.short_text(answers)
    return kind, content, losses + lost


def _numeric(text: str, form: str) -> Built:
    text, otherwise = _without_rest(text)
    losses: list[Loss] = []
    answers, rest = [], [otherwise]
    for piece in _pieces(text, "="):
        weight, answer = _weight(piece.strip(), 100.0)
        said, _hash, feedback = answer.partition("#")
        said = show(marked(said, form)[0]).strip()
        if said == "*":
            losses += building.cost_of_the_rest(weight)
            rest.append(feedback)
            continue
        answer, tolerance = _figures(said)
        answers.append(Accepted(answer, tolerance, weight, _markdown(feedback, form, losses)))
    said = "\n\n".join(filter(None, (_markdown(each, form, losses) for each in rest)))
    kind, content, lost = building.numeric(answers, said)
    return kind, content, losses + lost


def _without_rest(text: str) -> tuple[str, str]:
    """The answers without `~#…`, which is feedback for any other figure."""
    before, tilde, after = text.partition("~")
    said = after.strip()
    if not tilde:
        return text, ""
    if not said.startswith("#"):
        message = _("A wrong answer in a list of figures: “%(text)s”.")
        raise NotOurs(message % {"text": one_line(show(said), 40)})
    return before, said[1:]


def _figures(text: str) -> tuple[str, str]:
    """An answer and its tolerance: `5`, `5:0.1`, or `4..6`."""
    if ".." in text:
        low, _dots, high = text.partition("..")
        return building.from_range(low, high)
    answer, colon, tolerance = text.partition(":")
    return building.figure(answer), building.figure(tolerance).lstrip("-") if colon and tolerance else "0"
