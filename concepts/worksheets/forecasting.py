"""Forecasts from what was sold so far, and how far off they were.

Definitions as in Heizer & Render, Operations Management, chapter 4: error is actual minus forecast, so that a
positive bias means that we forecast too little.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Period:
    """What was forecast for a period, if anything could be, and what came."""

    number: int
    actual: float
    forecast: float | None

    @property
    def error(self) -> float | None:
        return None if self.forecast is None else self.actual - self.forecast


@dataclass(frozen=True)
class Forecast:
    """All periods, the forecast of the next one, and the errors over the periods that had a forecast."""

    periods: tuple[Period, ...]
    following: float

    @property
    def errors(self) -> list[float]:
        return [period.error for period in self.periods if period.error is not None]

    @property
    def bias(self) -> float:
        """The mean error."""
        return sum(self.errors) / len(self.errors)

    @property
    def mad(self) -> float:
        """The mean absolute deviation."""
        return sum(abs(error) for error in self.errors) / len(self.errors)

    @property
    def mse(self) -> float:
        """The mean squared error."""
        return sum(error**2 for error in self.errors) / len(self.errors)

    @property
    def mape(self) -> float | None:
        """The mean absolute percentage error, in per cent; None if a period sold nothing."""
        measured = [period for period in self.periods if period.error is not None]
        if any(period.actual == 0 for period in measured):
            return None
        shares = [abs(period.error or 0) / abs(period.actual) for period in measured]
        return 100 * sum(shares) / len(shares)

    @property
    def tracking_signal(self) -> float | None:
        """The sum of errors in multiples of MAD; None for a forecast that was never off."""
        return sum(self.errors) / self.mad if self.mad else None


def smoothing(actuals: Sequence[float], *, alpha: float, first: float | None = None) -> Forecast:
    """Exponential smoothing: the next forecast is the last one plus alpha times its error.

    ``first`` is the forecast of the first period; without one the first actual starts it, and its period
    has no error.
    """
    forecast = first
    periods = []
    for number, actual in enumerate(actuals, start=1):
        periods.append(Period(number, actual, forecast))
        forecast = actual if forecast is None else forecast + alpha * (actual - forecast)
    return Forecast(tuple(periods), forecast if forecast is not None else 0.0)


def moving_average(actuals: Sequence[float], *, periods: int) -> Forecast:
    """The mean of the last so many periods is the forecast of the next."""
    rows = []
    for i, actual in enumerate(actuals):
        window = actuals[i - periods : i] if i >= periods else None
        rows.append(Period(i + 1, actual, sum(window) / periods if window else None))
    return Forecast(tuple(rows), sum(actuals[-periods:]) / periods)
