"""The tables of the course: the glossary and the measures."""

from concepts.admin.exchange_resources import KindResource
from concepts.coursepack.findings import Findings
from concepts.coursepack.kinds import METRIC, TERM, Entry
from concepts.coursepack.measures import check_measure
from concepts.models import Metric, Term


class TermResource(KindResource):
    """The glossary."""

    kind = TERM

    class Meta:
        model = Term
        fields = ("slug",)
        import_id_fields = ("slug",)
        report_skipped = True


class MetricResource(KindResource):
    """Measures; inputs and steps stand in a cell each, as JSON."""

    kind = METRIC

    class Meta:
        model = Metric
        fields = ("slug",)
        import_id_fields = ("slug",)
        report_skipped = True

    def look(self, entry: Entry, findings: Findings) -> None:
        check_measure(entry, findings)

    def blamed(self) -> str:
        return "formula"
