"""What the check of a course says: of which kind, about what, and how to mend it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

KINDS = {
    "few_questions": _("Too few questions for an objective"),
    "few_types": _("One type of question only"),
    "few_figures": _("Too few questions with fresh figures"),
    "no_objective": _("A lesson that teaches no objective"),
    "no_test": _("A module without a test"),
    "broken_link": _("A link that leads nowhere"),
    "no_source": _("No source"),
    "in_short": _("No “In short” of three lines"),
    "no_example": _("No example"),
    "no_misconception": _("No misconception"),
    "length": _("Too short or too long"),
    "reading_time": _("Reading time off"),
    "reading_level": _("Hard to read"),
    "unlinked_term": _("A term without its link on first use"),
    "unused_term": _("A term that no text links to"),
    "unused_picture": _("A picture that nothing shows"),
    "unused_misconception": _("A misconception that no question names"),
    "unexplained_misconception": _("A misconception without an explanation"),
    "question": _("A question that its type refuses"),
    "draws": _("Figures that degenerate"),
    "case": _("A case that cannot be played"),
    "case_graph": _("A case with doubtful ways"),
    "case_path": _("A case whose paths fall short"),
    "case_thin": _("A case with too little in it"),
    "case_question": _("A question of a case"),
    "advice": _("Advice on a question"),
}
# What mends a finding: the form of what it is about, or a new question for it.
EDIT, WRITE_QUESTION = "edit", "write_question"


@dataclass(frozen=True)
class Where:
    """What a finding is about. ``home`` is the lesson or comparison that it belongs to, as (model, pk)."""

    model: str  # as Django labels it: concepts.concept
    pk: int
    name: str  # its address or code: what tells it apart in files
    title: str
    home: tuple[str, int] | None = None

    @property
    def kind(self) -> str:
        """The last part of the model's name, as the command prints it."""
        return self.model.rpartition(".")[2]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True)
class Finding:
    """One thing that is missing or amiss, in a sentence, and in another what to do about it."""

    kind: str
    where: Where
    message: str
    remedy: str
    mend: str = EDIT

    @property
    def label(self) -> str:
        return str(KINDS[self.kind])
