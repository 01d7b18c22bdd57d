"""Forecasts: the published example, and what the measures of error may never be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concepts.worksheets.forecasting import moving_average, smoothing

# Heizer & Render: tons unloaded at the Port of Baltimore by quarter.
BALTIMORE = [180, 168, 159, 175, 190, 205, 180, 182]
ACTUALS = st.lists(st.floats(1, 1000), min_size=4, max_size=24)


def test_the_port_of_baltimore_as_heizer_and_render_print_it() -> None:
    result = smoothing(BALTIMORE, alpha=0.1, first=175)
    assert result.bias == pytest.approx(4.49482, abs=5e-6)
    assert result.mad == pytest.approx(10.30732, abs=5e-6)
    assert result.mse == pytest.approx(190.8175, abs=5e-5)
    assert result.mape == pytest.approx(5.59, abs=0.005)
    assert result.following == pytest.approx(178.595856, abs=5e-7)
    assert result.tracking_signal == pytest.approx(3.489, abs=5e-4)


def test_a_moving_average_needs_its_periods_first() -> None:
    result = moving_average([10, 20, 30, 40], periods=3)
    assert [period.forecast for period in result.periods] == [None, None, None, 20]
    assert result.following == 30


def test_without_a_first_forecast_the_first_actual_starts_and_counts_for_nothing() -> None:
    result = smoothing([10, 20], alpha=0.5)
    assert result.errors == [10]
    assert result.following == 15


def test_a_period_that_sold_nothing_leaves_no_percentage() -> None:
    assert smoothing([0, 5], alpha=0.5, first=1).mape is None


def test_a_forecast_that_is_never_off_has_no_tracking_signal() -> None:
    assert smoothing([5, 5, 5], alpha=0.3, first=5).tracking_signal is None


@given(ACTUALS, st.floats(0.01, 1))
def test_the_bias_never_exceeds_the_mean_absolute_deviation(actuals: list[float], alpha: float) -> None:
    result = smoothing(actuals, alpha=alpha, first=actuals[0])
    assert abs(result.bias) <= result.mad + 1e-9
    assert result.mad**2 <= result.mse * (1 + 1e-9) + 1e-9


@given(ACTUALS)
def test_smoothing_with_alpha_1_repeats_what_came_last(actuals: list[float]) -> None:
    assert smoothing(actuals, alpha=1, first=7).following == pytest.approx(actuals[-1])


@given(ACTUALS, st.integers(1, 4))
def test_a_forecast_by_moving_average_lies_within_what_came(actuals: list[float], periods: int) -> None:
    result = moving_average(actuals, periods=periods)
    assert min(actuals) - 1e-9 <= result.following <= max(actuals) + 1e-9
