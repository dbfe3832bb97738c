"""Capacity and prediction: the vectors' names and units on the library's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fitintel.core.units import to_si
from fitintel.intelligence.registry import get
from fitintel.intelligence.wprime import recovery_gap

FORMS = {
    "P = W'/t + CP (OLS on 1/t)": "inverse_time",
    "work = CP*t + W'": "work_time",
    "work = CP*t + W' (OLS)": "work_time",
    "any": "time",
}
KILOMETRE, MILE = to_si("distance", "km"), to_si("distance", "mi")


def _call(name: str, *keys: str, **parameters: str) -> Callable[[dict[str, Any]], Any]:
    """A call with the inputs of these keys, and with parameters (ours -> theirs) that are given."""

    def compute(inputs: dict[str, Any]) -> Any:
        given = {ours: inputs[theirs] for ours, theirs in parameters.items() if inputs.get(theirs) is not None}
        return _listed(get(name)(*(inputs[key] for key in keys), **given))

    return compute


def _listed(value: Any) -> Any:
    return value.tolist() if hasattr(value, "tolist") else value


def _renamed(found: dict[str, Any], **names: str) -> dict[str, Any]:
    return {theirs: _listed(found[ours]) for theirs, ours in names.items()}


def _cooper(inputs: dict[str, Any]) -> Any:
    if inputs.get("distance_m_12min") is not None:
        return get("cooper_vo2max")(inputs["distance_m_12min"])
    return get("cooper_vo2max")(inputs["distance_miles_12min"] * MILE, form="miles")


def _critical_power_2p(inputs: dict[str, Any]) -> Any:
    form = FORMS[inputs.get("form") or "any"]
    found = get("critical_power_2p")(inputs["power_w"], inputs["time_s"], form=form)
    return _renamed(found, cp="critical_power", w_prime="w_prime")


def _critical_power_3p(inputs: dict[str, Any]) -> Any:
    found = get("critical_power_3p")(inputs["power_w"], inputs["time_s"])
    return _renamed(found, cp="critical_power", w_prime="w_prime", pmax="power_max")


def _critical_speed(inputs: dict[str, Any]) -> Any:
    return _renamed(get("critical_speed")(inputs["distance_m"], inputs["time_s"]), cs="speed", d_prime="d_prime")


def _per_kilometre(pace: float | None) -> float | None:
    return None if pace is None else pace * KILOMETRE


def _threshold_pace(inputs: dict[str, Any]) -> Any:
    given = {} if inputs.get("fraction_vdot") is None else {"fraction": inputs["fraction_vdot"]}
    return _per_kilometre(get("daniels_threshold_pace")(inputs["vdot"], **given))


def _friel(inputs: dict[str, Any]) -> Any:
    zones = get("friel_run_hr_zones")(inputs["lthr"])
    lows, highs = zones["low"].tolist(), zones["high"].tolist()
    inner = {f"Z{name}": [low, high] for name, low, high in zip(zones["zone"], lows, highs, strict=True)}
    return {"Z1_below": inner.pop("Z1")[1], "Z5c_above": inner.pop("Z5c")[0], **inner}


def _tanda(inputs: dict[str, Any]) -> Any:
    pace = inputs["training_pace_s_per_km"] / KILOMETRE
    found = get("tanda_marathon")(inputs["km_per_week"] * KILOMETRE, pace)
    return {"marathon_pace_s_per_km": _per_kilometre(found["pace"]), "time_s": found["duration"]}


def _vickers_model1(inputs: dict[str, Any]) -> Any:
    return get("vickers_model1")(inputs["time_s"], inputs["distance_m"], inputs["miles_per_week"] * MILE)


def _vickers_model2(inputs: dict[str, Any]) -> Any:
    races = (inputs[key] for key in ("t1_s", "d1_m", "t2_s", "d2_m"))
    found = get("vickers_model2")(*races, inputs["miles_per_week"] * MILE)
    return _renamed(found, k_races="race_exponent", k_marathon="marathon_exponent", time_s="duration")


def _balance(name: str, **parameters: str) -> Callable[[dict[str, Any]], Any]:
    series = _call(name, "power_w", "cp", "w_prime", **parameters)

    def compute(inputs: dict[str, Any]) -> Any:
        found = series(inputs)[-1 if inputs.get("index") is None else inputs["index"]]
        return found if found == found else None

    return compute


def _tau_skiba(inputs: dict[str, Any]) -> Any:
    gap = inputs.get("d_cp_w")
    return get("wbal_tau_skiba2012")(recovery_gap(inputs["power_w"], inputs["cp"]) if gap is None else gap)


COMPUTE: dict[str, Callable[[dict[str, Any]], Any]] = {
    "cameron": _call("cameron", "time_s", "from_m", "to_m"),
    "cooper_vo2max": _cooper,
    "critical_power_2p": _critical_power_2p,
    "critical_power_2p_predict": _call("critical_power_2p_predict", "cp", "w_prime", "time_s"),
    "critical_power_3p": _critical_power_3p,
    "critical_power_3p_power": _call("critical_power_3p_power", "time_s", "cp", "w_prime", "pmax"),
    "critical_power_3p_time": _call("critical_power_3p_time", "power_w", "cp", "w_prime", "pmax"),
    "critical_speed": _critical_speed,
    "critical_speed_predict_time": _call("critical_speed_predict_time", "cs", "d_prime", "distance_m"),
    "daniels_threshold_pace": _threshold_pace,
    "friel_run_hr_zones": _friel,
    "ftp_from_20min": _call("ftp_from_20min", "p20_w"),
    "hrmax_gellish": _call("hrmax_gellish", "age"),
    "hrmax_tanaka": _call("hrmax_tanaka", "age"),
    "hrmax_tanaka_vs_fox": _call("hrmax_tanaka_vs_fox", "age"),
    "karvonen_hr": _call("karvonen_hr", "hr_rest", "hr_max", "fraction"),
    "lthr_zones_goldencheetah": _call("lthr_zones_goldencheetah", "fractions_of_lthr", edges="edges"),
    "power_zones_coggan": _call("power_zones_coggan", "fractions_of_ftp", edges="edges_right_inclusive"),
    "riegel": _call("riegel", "time_s", "from_m", "to_m", exponent="k"),
    "riegel_personal_exponent": _call("riegel_personal_exponent", "t1", "d1", "t2", "d2"),
    "tanda_marathon": _tanda,
    "uth_vo2max": _call("uth_vo2max", "hr_max", "hr_rest"),
    "vdot": _call("daniels_gilbert", "distance_m", "time_s"),
    "vdot_race_time": _call("daniels_gilbert_time", "vdot", "distance_m"),
    "vickers_model1": _vickers_model1,
    "vickers_model2": _vickers_model2,
    "wbal_differential": _balance("wbal_differential", start="w_bal0", step="dt_s"),
    "wbal_integral": _balance("wbal_integral", tau="tau_s"),
    "wbal_tau_bartram": _call("wbal_tau_bartram", "d_cp_w"),
    "wbal_tau_skiba2012": _tau_skiba,
}
