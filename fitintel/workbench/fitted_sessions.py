"""Fitting the model of kinds of session on simulated athletes, and its twin in scikit-learn.

    python -m fitintel.workbench.fitted_sessions OUT.json

Only workouts of which no name and no plan speaks teach: how far words are believed is assumed (session_said), because
simulated words are truer than people's.
"""

from __future__ import annotations

import argparse
import json
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from fitintel.core.answers import SESSIONS
from fitintel.intelligence.classification import classify, plainly
from fitintel.intelligence.session_network import COLUMNS, LAYERS, seen
from fitintel.intelligence.simulate import REPORT_SEED, simulate_squad
from fitintel.workbench.classified_squad import Labelled, labelled

if TYPE_CHECKING:
    from sklearn.neural_network import MLPClassifier

SEEDS = tuple(range(1001, 1009))
"""Squads that teach; those of development and of the reported figures are others."""
ATHLETES, YEARS, END_DAY = 96, 3.0, 20366
HIDDEN, EPOCHS, BATCH, FASTEST, SLOWEST, SHRINK = 32, 20, 1024, 3e-3, 2e-5, 1e-4
"""Units; passes over all workouts; workouts a step; step size of Adam, falling by a cosine; penalty on squared weights.
With 64 units macro-F1 was the same on development squads."""
DIGITS = 6
WHOLE = 0.5
"""Share of the athletes that teach with all that their devices wrote."""
LEFT_OUT = {"speed_max": 0.6, "elevation_gain": 0.6, "hr_mean hr_max": 0.3, "hr_max": 0.3, "cadence steps": 0.3,
            "rpe": 0.3, "laps": 0.3}  # fmt: skip
"""columns (or laps) that go together -> how often they are missing from the export of another athlete: assumed."""
NOISY = 0.4
"""How often the highest speeds of such an export are mostly error, up to several times too high: assumed."""


def examples(seed: int, *, athletes: int = ATHLETES, years: float = YEARS) -> tuple[Any, Any]:
    """(columns float32[n, p], kinds int64[n]) of the workouts of a squad that teach."""
    random = np.random.default_rng(seed)
    parts = [known_kinds(as_exported(labelled(one), random))
             for one in simulate_squad(seed=seed, athletes=athletes, years=years, end_day=END_DAY)]  # fmt: skip
    columns, words, kinds = (np.concatenate([part[at] for part in parts]) for at in range(3))
    silent = ~words.any(axis=1)
    return columns[silent], kinds[silent]


def as_exported(made: Labelled, random: np.random.Generator) -> Labelled:
    """The history as it is, or as a poorer export would hold it: figures that every simulated device writes are missing
    from many real files, and what is missing must not be taken for a sign of anything."""
    if random.random() < WHOLE:
        return made
    missing = [names.split() for names, chance in LEFT_OUT.items() if random.random() < chance]
    gone = {name for names in missing for name in names}
    nothing = np.full(len(made.workouts), np.nan)
    workouts = made.workouts.replace(**dict.fromkeys(gone & set(made.workouts), nothing))
    laps = {name: [] for name in made.given["laps"]} if "laps" in gone else made.given["laps"]
    if random.random() < NOISY:
        error = np.exp(0.4 * np.abs(random.standard_t(3.0, len(workouts))))
        workouts = workouts.replace(speed_max=workouts["speed_max"] * error)
    return replace(made, workouts=workouts, given={**made.given, "laps": laps})


def known_kinds(made: Labelled) -> tuple[Any, Any, Any]:
    """(columns float32[n, p], what words say float64[n, 6], true kinds int64[n]) of an athlete's workouts, by time.
    Those without a kind are left out, and records that an entry error has made useless."""
    found = classify(_evidence, made.workouts, {}, **made.given).session_context
    true, useless = made.truth["session"], made.truth["activity"]
    rows = [place for place, name in enumerate(found["id"].tolist())
            if found["able"][place] and name in true and useless.get(name) != "outlier"]  # fmt: skip
    kinds = np.array([SESSIONS.index(true[found["id"][place]]) for place in rows], dtype=np.int64)
    return seen(found)[rows].astype(np.float32), np.asarray(found["said"])[rows], kinds


def _evidence(algorithm_id: str, *inputs: Any) -> Any:
    """Computes what the model is fitted on, and not what needs the model."""
    return None if algorithm_id in ("session_model", "session_kind") else plainly(algorithm_id, *inputs)


def fit_network(
    columns: Any, kinds: Any, *, hidden: int = HIDDEN, epochs: int = EPOCHS, batch: int = BATCH, seed: int = 0
) -> MLPClassifier:
    """A network fitted with scikit-learn."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    # one pass at a time, because scikit-learn has no step size that falls with Adam
    network = MLPClassifier((hidden,), alpha=SHRINK, batch_size=min(batch, len(kinds)), max_iter=1, warm_start=True,
                            random_state=seed)  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        for epoch in range(epochs):
            falling = (1.0 + np.cos(np.pi * epoch / epochs)) / 2.0
            network.set_params(learning_rate_init=SLOWEST + FASTEST * falling, random_state=seed + epoch)
            network.fit(columns, kinds)
    return network


def as_weights(network: MLPClassifier, fitted_on: Mapping[str, Any]) -> dict[str, Any]:
    """The network as plain numbers, rounded to DIGITS decimals, as session_network reads them."""
    values = (network.coefs_[0], network.intercepts_[0], network.coefs_[1], network.intercepts_[1])
    return {"fitted_on": dict(fitted_on), "columns": list(COLUMNS), "kinds": list(SESSIONS),
            **{name: np.round(np.asarray(each, dtype=np.float64), DIGITS).tolist()
               for name, each in zip(LAYERS, values, strict=True)}}  # fmt: skip


def as_classifier(weights: Mapping[str, Any]) -> MLPClassifier:
    """The same model as a scikit-learn classifier over COLUMNS: what a registry keeps, without its history of fitting.

    Its classes are places in SESSIONS; names and plans are not in it.
    """
    from sklearn.neural_network import MLPClassifier

    hidden, hidden_bias, output, output_bias = (np.array(weights[name], dtype=np.float64) for name in LAYERS)
    made = MLPClassifier((len(hidden_bias),), alpha=SHRINK, max_iter=1)
    # one step on nothing but zeros, only so that scikit-learn's own preparations are made
    made.partial_fit(np.zeros((len(SESSIONS), len(hidden))), np.arange(len(SESSIONS)), classes=np.arange(len(SESSIONS)))
    made.coefs_, made.intercepts_ = [hidden, output], [hidden_bias, output_bias]
    return made


def fitted_weights(seeds: Iterable[int] = SEEDS, *, athletes: int = ATHLETES, years: float = YEARS) -> dict[str, Any]:
    """The weights from these squads; the seed of the reported figures is refused."""
    seeds = tuple(seeds)
    if REPORT_SEED in seeds:
        raise ValueError("the squad of the reported figures must not teach")
    parts = [examples(seed, athletes=athletes, years=years) for seed in seeds]
    columns, kinds = (np.concatenate([part[at] for part in parts]) for at in (0, 1))
    about = {"what": "simulated athletes", "seeds": list(seeds), "athletes": athletes * len(seeds), "years": years,
             "workouts": len(kinds), "epochs": EPOCHS}  # fmt: skip
    return as_weights(fit_network(columns, kinds), about)


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("out", type=Path)
    parser.parse_args().out.write_text(json.dumps(fitted_weights(), separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
