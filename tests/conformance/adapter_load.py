"""Load: names and inputs of the vector files to the library's algorithms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fitintel.core.units import to_si
from fitintel.intelligence.registry import get

KIND = {"exp": "exponential", "1/N": "reciprocal"}
UNCOUPLED = {"days -28..-8 (21 days)": 28}


class State(dict[str, float]):
    """The model's traces and performance on the last day, which the vector files ask for as `p` alone, too."""

    def __float__(self) -> float:
        return self["p"]

    def __sub__(self, other: float) -> float:
        return self["p"] - other


def _given(inputs: dict[str, Any], **names: str) -> dict[str, Any]:
    """Parameters that the case gives: theirs=ours."""
    return {ours: inputs[theirs] for theirs, ours in names.items() if theirs in inputs}


def _only(inputs: dict[str, Any], name: str, *known: str) -> None:
    if inputs.get(name, known[0]) not in known:
        raise ValueError(f"{name} is {inputs[name]!r}, known: {known}")


def _tests(inputs: dict[str, Any]) -> tuple[list[float], list[float]]:
    return [float(day) for day in inputs["tests"]], list(inputs["tests"].values())


def _acwr_ewma(i: dict[str, Any]) -> Any:
    _only(i, "seed", "first_day")
    names = _given(i, lambda_acute="lambda_acute", lambda_chronic="lambda_chronic", min_history_days="min_history_days")
    return get("acwr_ewma")(i["daily_loads"], **names)["ratio"]


def _acwr_coupled(i: dict[str, Any]) -> Any:
    names = _given(i, acute_days="acute_days", chronic_days="chronic_days")
    return get("acwr_rolling_coupled")(i["daily_loads"], **names)["ratio"]


def _acwr_uncoupled(i: dict[str, Any]) -> Any:
    names = _given(i, acute_days="acute_days")
    if "chronic_days" in i:
        names["chronic_days"] = UNCOUPLED[i["chronic_days"]]
    return get("acwr_rolling_uncoupled")(i["daily_loads"], **names)["ratio"]


def _banister_fit(i: dict[str, Any]) -> Any:
    free = i.get("free", ("p0", "k1", "k2"))
    if not {"p0", "k1", "k2"} <= set(free) <= {"p0", "k1", "k2", "tau1", "tau2"}:
        raise ValueError(f"p0, k1 and k2 are always fitted, tau1 and tau2 may be: {free}")
    searched = {name: None for name in ("tau1", "tau2") if name in free}
    return {"sse_at_most": get("banister_fit")(i["daily_load"], *_tests(i), **searched)["sse"]}


def _banister_fit_quality(i: dict[str, Any]) -> Any:
    return get("banister_fit_quality")(
        i["daily_load"], *_tests(i), i["p0"], i["k1"], i["k2"], tau1=i["tau1"], tau2=i["tau2"]
    )


def _banister_ir(i: dict[str, Any]) -> Any:
    found = get("banister_ir")(i["daily_load"], i["p0"], i["k1"], i["k2"], tau1=i["tau1"], tau2=i["tau2"])
    if "days" in i:
        return [float(found["p"][day - 1]) for day in i["days"]]
    if "day" not in i:
        return found["p"].tolist()
    if i["day"] == len(i["daily_load"]):
        return State({name: float(series[-1]) for name, series in found.items()})
    return float(found["p"][i["day"] - 1])


def _banister_trimp(i: dict[str, Any]) -> Any:
    sex = i.get("sex", "unknown")
    if "samples" in i:
        minutes, hr = ([sample[name] for sample in i["samples"]] for name in ("minutes", "hr"))
        return get("trimp_banister_samples")(minutes, hr, i["rest_hr"], i["max_hr"], sex=sex)["load"]
    return get("trimp_banister")(i["duration_min"], i["avg_hr"], i["rest_hr"], i["max_hr"], sex=sex)


def _banister_trimp_gc_compat(i: dict[str, Any]) -> Any:
    return get("banister_trimp_gc_compat")(
        i["duration_min"], i["avg_hr"], i["rest_hr"], i["max_hr"], **_given(i, sex="sex", a="a", b="b")
    )


def _edwards(i: dict[str, Any]) -> Any:
    _only(i, "zones", "50-60,60-70,70-80,80-90,90-100 %HRmax")
    if "zone_minutes" in i:
        return get("edwards_trimp")(i["zone_minutes"])
    return get("edwards_trimp")(get("edwards_zone_minutes")(i["dt_min"], i["hr"], i["max_hr"]))


