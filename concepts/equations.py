"""Formulas as lines of HTML: words and signs as spans, a quotient of two braces as a fraction.

Drawn with our own markup so that a formula needs neither a script nor a font from elsewhere.
"""

import re
from html import escape

from django.utils.translation import gettext

PIECE = re.compile(r"\{([^{}]*)\}\s*/\s*\{([^{}]*)\}|\{([^{}]*)\}|([=+−×÷()<>≤≥])|([^{}=+−×÷()<>≤≥]+)")
WRONG = "wrong:"


def equation_html(line: str) -> str:
    """One equation such as ``throughput = {units} / {time}``; ``wrong:`` at its head marks one to avoid."""
    line = line.strip()
    wrong = line.startswith(WRONG)
    spans = "".join(_piece_html(match) for match in PIECE.finditer(line.removeprefix(WRONG)))
    if not wrong:
        return f'<p class="tk-eq">{spans}</p>\n'
    flag = f'<span class="tk-state" data-state="bad">{escape(gettext("Wrong"))}</span>'
    return f'<p class="tk-eq" data-state="bad">{spans}{flag}</p>\n'


def _piece_html(match: re.Match[str]) -> str:
    above, below, braced, sign, words = match.groups()
    if above is not None:
        top, bottom = escape(above.strip()), escape(below.strip())
        return f'<span class="tk-frac"><span>{top}</span><span>{bottom}</span></span>'
    text = (braced or sign or words or "").strip()
    return f"<span>{escape(text)}</span>" if text else ""
