"""The question types of Moodle XML that have a counterpart here, and why others have none."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from assessments.formats import building
from assessments.formats.building import Accepted, Built, NotOurs
from assessments.formats.nodes import Node
from assessments.formats.parsed import Loss, one_line
from assessments.formats.stray import lost_file
from assessments.formats.texts import FORMATS, to_markdown
from assessments.formats.weights import Weighed

Reader = Callable[[Node, Sequence[str]], Built]
_TRUE = ("true", "1")


def markdown_of(node: Node | None, losses: list[Loss]) -> str:
    """The text of an element as Markdown; what is lost of it is added to the list."""
    if node is None:
        return ""
    named = node.attributes.get("format", "")
    made, lost = to_markdown(node.own_text, FORMATS.get(named, "html"))
    losses += lost
    if made and named and named not in FORMATS:
        said = _("Text format “%(name)s”") % {"name": one_line(named, 40)}
        losses.append(Loss(said, _("It is none that is known here, so the text was read as HTML.")))
    losses += [lost_file(file) for file in node.all("file")]
    return made


def _fraction(node: Node) -> float:
    """What an answer is worth, in per cent."""
    text = node.attributes.get("fraction") or node.said("fraction") or "0"
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not abs(value) <= 1000:
        raise NotOurs(_("“%(text)s” is not a weight in per cent.") % {"text": one_line(text, 40)})
    return value


def _weighed(node: Node, losses: list[Loss], *, is_plain: bool = False) -> Weighed:
    text = " ".join(node.own_text.split()) if is_plain else markdown_of(node, losses)
    return Weighed(text, _fraction(node), markdown_of(node.first("feedback"), losses))


def _multichoice(node: Node, tags: Sequence[str]) -> Built:
    losses: list[Loss] = []
    answers = [_weighed(answer, losses) for answer in node.all("answer")]
    several = node.said("single").lower() not in _TRUE if node.first("single") else False
    kind, content, lost = building.choices(answers, several=several)
    return kind, content, losses + lost


def _truefalse(node: Node, tags: Sequence[str]) -> Built:
    losses: list[Loss] = []
    answers = {answer.own_text.strip().lower(): answer for answer in node.all("answer")}
    if set(answers) != {"true", "false"} or len(node.all("answer")) != 2:
        raise NotOurs(_("Its answers are not “true” and “false”."))
    worth = {key: _fraction(answer) for key, answer in answers.items()}
    if worth["true"] == worth["false"]:
        raise NotOurs(_("“True” and “false” are worth the same in it."))
    right = worth["true"] > worth["false"]
    losses += building.all_or_nothing(worth.values())
    said = {key: markdown_of(answer.first("feedback"), losses) for key, answer in answers.items()}
    names = ("true", "false") if right else ("false", "true")
    kind, content, lost = building.true_false(right, said[names[1]], said[names[0]])
    return kind, content, losses + lost


def _shortanswer(node: Node, tags: Sequence[str]) -> Built:
    losses: list[Loss] = []
    answers = [_weighed(answer, losses, is_plain=True) for answer in node.all("answer")]
    if not all(answer.text for answer in answers):
        raise NotOurs(_("One of its answers is empty."))
    kind, content, lost = building.short_text(answers, case=node.said("usecase") in _TRUE)
    return kind, content, losses + lost


def _numerical(node: Node, tags: Sequence[str]) -> Built:
    losses: list[Loss] = []
    answers, otherwise = [], ""
    for answer in node.all("answer"):
        text, feedback = answer.own_text.strip(), markdown_of(answer.first("feedback"), losses)
        if text == "*":
            otherwise = "\n\n".join(said for said in (otherwise, feedback) if said)
            losses += building.cost_of_the_rest(_fraction(answer))
            continue
        tolerance = building.figure(answer.said("tolerance") or "0").lstrip("-")
        answers.append(Accepted(building.figure(text), tolerance, _fraction(answer), feedback))
    unit = _unit(node, losses)
    kind, content, lost = building.numeric(answers, otherwise, unit)
    return kind, content, losses + lost


def _unit(node: Node, losses: list[Loss]) -> str:
    """The unit whose multiplier is 1; others are named."""
    unit = ""
    for each in [each for units in node.all("units") for each in units.all("unit")]:
        name, multiplier = each.said("unit_name"), each.said("multiplier")
        if not unit and name and _is_one(multiplier):
            unit = " ".join(name.split())
        elif name:
            said = _("Unit “%(name)s” (times %(multiplier)s)") % {
                "name": one_line(name, 40),
                "multiplier": one_line(multiplier, 20),
            }
            losses.append(Loss(said, _("A question here has one unit.")))
    return unit


def _is_one(multiplier: str) -> bool:
    """Whether it says 1, as a database writes it too: `1.0000000`; nothing said is 1."""
    return building.figure(multiplier or "1") == "1"


def _matching(node: Node, tags: Sequence[str]) -> Built:
    losses: list[Loss] = []
    pairs = []
    for pair in node.all("subquestion"):
        right, lost = to_markdown(pair.said("answer"), "plain")
        losses += lost
        pairs.append((markdown_of(pair, losses), right))
    kind, content, lost = building.matching(pairs, tags)
    return kind, content, losses + lost


def _ordering(node: Node, tags: Sequence[str]) -> Built:
    losses: list[Loss] = []
    # As in Moodle, their order in the file holds; what stands there as a fraction is only their number.
    items = [_weighed(answer, losses) for answer in node.all("answer")]
    kind, content, lost = building.ordering([item.text for item in items])
    for item in items:
        if item.feedback:
            said = _("Feedback for “%(text)s”: “%(feedback)s”")
            values = {"text": one_line(item.text, 40), "feedback": one_line(item.feedback)}
            losses.append(Loss(said % values, _("Feedback on an order is the explanation.")))
    return kind, content, losses + lost


def _essay(node: Node, tags: Sequence[str]) -> Built:
    losses: list[Loss] = []
    guide = markdown_of(node.first("graderinfo"), losses)
    limits = {name: node.said(tag) for name, tag in (("from", "minwordlimit"), ("to", "maxwordlimit"))}
    words = {name: int(limit) for name, limit in limits.items() if limit.isdecimal() and len(limit) < 7}
    for name, limit in limits.items():
        if limit and name not in words:
            said = _("Limit of words “%(limit)s”") % {"limit": one_line(limit, 40)}
            losses.append(Loss(said, _("It is not a whole number of words.")))
    kind, content, lost = building.essay(guide, {name: limit for name, limit in words.items() if limit})
    return kind, content, losses + lost


# How each type is read, and which elements of its own that takes.
READERS: dict[str, tuple[Reader, frozenset[str]]] = {
    "multichoice": (_multichoice, frozenset({"answer", "single"})),
    "truefalse": (_truefalse, frozenset({"answer"})),
    "shortanswer": (_shortanswer, frozenset({"answer", "usecase"})),
    "numerical": (_numerical, frozenset({"answer", "units"})),
    "matching": (_matching, frozenset({"subquestion"})),
    "match": (_matching, frozenset({"subquestion"})),
    "ordering": (_ordering, frozenset({"answer"})),
    "essay": (_essay, frozenset({"graderinfo", "minwordlimit", "maxwordlimit"})),
}


def reason_against(kind: str) -> str:
    """Why a type of Moodle's is not imported."""
    reasons = {
        "cloze": _("Several answers within one text (Cloze). Ask them one by one."),
        "multianswer": _("Several answers within one text (Cloze). Ask them one by one."),
        "description": _("It asks nothing. Texts belong into a lesson."),
        "random": _("It stands for questions drawn from a category. Here assessments draw questions."),
        "randomsamatch": _("It is made of other questions. Write a matching question instead."),
        "stack": _("Its answer is checked by an algebra system (STACK), which there is none of here."),
        "multichoiceset": _("Picks are not marked all or nothing here. Change it to multichoice first."),
        "gapselect": _("Gaps in a text, filled from lists. Ask them one by one."),
        "ddwtos": _("Gaps in a text, filled by dragging words. Write a matching question instead."),
        "gapfill": _("Gaps in a text. Ask them one by one."),
        "oumultiresponse": _("It marks picks by a rule of its own. Change it to multichoice first."),
        "regexp": _("Its answers are patterns of a kind that there is none of here. Write short answers."),
        "essayautograde": _("A program marks it; here people mark texts. Change it to essay first."),
        "ddmatch": _("Matching by dragging. Change it to matching first."),
        "ddmarker": _("Markers are dragged onto a picture, and questions here have no pictures."),
        "ddimageortext": _("Pictures are dragged onto a picture, and questions here have no pictures."),
        "": _("It does not say of which type it is."),
    }
    if kind.startswith("calculated"):
        return _("Its figures are drawn from a data set. Write a number question with parameters instead.")
    return reasons.get(kind) or _("There is no counterpart of this type here.")
