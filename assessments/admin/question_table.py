"""Questions as rows of a table: what all have in common in columns of its own, the rest as one of JSON."""

import json
from typing import Any, ClassVar

from assessments import questions
from assessments.coursepack.content_order import in_order
from assessments.coursepack.kinds import BANK_KINDS, QUESTION
from assessments.models import Misconception, Question
from concepts.admin.exchange import TablesAdmin
from concepts.admin.exchange_resources import KindResource
from concepts.coursepack.checks import unknown
from concepts.coursepack.content import Content
from concepts.coursepack.findings import Findings, Spot, Text
from concepts.coursepack.keys import Key
from concepts.coursepack.kinds import COURSE_KINDS, Entry, Kind
from concepts.coursepack.picking import slips_in

# Texts that every type has; what else a type reads stands in the column `content`.
TEXTS = ("stem", "explanation")


class QuestionResource(KindResource):
    """A change is a draft beside what learners are asked, as in the form; publishing is an act of its own."""

    kind: ClassVar[Kind] = QUESTION

    class Meta:
        model = Question
        fields = ("slug",)
        import_id_fields = ("slug",)
        report_skipped = True

    @classmethod
    def columns_of(cls, key: Key) -> list[str]:
        return [*TEXTS, "content"] if isinstance(key, Content) else [key.name]

    def kinds(self) -> tuple[Kind, ...]:
        return (*COURSE_KINDS, *BANK_KINDS)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        self.slips = set(Misconception.objects.values_list("slug", flat=True))

    def text_of(self, key: Key, name: str, value: Any) -> str:
        if not isinstance(key, Content):
            return super().text_of(key, name, value)
        if name in TEXTS:
            return str(value.get(name, ""))
        rest = {head: entry for head, entry in value.items() if head not in TEXTS}
        return json.dumps(in_order(rest), ensure_ascii=False) if rest else ""

    def value_of(self, key: Key, row: Any, before: Any) -> Any:
        if not isinstance(key, Content):
            return super().value_of(key, row, before)
        before = before or {}
        rest = {head: entry for head, entry in before.items() if head not in TEXTS}
        if "content" in row:
            rest = json.loads(row["content"]) if row["content"] else {}
        if not isinstance(rest, dict):
            raise ValueError("content is a mapping")
        texts = {name: row[name] if name in row else before.get(name, "") for name in TEXTS}
        return {**rest, **texts}

    def look(self, entry: Entry, findings: Findings) -> None:
        """What the type says of it; a table is no place to leave a question half done."""
        nowhere = Spot(Text(""))
        content = entry.payload.get("content", {})
        if all(entry.payload.get(name) == self.before.get(name) for name in ("type", "content")):
            return
        for problem in questions.get(entry.payload["type"]).check(content):
            steps = problem.field.split(".")
            where = " ".join(str(int(step) + 1) if step.isdigit() else step for step in steps)
            findings.note(nowhere, f"{where}: {problem.message}" if where else problem.message)
        for name in slips_in(content):
            if name not in self.slips:
                findings.note(nowhere, unknown(("misconception", name), self.slips))

    def blamed(self) -> str:
        return "content"


class QuestionTablesAdmin(TablesAdmin):
    """Tables of questions, beside the exchange with other programs."""

    import_export_change_list_template = "admin/assessments/question/change_list.html"
    resource_classes = (QuestionResource,)

    def get_export_queryset(self, request: Any) -> Any:
        return super().get_export_queryset(request).select_related("objective")
