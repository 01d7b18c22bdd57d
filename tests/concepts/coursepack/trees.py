"""A small course and its bank as files, for tests to load and to break."""

from pathlib import Path

from concepts.coursepack.checks import check_course
from concepts.coursepack.findings import Findings
from concepts.coursepack.folder import read_course

FILES = {
    "course/sources.yaml": """\
- key: S1
  title: An article
  year: 2024
- key: HOPP
  title: A textbook
  author: W. Hopp, M. Spearman
""",
    "course/measuring/module.yaml": """\
slug: measuring
position: 1
title: Measuring
summary: How an operation knows how it is doing.
""",
    "course/measuring/01-pace.md": """\
---
slug: pace
title: Pace
position: 1
minutes: 4
summary: The time between one unit and the next.
sources: [S1]
objectives:
  - code: PAC-1
    title: Pace from a count
    statement: compute the pace of a line
    level: apply
---
## The pace

A line sends out a unit every so often.

::: worked a line
- 60 minutes for 20 units | 60 ÷ 20
- Pace | 3 minutes a unit
:::

## In short

- Pace is time for each unit.
""",
    "course/measuring/02-throughput.md": """\
---
slug: throughput
title: Throughput
position: 2
minutes: 9
summary: How much comes out in a stretch of time.
sources: [S1, HOPP]
prerequisites: [pace]
objectives:
  - code: THR-1
    title: Throughput from a count and a time
    statement: compute throughput from a count and a time
    level: apply
  - code: THR-2
    title: The inverted formula
    statement: catch the formula when it stands upside down
    level: analyse
---

## A rate

See [the measure](metric:throughput), [the word](term:takt) and [the row](comparison:two-sides#capital).

```formula
throughput = {units} / {time}
```
""",
    "course/measuring/metrics.yaml": """\
- slug: throughput
  name: Throughput
  concept: throughput
  position: 1
  summary: Good units that leave the process in a stretch of time.
  formula: units / running
  formula_text: "throughput = {good units} / {hours running}"
  unit: units / h
  better: higher
  decimals: 1
  inputs:
    - name: units
      label: Good units
      unit: units
      minimum: 0
      maximum: 1000000
      default: 5400
    - name: hours
      label: Hours
      unit: h
      minimum: 0
      above_minimum: true
      default: 8
      help: The whole shift.
  steps:
    - name: running
      label: Hours running
      expression: hours - 0.5
      unit: h
  reading: |
    More is better, as long as somebody buys it.

    Compare a line with itself.
  sources: [S1]
""",
    "course/measuring/terms.yaml": """\
- slug: takt
  name: Takt time
  definition: The time that demand leaves for each unit; see [pace](concept:pace).
  also: [customer takt, takt]
  concept: pace
  sources: [HOPP]
- slug: shift
  name: Shift
  definition: A stretch of paid working time.
""",
    "course/compared/module.yaml": """\
slug: compared
position: 2
title: Side by side
summary: Two disciplines in a table.
""",
    "course/compared/comparison.yaml": """\
slug: two-sides
title: Two sides
position: 1
summary: Read a row across.
left: Production management
right: Operations management
rows:
  - code: CMP-01
    anchor: capital
    aspect: Capital
    left: Tends to be high
    right: Tends to be lower
    explanation: |
      Plants cost more than offices.
    objective: {title: "Capital: a tendency", statement: judge the need of capital, level: analyse}
    sources: [S1]
  - code: CMP-02
    anchor: focus
    aspect: Focus
    left: Goods
    right: Goods and services
    explanation: |
      A bank makes no goods.
    objective:
      title: Focus
      statement: say what each looks at
      level: remember
""",
    "bank/measuring/misconceptions.yaml": """\
- slug: time-divided-by-units
  name: Time divided by units
  explanation: You turned the fraction over.
  concept: throughput
""",
    "bank/measuring/throughput.yaml": """\
- slug: thr-1-packing-cell
  objective: THR-1
  type: numeric
  title: A packing cell
  thinking: apply
  stem: |
    A cell packs {out} parcels in {hours} hours. How many is that an hour?
  label: Throughput
  parameters:
    hours: {from: 6.5, to: 8, step: 0.5}
    out: {from: 1600, to: 2400, step: 20}
  answer: out / hours
  unit: parcels / h
  tolerance: 1 %
  slips:
    - misconception: time-divided-by-units
      answer: hours / out
      feedback: You divided time by units. That is the pace.
  explanation: |
    {out} ÷ {hours} = {answer}.
- slug: thr-2-which-way
  objective: THR-2
  type: single_choice
  title: Which way round
  thinking: remember
  stem: Which figure rises when a line speeds up?
  choices:
    - text: Units divided by hours
      right: true
    - text: Hours divided by units
      feedback: This one falls. It is the pace.
      misconception: time-divided-by-units
    - text: Hours less breaks
      feedback: This one stays as it is.
  explanation: More units in the same hours make a larger quotient.
""",
    "bank/measuring/assessments.yaml": """\
- slug: practice-throughput
  title: "Practice: throughput"
  mode: practice
  concept: throughput
  intro: Two questions.
  parts:
    - {objective: THR-1, count: 1, marks: 1}
    - {objective: THR-2, count: 1, marks: 2}
- slug: test-measuring
  title: Module test
  mode: test
  module: measuring
  time_limit: 25
  attempts_allowed: 2
  parts:
    - {objective: THR-1, count: 1}
""",
}


def write_tree(root: Path) -> Path:
    """Write the small course and its bank below a folder, and give the folder back."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def edit(root: Path, name: str, old: str, new: str) -> None:
    """Replace the first such words in a file."""
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def mistakes(root: Path) -> list[str]:
    """The mistakes in the course, without its bank."""
    findings = Findings()
    check_course(read_course(root / "course", findings), findings)
    return [str(finding) for finding in sorted(findings)]