def _lucia(i: dict[str, Any]) -> Any:
    if "hr" in i:
        return get("lucia_trimp")(*get("lucia_zone_minutes")(i["dt_min"], i["hr"], i["vt1"], i["vt2"]))
    return get("lucia_trimp")(i["minutes_below_vt1"], i["minutes_vt1_vt2"], i["minutes_above_vt2"])


def _govss(i: dict[str, Any]) -> Any:
    body = i["weight_kg"], i["height_m"]
    power = get("govss_running_power")(i["speed_mps"], i["slope"], *body)
    return get("govss")(power, i["duration_s"], get("govss_running_power")(i["critical_velocity_mps"], 0.0, *body))


def _hrss(i: dict[str, Any]) -> Any:
    trimp = i["trimp"] if "trimp" in i else _banister_trimp(i)
    return get("hrss")(trimp, i["rest_hr"], i["max_hr"], i.get("lthr"), sex=i.get("sex", "unknown"))


def _weighted_power(i: dict[str, Any]) -> Any:
    _only(i, "variant", "full_windows_only")
    return get("weighted_power")(i["power_w"], **_given(i, dt_s="dt", window_s="window"))


def _weighted_power_padded(i: dict[str, Any]) -> Any:
    _only(i, "variant", "zero_padded_start")
    return get("weighted_power_padded")(i["power_w"], **_given(i, dt_s="dt"))


def _pmc(i: dict[str, Any]) -> Any:
    _only(i, "tsb", "previous_day")
    daily = {"day": range(len(i["tss"])), "load": i["tss"]}
    names = _given(i, ctl0="ctl_start", atl0="atl_start", tc="ctl_days", ta="atl_days")
    found = get("pmc")(daily, **names, kind=KIND[i.get("kind", "exp")])
    series = {name: found[name].tolist() for name in ("ctl", "atl", "tsb")}
    return {**series, **{f"{name}_last": values[-1] if values else None for name, values in series.items()}}


def _smoothed(name: str, start: str) -> Callable[[dict[str, Any]], Any]:
    def last(i: dict[str, Any]) -> Any:
        names = _given(i, **{start: "start", "time_constant_days": "days"})
        levels = get(name)(i["tss"], **names, kind=KIND[i.get("kind", "exp")])
        return float(levels[-1]) if len(levels) else None

    return last


def _swim(i: dict[str, Any]) -> Any:
    threshold = i["threshold_m_per_min"] / to_si("duration", "min")
    return get("swim_stress_score")(i["distance_m"], i["moving_time_s"], i["elapsed_time_s"], threshold)


COMPUTE: dict[str, Callable[[dict[str, Any]], Any]] = {
    "acwr_ewma": _acwr_ewma,
    "acwr_rolling_coupled": _acwr_coupled,
    "acwr_rolling_uncoupled": _acwr_uncoupled,
    "banister_fit": _banister_fit,
    "banister_fit_quality": _banister_fit_quality,
    "banister_influence": lambda i: get("banister_influence")(i["k1"], i["k2"], tau1=i["tau1"], tau2=i["tau2"]),
    "banister_ir": _banister_ir,
    "banister_trimp": _banister_trimp,
    "banister_trimp_gc_compat": _banister_trimp_gc_compat,
    "edwards_trimp": _edwards,
    "foster_monotony_strain": lambda i: get("foster_monotony_strain")(i["daily_loads"], **_given(i, ddof="ddof")),
    "govss": _govss,
    "govss_running_power": lambda i: get("govss_running_power")(
        i["speed_mps"], i["slope"], i["weight_kg"], i["height_m"]
    ),
    "hrss": _hrss,
    "lucia_trimp": _lucia,
    "normalized_power": _weighted_power,
    "normalized_power_gc_compat": _weighted_power_padded,
    "pmc": _pmc,
    "pmc_atl": _smoothed("pmc_atl", "atl0"),
    "pmc_ctl": _smoothed("pmc_ctl", "ctl0"),
    "rtss": lambda i: get("running_stress")(i["moving_time_s"], i["gap_s_per_km"], i["threshold_s_per_km"]),
    "running_power_flat_approx": lambda i: get("running_power_flat_approx")(
        i["speed_mps"], i["weight_kg"], **_given(i, coef_kj_kg_km="cost")
    ),
    "session_rpe": lambda i: get("session_rpe")(i["duration_min"], i["rpe_cr10"]),
    "skiba_bikescore": lambda i: get("exponential_power_score")(i["xpower_w"], i["cp_w"], i["duration_s"]),
    "swim_stress_score": _swim,
    "tss": lambda i: get("stress_score")(i["duration_s"], i["np_w"], i["ftp_w"]),
}
