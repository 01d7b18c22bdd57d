"""A case that is small, whole and played in both roles, to use and to break."""

from typing import Any

import yaml

WRITTEN = """
brief: A shop for parts is late. Nobody agrees on why.
roles:
  - {key: production, name: Production manager, brief: You answer for the shop floor.}
  - {key: operations, name: Operations manager, brief: You answer for the whole firm.}
variables:
  - {name: on_time, label: On-time share, unit: "%", initial: 78, better: higher, minimum: 0, maximum: 100}
  - {name: cost, label: Cost, unit: k€, initial: 40, better: lower, minimum: 0}
chances:
  - {name: surge, label: Rush orders, minimum: 0, maximum: 4, step: 2}
exhibits:
  - key: orders
    title: Orders by week
    table:
      columns:
        - {name: week, label: Week, kind: number}
        - {name: cell, label: Cell, kind: text}
        - {name: late, label: Late, kind: number}
      rows: |-
        1,Milling,3
        2,Turning,5
  - key: late-chart
    title: Late orders
    chart: {kind: line, table: orders, x: week, y: [late], label: They rise.}
  - {key: mail, title: A mail, roles: [operations], since: second, text: We wait.}
stages:
  - key: first
    title: Monday
    text: Orders wait.
    exhibits: [orders]
    forecast: {variable: on_time, question: "Where will it stand?"}
    checkpoints: [late-share]
    decisions:
      - key: overtime
        kind: choose
        objective: TST-1
        title: Overtime
        question: Who works longer?
        options:
          - key: all
            label: Everybody
            quality: 0.4
            text: People tire.
            reasoning: It hides the cause.
            effects: {on_time: on_time + 6 - surge, cost: cost + 12}
          - key: some
            label: The milling cell
            quality: 0.9
            text: The queue shrinks.
            reasoning: It is where work waits.
            effects: {on_time: on_time + 4 - surge, cost: cost + 4}
          - key: none
            label: Nobody
            quality: 0.2
            text: Nothing changes.
            reasoning: It saves money today.
            effects: {on_time: on_time - 9, cost: cost - 1}
    next:
      - {when: on_time < 75, to: lost}
      - {to: second}
  - key: second
    title: Thursday
    text: It goes on.
    texts: {operations: The bank calls.}
    forecast: {variable: cost, question: "What will it cost?"}
    decisions:
      - key: batch
        kind: numbers
        roles: [production]
        objective: TST-1
        title: Batch size
        question: How many in a batch?
        figures:
          - {name: size, label: Batch, minimum: 10, maximum: 200, step: 10}
        cost: {expression: 4000 / size + size, best: {size: 60}, nothing_at: 50}
        outcomes:
          - {when: size > 100, text: Stock piles up., effects: {cost: cost + size / 10}}
          - {text: It flows., reasoning: Short waits., effects: {on_time: on_time + 3}}
      - key: budget
        kind: allocate
        roles: [operations]
        objective: TST-1
        title: Budget
        question: Who gets what?
        total: 60
        unit: k€
        spend_all: true
        figures:
          - {name: people, label: People, minimum: 0, maximum: 60, step: 10}
          - {name: tools, label: Tools, minimum: 0, maximum: 60, step: 10}
        outcomes:
          - {when: people >= 40, quality: 0.8, text: They stay., reasoning: They know the work., to: good}
          - {quality: 0.3, text: They leave., effects: {on_time: on_time - 5}}
      - key: queue
        kind: order
        objective: TST-1
        title: Queue
        question: What goes first?
        items:
          - {name: rush, label: Rush}
          - {name: due, label: Due first}
          - {name: big, label: Big}
        best_order: [due, rush, big]
        outcomes:
          - {when: due == 1, text: Fewer calls., reasoning: Dates bind., effects: {on_time: on_time + 2}}
          - {text: More calls.}
    next:
      - {when: on_time >= 80 and cost < 60, to: good}
      - {to: fair}
  - {key: good, title: On time, text: They order again., ending: true}
  - {key: fair, title: Well enough, text: They wait and see., ending: true}
  - {key: lost, title: Lost, text: They go elsewhere., ending: true}
recommendation: late-shop-recommendation
debrief: What it was about.
views: {production: The floor., operations: The firm.}
compared: Each saw half.
teaching_note: Ask who owns the queue.
"""


def document(**changes: Any) -> dict[str, Any]:
    """A fresh document, with these keys in place of its own."""
    return {**yaml.safe_load(WRITTEN), **changes}
