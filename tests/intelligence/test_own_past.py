"""The scores of weeks are those of their definition, week by week, to the last bit."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from fitintel.intelligence import own_past
from fitintel.intelligence.past import IQR

WEEKS = arrays(np.float64, st.integers(0, 60), elements=st.sampled_from([0.0, 30.0, 120.0, 185.5, 300.25]))


@given(WEEKS)
def test_a_week_is_scored_against_the_weeks_before_it(minutes: own_past.Floats) -> None:
    log, expected = np.log1p(minutes), np.full(len(minutes), np.nan)
    for place in range(own_past.LEAST_WEEKS, len(log)):
        past = log[max(0, place - own_past.WEEKS) : place]
        apart = np.abs(past - np.median(past))
        scale = own_past.MAD * float(np.median(apart)) or 1.253314 * float(apart.mean())
        expected[place] = (log[place] - np.median(past)) / max(scale, own_past.FLOOR)
    np.testing.assert_array_equal(own_past.week_surprises(minutes), expected)


@given(WEEKS)
def test_a_level_is_scored_against_the_weeks_before_those_that_make_it(totals: own_past.Floats) -> None:
    root, expected = np.sqrt(totals), np.full(len(totals), np.nan)
    recent = own_past.RECENT
    for place in range(recent + own_past.LEAST_WEEKS, len(root) + 1):
        now, past = root[place - recent : place], root[max(0, place - recent - own_past.WEEKS) : place - recent]
        low, high = np.quantile(past, (0.25, 0.75))
        scale = max(float(high - low) / IQR, 0.1 * float(past.mean()))
        error = scale * math.sqrt(1 / recent + 1 / len(past))
        expected[place - 1] = (now.mean() - past.mean()) / error if scale else 0.0
    np.testing.assert_array_equal(own_past.level_surprises(totals), expected)
