"""Statistics: names and inputs of the vector files to the library's algorithms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from fitintel.intelligence.registry import get

NILE = {"Nile annual flow 1871-1970 (R datasets / statsmodels)", "Nile series of stat.cp.nile"}
INDEX = "index 0..n-1 including nulls (pairs with null skipped)"


def _plain(value: Any) -> Any:
    """Arrays as lists, NaN as None."""
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, np.ndarray):
        return _plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and value != value else value


def _call(algorithm: str, *names: str, **parameters: str) -> Callable[[dict[str, Any]], Any]:
    """Call with the case's inputs in this order, and with those of its parameters that it gives (ours=theirs)."""

    def compute(inputs: dict[str, Any]) -> Any:
        given = {ours: inputs[theirs] for ours, theirs in parameters.items() if theirs in inputs}
        return _plain(get(algorithm)(*(inputs[name] for name in names), **given))

    return compute


def _only(inputs: dict[str, Any], name: str, *known: Any) -> None:
    if inputs.get(name, known[0]) not in known:
        raise ValueError(f"{name} is {inputs[name]!r}, known: {known}")


def _nile() -> tuple[list[float], list[float]]:
    from statsmodels.datasets import nile

    data = nile.load().data
    return data["year"].tolist(), data["volume"].tolist()


def _series(inputs: dict[str, Any]) -> Any:
    given = inputs.get("x", inputs.get("x_with_nulls"))
    return _nile()[1] if isinstance(given, str) and given in NILE else given


def _run_length(inputs: dict[str, Any]) -> Any:
    _only(inputs, "convention", "change after observation with prob hazard (Adams & MacKay eq.: growth 1-H, "
          "changepoint H)")  # fmt: skip
    names = ("x", "prior_mean", "prior_sd", "obs_sd")
    return _call("bocpd_gaussian_known_variance", *names, hazard="hazard")(inputs)["probability"]


def _changepoint_mean(inputs: dict[str, Any]) -> Any:
    _only(inputs, "model", "l2")
    years, flow = _nile() if inputs.get("dataset") in NILE else (None, None)
    values = inputs.get("x", flow)
    found = get("changepoint_mean")(values, years, changes=inputs.get("n_bkps", 1))
    return {"first_index_of_second_segment": int(found["index"][0]), "year": float(found["at"][0])}


def _pelt(inputs: dict[str, Any]) -> Any:
    _only(inputs, "model", "l2")
    _only(inputs, "jump", 1)
    return _call("changepoint_mean_pelt", "x", penalty="penalty", min_size="min_size")(inputs)


def _circular(inputs: dict[str, Any]) -> Any:
    by_hours = "hours" in inputs
    values, period = (inputs["hours"], 24.0) if by_hours else (inputs["degrees"], 360.0)
    found = get("circular_mean_resultant")(values, period=period)
    return {**found, "mean_hour" if by_hours else "mean_deg": found["mean"]}


def _consistency(inputs: dict[str, Any]) -> Any:
    weeks = inputs["n_days"] // 7
    days = np.arange(inputs["n_days"])[-7 * weeks :] if weeks else np.arange(0)
    minutes = {
        name: {str(day): value for day, value in _by_day(inputs[name])}
        for name in ("planned_minutes", "actual_minutes")
        if inputs.get(name) is not None
    }
    return _plain(
        get("consistency_score")(
            days,
            np.isin(days, inputs["training_day_indices"]),
            weeks=max(weeks, 1),
            goal=inputs.get("goal_days_per_week"),
            excused_weeks=[7 * week for week in inputs.get("excused_weeks") or ()],
            **minutes,
        )
    )


def _by_day(given: Any) -> Any:
    return given.items() if isinstance(given, Mapping) else enumerate(given)


def _modified_z(inputs: dict[str, Any]) -> Any:
    _only(inputs, "fallback", "mean AD x 1.253314")
    found = _call("modified_z", "x", threshold="threshold")(inputs)
    named = {f"z_of_{value:g}": z for value, z in zip(inputs["x"], found["z"], strict=True) if value is not None}
    return {**named, "z_last": found["z"][-1] if found["z"] else None, "outlier_indices": found["outliers"]}


def _james_stein(inputs: dict[str, Any]) -> Any:
    found = _call("james_stein_grand_mean", "y", "n_at_bats")(inputs)
    return {**found, "first": found["estimates"][0], "last": found["estimates"][-1]}


def _group_mae(inputs: dict[str, Any]) -> Any:
    found = _call("group_mae_gap", "y_true", "y_pred", "group")(inputs)
    return {**found["mae"], "difference": found["difference"]}


def _hamed_rao(inputs: dict[str, Any]) -> Any:
    lags = inputs.get("lags", "all significant")
    # the published form: the library's own default never narrows the variance
    parameters = {"lags": None if lags == "all significant" else lags, "floor": 0.0}
    return _plain(get("mann_kendall_hamed_rao")(_series(inputs), **parameters))


