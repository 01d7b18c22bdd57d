"""Advice on choices: what in their form gives the right one away."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from assessments.questions.base import Content
from assessments.questions.common import mappings
from assessments.questions.lint_text import advice, plain_text

Found = tuple[str, str, str]
# The right choice is the longest when it has so many times the letters of the longest wrong one, and so many
# more.
LONGER, LETTERS = 1.35, 15
# Choices are unlike in length when the longest has so many times the letters of the shortest, and so many
# more.
UNLIKE, UNLIKE_LETTERS = 3.0, 40

_ALL_OR_NONE = re.compile(
    r"^(?:(?:all|none|both|any|neither|most|some|two|three)\s+(?:of\s+)?(?:the\s+|these\b|them\b)?"
    r"(?:above|below|others?|answers?|choices|options|statements)?\b[.!]?$"
    r"|(?:both\s+)?[a-e]\s+(?:and|or)\s+[a-e][.!]?$|neither\s+[a-e]\s+nor\s+[a-e][.!]?$"
    r"|(?:all|none|any)\s+of\s+the\s+above\b.*)",
    re.I,
)
_ABSOLUTE = re.compile(
    r"\b(?:always|never|completely|entirely|absolutely|impossible|guaranteed|in every case|in all cases|"
    r"under all circumstances|without exception)\b",
    re.I,
)
_NO_GERUND = {
    *("nothing", "something", "anything", "everything", "during", "thing", "spring", "string", "morning"),
    *("evening", "king", "ring", "being", "according", "following", "including"),
}


def check_choices(kind: str, content: Content) -> Iterator[Found]:
    """The advice on the choices of a question that has any."""
    if kind not in ("single_choice", "multiple_choice"):
        return
    rows = mappings(content, "choices")
    texts = [plain_text(str(row.get("text") or "")) for row in rows]
    rights = [row.get("right") is True for row in rows]
    if len(texts) < 2 or not all(texts):
        return  # half written
    yield from _all_or_none(texts)
    if not all(rights) and any(rights):
        yield from _longest(texts, rights)
        yield from _absolute(texts, rights)
    yield from _lengths(texts)
    yield from _grammar(texts)


def _longest(texts: Sequence[str], rights: Sequence[bool]) -> Iterator[Found]:
    """All that is right is longer than all that is wrong."""
    right = min(len(text) for text, is_right in zip(texts, rights, strict=True) if is_right)
    wrong = max(len(text) for text, is_right in zip(texts, rights, strict=True) if not is_right)
    if right < LONGER * wrong or right < wrong + LETTERS:
        return
    said = {"right": right, "wrong": wrong}
    message = _(
        "It is right and the longest by far, %(right)d letters to %(wrong)d, which can be guessed. "
        "Shorten it, or say more in a wrong one."
    )
    yield advice("longest_right", f"choices.{rights.index(True)}.text", message % said)


def _all_or_none(texts: Sequence[str]) -> Iterator[Found]:
    for i, text in enumerate(texts):
        if _ALL_OR_NONE.match(text):
            message = _("This can be settled without knowing the rest. Write a choice of its own.")
            yield advice("all_or_none", f"choices.{i}.text", message)


def _absolute(texts: Sequence[str], rights: Sequence[bool]) -> Iterator[Found]:
    found = [_ABSOLUTE.search(text) for text in texts]
    if any(match for match, is_right in zip(found, rights, strict=True) if is_right):
        return
    for i, match in enumerate(found):
        if match:
            message = _("“%(word)s” stands in wrong choices only, and marks them as wrong. Weaken it.")
            yield advice("absolute_words", f"choices.{i}.text", message % {"word": match[0]})


def _lengths(texts: Sequence[str]) -> Iterator[Found]:
    shortest, longest = min(map(len, texts)), max(map(len, texts))
    if longest >= UNLIKE * shortest and longest - shortest >= UNLIKE_LETTERS:
        message = _("The choices have %(shortest)d to %(longest)d letters. Make them more alike.")
        yield advice("unlike_length", "choices", message % {"shortest": shortest, "longest": longest})


def _grammar(texts: Sequence[str]) -> Iterator[Found]:
    yield from _odd_ones(
        ["stop" if text.endswith((".", "!", "?")) else "open" for text in texts],
        _("Some choices end with a full stop and some do not. Treat them alike."),
    )
    yield from _odd_ones(
        [_case(text) for text in texts],
        _("Some choices begin with a capital and some do not. Treat them alike."),
    )
    yield from _odd_ones(
        [_opening(text) for text in texts],
        _("It begins in another way than all the others, which draws the eye. Phrase it like them."),
        fewest=4,
    )


def _odd_ones(forms: Sequence[str], message: str, *, fewest: int = 2) -> Iterator[Found]:
    """The choice that differs where all the others agree on a form; where several do, the first of them."""
    told = [form for form in forms if form]
    counts = Counter(told).most_common()
    if len(told) < max(fewest, 2) or len(counts) < 2 or counts[0][0] == "other":
        return
    if fewest > 2 and (counts[0][1] < len(forms) - 1 or len(counts) > 2):
        return
    odd = next(i for i, form in enumerate(forms) if form and form != counts[0][0])
    yield advice("unlike_grammar", f"choices.{odd}.text", message)


def _case(text: str) -> str:
    """How a choice begins; nothing where the writer had no say: figures, code, names such as iPad."""
    word = text.split()[0]
    if not word[0].isalpha() or len(word) == 1 or any(letter.isupper() for letter in word[1:]):
        return ""
    return "upper" if word[0].isupper() else "lower"


def _opening(text: str) -> str:
    """The class of the first word, as far as its form tells; a noun may do without its article."""
    word = text.split()[0].strip("“”\"'(,;:").lower()
    if word in ("to", "by", "because", "when", "if"):
        return word
    if word[:1].isdigit():
        return "figure"
    if word.endswith("ing") and len(word) > 4 and word not in _NO_GERUND:
        return "gerund"
    return "other"
