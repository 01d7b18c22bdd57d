"""Formulas from somebody who means harm: only a refusal comes out, soon, and without filling the memory."""

import math
import time
import tracemalloc
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concepts.formulas import FormulaError, check_expression, evaluate, holds, names_in, substitute

FIGURES = {"units": 1860.0, "hours": 7.5, "zero": 0.0, "minus": -3.0}
SECONDS = 1.0
BYTES = 8_000_000

NASTY = {
    "attribute": "units.real",
    "dunder": "units.__class__.__mro__[1].__subclasses__()",
    "dunder name": "__builtins__",
    "import": "__import__('os').system('id')",
    "from a function": "sqrt.__globals__",
    "call of a call": "sqrt(4)(5)",
    "getattr": "getattr(units, 'real')",
    "eval": "eval('1')",
    "open": "open('/etc/passwd')",
    "keyword": "round(units, ndigits=2)",
    "starred": "max(*hours)",
    "double starred": "max(**hours)",
    "tower": "9**9**9",
    "tower of names": "units**units**units",
    "tower of floats": "9.9**99.9**99.9",
    "grown by multiplying": "*".join(["1e15"] * 60),
    "overflow": "1e308*10",
    "infinity": "1e999",
    "infinity less infinity": "1e999-1e999",
    "nan": "nan",
    "inf": "inf",
    "large integer": "9" * 400,
    "shift": "1<<999999",
    "string repeated": "'a'*999999999",
    "list repeated": "[0]*999999999",
    "bytes": "b'a'*99",
    "lambda": "(lambda: 1)()",
    "comprehension": "[x for x in (1,2)]",
    "generator": "max(x for x in (1,2))",
    "f-string": "f'{units}'",
    "walrus": "(x:=5)",
    "ternary": "units if hours else zero",
    "tuple": "(1,2)",
    "dictionary": "{'a':1}",
    "set": "{1,2}",
    "subscript": "units[0]",
    "slice": "units[::2]",
    "await": "await units",
    "yield": "(yield 1)",
    "assignment": "units=5",
    "statement": "import os",
    "several": "1;2",
    "lines": "1\n2",
    "comment": "1#2",
    "backslash": "1\\\n+2",
    "null": "1\x00+1",
    "surrogate": "\ud800",
    "bell": "\x07",
    "full-width name": "ｕｎｉｔｓ",
    "homoglyph": "unіts",
    "greek": "λ",
    "digits of another script": "٣+٣",
    "superscript": "2²",
    "right to left": "\u202e1+1",
    "emoji": "🧨",
    "ellipsis": "...",
    "true": "True",
    "none": "None",
    "complex": "1j",
    "underscore": "1_000",
    "hexadecimal": "0xff",
    "matrix": "units@hours",
    "invert": "~units",
    "not": "not units",
    "identity": "units is hours",
    "membership": "units in hours",
    "floor division": "units//0",
    "modulo": "units%0",
    "long sum": "+".join(["1"] * 5000),
    "long name": "a" * 10_000,
    "long space": "1" + " " * 100_000 + "+",
    "open brackets": "(" * 5000,
    "closed brackets": "(" * 240 + "1" + ")" * 240,
    "signs": "-" * 490 + "1",
    "nested calls": "sqrt(" * 80 + "1" + ")" * 80,
    "many arguments": "max(" + ",".join(["1"] * 200) + ")",
    "chained comparison": "<".join(["1"] * 300),
    "power of a comparison": "(1<2)**5",
    "root of a minus": "sqrt(minus)",
    "power of a minus": "minus**0.5",
    "zero to a minus": "zero**-1",
    "log of zero": "log(zero)",
    "log to base one": "log(2,1)",
    "exponential": "exp(99999)",
    "rounded to a fraction": "round(1,0.5)",
    "rounded far off": "round(1,9999999)",
    "ceil of too much": "ceil(1e15*1e15)",
    "empty": "",
    "spaces": " \t\n ",
}


def _soon_and_small(work: Callable[[], object]) -> object:
    tracemalloc.start()
    start = time.process_time()
    try:
        return work()
    finally:
        spent, (_now, peak) = time.process_time() - start, tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert spent < SECONDS
        assert peak < BYTES


@pytest.mark.parametrize("formula", NASTY.values(), ids=NASTY)
def test_a_hostile_formula_is_refused_in_words_soon_and_in_little_memory(formula: str) -> None:
    for work in (evaluate, holds):
        with pytest.raises(FormulaError) as refusal:
            _soon_and_small(partial(work, formula, FIGURES))
        assert refusal.value.message


@pytest.mark.parametrize("formula", NASTY.values(), ids=NASTY)
def test_a_hostile_formula_can_be_checked_and_written_out_by_nobody_to_any_harm(formula: str) -> None:
    message = _soon_and_small(lambda: check_expression(formula, FIGURES))
    assert message is None or message
    for work in (lambda: names_in(formula), lambda: substitute(formula, FIGURES)):
        try:
            assert _soon_and_small(work) is not None
        except FormulaError as refusal:
            assert refusal.message


SIGNS = ["+", "-", "*", "/", "**", "//", "%", "@", "<<", "|", "and", "or", "in", "is", "if"]
PYTHON = st.recursive(
    st.sampled_from(["units", "hours", "1e15", "0", "9", "'a'", "None", "x", "__import__", "λ", "1j"]),
    lambda inner: st.one_of(
        st.tuples(
            inner,
            st.sampled_from(SIGNS),
            inner,
        ).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda t: f"{t}.__class__"),
        inner.map(lambda t: f"{t}[0]"),
        inner.map(lambda t: f"[{t} for x in {t}]"),
        inner.map(lambda t: f"(lambda x: {t})(1)"),
        inner.map(lambda t: f"f'{{{t}}}'"),
        inner.map(lambda t: f"(x := {t})"),
        st.tuples(st.sampled_from(["sqrt", "exp", "max", "round", "eval", "getattr"]), inner).map(
            lambda t: f"{t[0]}({t[1]}, {t[1]})"
        ),
    ),
    max_leaves=30,
)


@settings(deadline=None)
@given(PYTHON | st.text(max_size=600))
def test_python_that_is_no_formula_ends_in_a_figure_or_a_refusal(formula: str) -> None:
    start = time.process_time()
    try:
        assert math.isfinite(evaluate(formula, FIGURES))
    except FormulaError as refusal:
        assert refusal.message
    assert time.process_time() - start < SECONDS
