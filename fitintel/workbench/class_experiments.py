"""Other ways to classify, on the same labels and the same held-out workouts: clusters, mixtures and boosted trees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from fitintel.core.answers import LEVELS
from fitintel.intelligence.class_scores import UNSURE, scores
from fitintel.intelligence.classification import classify, plainly
from fitintel.workbench.classified_squad import Labelled
from fitintel.workbench.evaluate_classification import GIVEN, said_by, split, taught_labels

UNSURE_BELOW = {"activity": 0.7, "session": 0.5}
CLUSTERS = 12
OTHERS = ("k-means", "mixture", "boosted trees")


def compare_methods(
    histories: Sequence[Labelled], level: str, *, given: int = GIVEN, seed: int = 0,
    others: Sequence[str] = OTHERS,
) -> list[dict[str, Any]]:  # fmt: skip
    """Scores (as `class_scores.scores`, with `method`) of every method on the newer workouts of all athletes.

    Each athlete gives `given` labels on older workouts. The others pool the labels of all athletes and see the same
    features; clusters and mixture also see the older workouts without labels, and are named by the labels in them.
    """
    answers: dict[str, list[Any]] = {}
    features, taught_at, names, tested, truths = [], [], [], [], []
    start = 0
    for one in histories:
        fixed = classify(plainly, one.workouts, {}, **one.given)
        taught = {each: taught_labels(one, fixed, each, given) for each in LEVELS}
        moved = classify(plainly, one.workouts, taught, **one.given)
        for method, said in said_by(one, level, fixed, moved, taught[level]).items():
            answers.setdefault(method, []).append((said.label, said.probability))
            truth = said.truth
        truths.append(truth)
        context = fixed.session_context
        seen = ((fixed.evidence["phi"], _sports(one)) if level == "activity" else
                (context["phi"], context["beside"], context["said"]))  # fmt: skip
        features.append(np.column_stack(seen))
        ids = one.workouts["id"].tolist()
        taught_at += [start + ids.index(name) for name in taught[level]]
        names += list(taught[level].values())
        tested += [start + place for place in split(one, level)[1]]
        start += len(ids)
    x, truth = np.concatenate(features), np.concatenate(truths)
    rows = []
    for method, made in answers.items():
        label, chance = (np.concatenate([each[k] for each in made]) for k in range(2))
        rows.append({"method": method, **scores(truth, label, chance, LEVELS[level])})
    unlabelled = np.setdiff1d(np.arange(len(x)), tested)
    for method in others:
        chance = _chance(method, x[unlabelled], x[taught_at], names, x[tested], LEVELS[level], seed)
        label = np.array(LEVELS[level], dtype=object)[chance.argmax(axis=1)]
        label[chance.max(axis=1) < UNSURE_BELOW[level]] = UNSURE
        rows.append({"method": method, **scores(truth, label, chance, LEVELS[level])})
    return rows


def _chance(
    method: str, older: Any, taught: Any, names: Sequence[str], tested: Any, classes: Sequence[str], seed: int
) -> Any:
    """Probabilities [n, k] of the tested workouts."""
    from sklearn.cluster import KMeans
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.mixture import GaussianMixture
    from threadpoolctl import threadpool_limits

    wanted = np.array([classes.index(name) for name in names])
    if method == "boosted trees":
        # with so few rows, threads that wait for each other on busy cores cost a hundred times the work
        with threadpool_limits(1):
            trees = HistGradientBoostingClassifier(max_iter=40, min_samples_leaf=5, random_state=seed)
            trees.fit(taught, wanted)
        found = np.zeros((len(tested), len(classes)))
        found[:, trees.classes_] = trees.predict_proba(tested)
        return found
    if method == "k-means":
        groups = KMeans(CLUSTERS, n_init=3, random_state=seed).fit(older)
        inside, of = np.eye(CLUSTERS)[groups.predict(taught)], np.eye(CLUSTERS)[groups.predict(tested)]
    else:
        parts = GaussianMixture(CLUSTERS, covariance_type="diag", reg_covar=1e-2, random_state=seed).fit(older)
        inside, of = parts.predict_proba(taught), parts.predict_proba(tested)
    # the share of each label in a cluster, drawn towards its share among all labels by one label
    shares = np.bincount(wanted, minlength=len(classes)) / len(wanted)
    counts = inside.T @ np.eye(len(classes))[wanted] + shares
    return of @ (counts / counts.sum(axis=1, keepdims=True))


def _sports(one: Labelled) -> Any:
    names = ("cycling", "swimming", "strength", "other")
    return np.array([[float(sport == name) for name in names] for sport in one.workouts["sport"].tolist()])