def _theil_sen(inputs: dict[str, Any]) -> Any:
    x = inputs.get("x", INDEX)
    if isinstance(x, str):
        _only(inputs, "x", INDEX)
    return get("theil_sen")(None if isinstance(x, str) else x, inputs.get("y", inputs.get("y_with_nulls")))


def _entropy(inputs: dict[str, Any]) -> Any:
    _only(inputs, "query", "argmax entropy")
    return get("uncertainty_entropy")(inputs["proba"])["most_uncertain"]


COMPUTE: dict[str, Callable[[dict[str, Any]], Any]] = {
    "adaptive_conformal_alpha": _call("adaptive_conformal_alpha", "errors", alpha="alpha", gamma="gamma"),
    "adaptive_conformal_bound": _call("adaptive_conformal_bound", "alpha_1", "T", gamma="gamma"),
    "benjamini_hochberg": _call("benjamini_hochberg", "p", q="q"),
    "benjamini_hochberg_adjusted": _call("benjamini_hochberg_adjusted", "p"),
    "benjamini_yekutieli": _call("benjamini_yekutieli", "p", q="q"),
    "bocpd_gaussian_known_variance": _run_length,
    "brier": _call("brier", "y", "p"),
    "changepoint_mean": _changepoint_mean,
    "changepoint_mean_pelt": _pelt,
    "circular_mean_resultant": _circular,
    "consistency_score": _consistency,
    "crps_ensemble": _call("crps_ensemble", "y", "members"),
    "crps_gaussian": _call("crps_gaussian", "y", "mu", "sigma"),
    "demographic_parity": _call("demographic_parity", "y_pred", "group"),
    "ece_equal_width": _call("ece_equal_width", "y", "p", bins="bins"),
    "equalized_odds_difference": lambda i: get("equalized_odds_difference")(i["y_true"], i["y_pred"], i["group"])[
        "difference"
    ],
    "expected_false_alerts_uncorrected": _call(
        "expected_false_alerts_uncorrected", "tests_per_day", "days", alpha="alpha"
    ),
    "false_alerts_per_athlete_month": _call(
        "false_alerts_per_athlete_month", "false_alerts", "athletes", "days", days_per_month="days_per_month"
    ),
    "generalized_esd": _call("generalized_esd", "x", max_outliers="max_outliers", alpha="alpha"),
    "gmm_responsibility": lambda i: float(get("gmm_responsibility")(i["x"], i["weights"], i["means"], i["sds"])[0]),
    "group_mae_gap": _group_mae,
    "interval_coverage": _call("interval_coverage", "y", "lower", "upper"),
    "interval_score": _call("interval_score", "y", "lower", "upper", alpha="alpha"),
    "isotonic": _call("isotonic", "y"),
    "james_stein_grand_mean": _james_stein,
    "local_level_ml": lambda i: get("local_level_ml")(_series(i)),
    "mann_kendall": lambda i: get("mann_kendall")(_series(i)),
    "mann_kendall_hamed_rao": _hamed_rao,
    "mase": _call("mase", "train", "actual", "forecast", m="m"),
    "mean_max": _call("mean_max", "power_w", "durations_s"),
    "min_n_for_halfwidth": _call("min_n_for_halfwidth", "p", "half_width", confidence="confidence"),
    "modified_z": _modified_z,
    "normal_normal_shrinkage": _call(
        "normal_normal_shrinkage", "athlete_mean", "n", "sd_within", "population_mean", "sd_between"
    ),
    "pinball_loss": _call("pinball_loss", "y", "q", alpha="alpha"),
    "platt_targets": _call("platt_targets", "n_pos", "n_neg"),
    "ppv_from_prevalence": _call("ppv_from_prevalence", "prevalence", "sensitivity", "specificity"),
    "random_intercept_reml": _call("random_intercept_reml", "groups"),
    "rayleigh_p": _call("rayleigh_p", "degrees"),
    "roc_auc": _call("roc_auc", "y", "score"),
    "rolling_origin_folds": _call("rolling_origin_folds", "n", "initial", horizon="horizon", step="step"),
    "ses_forecast": _call("ses_forecast", "y", alpha="alpha", initial_level="initial_level"),
    "smape_m4": _call("smape_m4", "actual", "forecast"),
    "split_conformal_radius": _call("split_conformal_radius", "abs_residuals", alpha="alpha"),
    "theil_sen": _theil_sen,
    "uncertainty_entropy": _entropy,
    "weekday_entropy_bits": _call("weekday_entropy_bits", "counts_mon_sun"),
    "wilson_interval": _call("wilson_interval", "successes", "n", confidence="confidence"),
}
