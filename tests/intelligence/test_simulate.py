"""The simulated squad: reproducible, no easier than the real history, and true to what it says it planted."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from fitintel.core import snapshot
from fitintel.core.workouts import COLUMNS
from fitintel.ingest.intake import read
from fitintel.intelligence.simulate import (
    DEVELOPMENT_SEED,
    REPORT_SEED,
    compare_with_reference,
    last_sunday,
    simulate_squad,
)
from fitintel.intelligence.simulate.compare import reference, reference_of
from fitintel.intelligence.simulate.habit import APART, draw_habit
from fitintel.intelligence.simulate.person import draw_person
from fitintel.intelligence.simulate.regimes import phases
from fitintel.intelligence.simulate.sessions import draw_drafts
from fitintel.intelligence.simulate.traits import draw_traits

END = 20366  # Sunday, 5 October 2025


@pytest.fixture(scope="module")
def planted(squad):
    return [one for one in squad if one.truth.planted]


@pytest.fixture(scope="module")
def unplanted(squad):
    return [one for one in squad if not one.truth.planted]


def test_the_squad_has_24_simulated_athletes_and_half_of_them_have_nothing_planted(squad, planted, unplanted):
    assert len(squad) == 24
    assert len(unplanted) >= 10 <= len(planted)
    assert all(one.athlete.simulated for one in squad)
    assert len({one.athlete.name for one in squad}) == 24
    for one in unplanted:
        truth = one.truth
        assert (truth.changes, truth.errors, truth.faults, truth.races) == ((), (), (), ())
        assert {stretch.kind for stretch in truth.stretches} <= {"illness", "holiday", "no device"}


def test_equal_seed_and_day_give_the_same_squad(squad):
    again = simulate_squad(end_day=END)
    assert snapshot.digest([one.workouts for one in squad]) == snapshot.digest([one.workouts for one in again])
    assert [one.truth for one in squad] == [one.truth for one in again]
    other = simulate_squad(seed=REPORT_SEED, athletes=2, end_day=END)
    assert other[0].workouts != squad[0].workouts
    assert DEVELOPMENT_SEED != REPORT_SEED


def test_workouts_have_every_column_and_lie_within_three_years(squad):
    for one in squad:
        assert list(one.workouts) == list(COLUMNS)
        assert one.workouts["day"].max() <= END
        assert one.workouts["day"].min() > END - 3 * 366
        assert len(set(one.workouts["id"])) == len(one.workouts) == len(one.truth.types)


def test_history_ends_on_the_last_complete_sunday_by_default():
    assert last_sunday(END) == END - 7
    assert last_sunday(END + 1) == END


def test_the_kept_statistics_are_those_of_the_real_history(real_history: Path):
    data = real_history.read_bytes()
    taken = read(data, name="history", athlete_id="me", import_id="i-test")
    made = reference_of(taken.workouts, hashlib.sha256(data).hexdigest())
    kept = reference()
    assert made.pop("spans") == [pytest.approx(span, rel=1e-5, abs=1e-5) for span in kept.pop("spans")]
    assert made == kept


BANDS = {
    # statistic: allowed squad median, as (least, most); least and most of the real three-year spans stand beside it
    "weekly_cv": (0.57, 1.01),  # 0.57-1.01
    "weekly_cv_half_year": (0.55, 0.94),  # 0.49-0.94
    "weekly_duration_cv_half_year": (0.55, 0.94),  # 0.45-0.94
    "weekly_lag1": (0.25, 0.45),  # 0.37-0.44
    "weekly_lag1_half_year": (0.15, 0.34),  # 0.21-0.34
    "weeks_without": (0.05, 0.15),  # 0.03-0.27
    "training_day_share": (0.35, 0.65),  # 0.21-0.73
    "weekday_spread": (0.03, 0.12),  # 0.02-0.16
    "gap_p50": (1, 2),  # 1-3
    "gap_p90": (3, 6),  # 2-11
    "gap_p99": (8, 18),  # 7-26
    "gap_max": (18, 45),  # 14-51
    "workouts_per_training_day": (1.1, 1.4),  # 1.07-1.40
    "distance_cv": (0.5, 0.9),  # 0.55-0.68
    "distance_log_sd": (0.35, 0.65),  # 0.31-0.67
    "pace_cv": (0.2, 0.45),  # 0.29-0.50
    "pace_log_sd": (0.1, 0.25),  # 0.06-0.23
    "pace_month_log_sd": (0.08, 0.2),  # 0.05-0.15
}


def _compared(seed):
    # the real history never changes its sport: athletes who do are measured by no yardstick of it
    squad = [one for one in simulate_squad(seed=seed, end_day=END)
             if not any(regime.kind == "sport" for regime in one.truth.regimes)]  # fmt: skip
    return {row["name"]: row for row in compare_with_reference(squad)}


def test_the_squad_of_the_reported_figures_is_no_calmer_than_life():
    """It is never calibrated, so it may spread more than the bands allow, not less."""
    rows = _compared(REPORT_SEED)
    spreads = [name for name in BANDS if name.endswith(("_cv", "_log_sd", "_half_year"))]
    calmer = {name: rows[name]["median"] for name in spreads if rows[name]["median"] < BANDS[name][0]}
    assert spreads
    assert calmer == {}


def test_the_squad_is_as_life_is():
    rows = _compared(DEVELOPMENT_SEED)
    assert set(rows) == set(BANDS)
    outside = {name: rows[name]["median"] for name, (low, high) in BANDS.items()
               if not low <= rows[name]["median"] <= high}  # fmt: skip
    assert outside == {}
    # never a calmer life than the calmest three years of the real one
    for name in ("weekly_cv_half_year", "weekly_duration_cv_half_year"):
        assert rows[name]["median"] >= rows[name]["real_low"]


def test_athletes_without_planted_events_are_no_calmer_than_life(unplanted):
    rows = {row["name"]: row for row in compare_with_reference(unplanted)}
    assert rows["weekly_cv_half_year"]["median"] >= rows["weekly_cv_half_year"]["real_low"]


def test_planted_changes_are_lasting_shifts_of_30_to_60_percent(planted):
    changes = [(one, change) for one in planted for change in one.truth.changes]
    assert len(changes) >= 12
    for one, change in changes:
        assert 0.3 <= abs(change.factor - 1) <= 0.6
        others = [other.day for other in one.truth.changes if other != change]
        edges = [END - 1096, END, *others]
        assert all(abs(change.day - day) >= APART - 2 for day in edges)


def _one_change(index):
    """The only change of a planted athlete, and training time [s] by day; the day number 0 is the middle."""
    rngs = [np.random.default_rng([5, index, stream]) for stream in range(5)]
    athlete, person = draw_person(rngs[0], index)
    traits = draw_traits(rngs[1], person, athlete.units)
    habit = draw_habit(rngs[2], rngs[3], np.random.default_rng([5, index, 5]), person, traits, -548, 1096, planted=True)
    done = np.zeros(1096)
    if len(habit.changes) == 1:
        for draft in draw_drafts(rngs[4], person, traits, habit, phases(person, traits, habit.regimes, -548)):
            done[draft.place] += sum(part.duration for part in draft.parts)
    return (habit.changes[0] if len(habit.changes) == 1 else None), done


def test_a_planted_change_shows_in_the_expected_load():
    """Averaged over many lives the weekly load shifts by the planted factor."""
    ratios = []
    for index in range(1, 360, 2):
        change, load = _one_change(index)
        if change is None:
            continue
        at = change.day + load.size // 2
        ratios.append(np.log(load[at : at + APART].sum() / load[at - APART : at].sum()) - np.log(change.factor))
    assert len(ratios) > 40
    assert abs(np.median(ratios)) < 3 * 1.25 * np.std(ratios) / np.sqrt(len(ratios))
    assert abs(np.median(ratios)) < 0.15


def test_planted_errors_change_what_is_written_by_their_factor(planted):
    errors = [error for one in planted for error in one.truth.errors]
    kinds = {error.kind for error in errors}
    assert kinds == {"unit", "digit", "minutes", "left running", "swapped", "doubled", "bad day"}
    assert sum(error.gross for error in errors) >= 50
    assert sum(not error.gross for error in errors) >= 15
    assert all(error.gross for error in errors if max(error.factor, 1 / error.factor) >= 3)
    assert not any(error.gross for error in errors if error.kind == "bad day")
    assert all(1 / 1.6 < error.factor < 1.6 for error in errors if error.kind == "bad day")


def test_planted_ids_are_workouts(planted):
    for one in planted:
        ids = set(one.workouts["id"])
        marked = [*one.truth.errors, *one.truth.faults, *one.truth.races]
        assert {item.workout_id for item in marked} <= ids
        assert len({error.workout_id for error in one.truth.errors}) == len(one.truth.errors)


def test_nobody_trains_while_injured(planted):
    stretches = [(one, s) for one in planted for s in one.truth.stretches if s.kind == "injury"]
    assert stretches
    for one, stretch in stretches:
        day = one.workouts["day"]
        inside = set(day[(day >= stretch.first) & (day <= stretch.last)].tolist())
        assert inside <= {race.day for race in one.truth.races}


def test_reference_holds_aggregates_only():
    kept = reference()
    assert set(kept) == {"sha256", "workouts", "span_days", "spans"}
    assert all(isinstance(value, float) for span in kept["spans"] for value in span.values())
