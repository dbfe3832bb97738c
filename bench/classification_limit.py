"""How well any method can tell kinds of session from what is observed: boosted trees taught by thousands of athletes.

    python bench/classification_limit.py [--squads 4] [--athletes 96]

Trees (scikit-learn) see the inputs of the shipped classification: the figures of a workout, the athlete's weeks, laps,
names and plans. They learn from every labelled workout of simulated squads, words included, so that they know how true
simulated words are, which the shipped classification only assumes. With more and more athletes to learn from their
score levels off: close to the limit of these inputs. Tested are the newer 40 % of the workouts of the development
squad, whose athletes taught nobody; the interval is that of squads drawn anew from its athletes. The seed of the
reported figures is not used.
"""

from __future__ import annotations

import argparse

import numpy as np

from fitintel.core.answers import SESSIONS
from fitintel.intelligence.session_network import fitted, scores
from fitintel.intelligence.simulate import DEVELOPMENT_SEED, simulate_squad
from fitintel.workbench.classified_squad import labelled
from fitintel.workbench.evaluate_classification import EARLIER
from fitintel.workbench.fitted_sessions import ATHLETES, END_DAY, YEARS, known_kinds

FIRST_SEED = 3001
"""Squads that teach the trees have this seed and the following ones."""
ABSTAIN = 0.1
DRAWS, SEED, LEVEL = 500, 20261123, 0.95


def squad(seed: int, athletes: int):
    """Per athlete: figures with words [n, 85], true kinds [n]."""
    made = simulate_squad(seed=seed, athletes=athletes, years=YEARS, end_day=END_DAY)
    return [(np.column_stack([columns, words]), kinds)
            for columns, words, kinds in map(known_kinds, map(labelled, made))]  # fmt: skip


def macro_f1(chance, truth, abstain: float) -> float:
    """Macro-F1 of the answers when the least certain share of the workouts is left unanswered."""
    best, guess = chance.max(axis=1), chance.argmax(axis=1)
    given = np.ones(len(best), dtype=bool)
    given[np.argsort(best, kind="stable")[: int(abstain * len(best))]] = False
    said, is_ = (np.bincount(each[given], minlength=len(SESSIONS)) for each in (guess, truth))
    both = np.bincount(truth[given & (guess == truth)], minlength=len(SESSIONS))
    there = np.bincount(truth, minlength=len(SESSIONS)) > 0
    return float((2 * both[there] / np.maximum(said + is_, 1)[there]).mean())


def shipped(x):
    """Probabilities by the classification without an athlete's own labels."""
    width = x.shape[1] - len(SESSIONS)
    raw = scores(x[:, :width], fitted()) + x[:, width:]
    raw = np.exp(raw - raw.max(axis=1, keepdims=True))
    return raw / raw.sum(axis=1, keepdims=True)


def show(name: str, chance, truth, owner) -> None:
    rng = np.random.default_rng(SEED)
    of = [np.flatnonzero(owner == one) for one in np.unique(owner)]
    said = []
    for abstain in (0.0, ABSTAIN):
        drawn = []
        for _ in range(DRAWS):
            rows = np.concatenate([of[at] for at in rng.integers(len(of), size=len(of))])
            drawn.append(macro_f1(chance[rows], truth[rows], abstain))
        low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        said.append(f"{macro_f1(chance, truth, abstain):.3f} ({low:.3f} to {high:.3f})")
    print(f"{name:34}{said[0]:>26}{said[1]:>26}", flush=True)


def main() -> None:
    from sklearn.ensemble import HistGradientBoostingClassifier

    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--squads", type=int, default=4)
    parser.add_argument("--athletes", type=int, default=ATHLETES)
    given = parser.parse_args()
    # an athlete's newer workouts are tested, as by fitintel evaluate classification
    tested = [(x[round(EARLIER * len(x)) :], kinds[round(EARLIER * len(x)) :])
              for x, kinds in squad(DEVELOPMENT_SEED, 24)]  # fmt: skip
    x, truth = (np.concatenate([part[at] for part in tested]) for at in (0, 1))
    owner = np.repeat(np.arange(len(tested)), [len(kinds) for _, kinds in tested])
    print(f"macro-F1 of {len(truth)} workouts of {len(tested)} athletes, with 95 % intervals by athlete")
    print(f"{'':34}{'all answered':>26}{'10 % unanswered':>26}")
    show("shipped, no labels", shipped(x), truth, owner)
    teachers: list[tuple[np.ndarray, np.ndarray]] = []
    for number in range(1, given.squads + 1):
        teachers += squad(FIRST_SEED + number - 1, given.athletes)
        if number & (number - 1):
            continue  # 1, 2, 4, 8 ... squads
        trees = HistGradientBoostingClassifier(max_iter=150, learning_rate=0.08, max_leaf_nodes=24, min_samples_leaf=60,
                                               l2_regularization=5.0, random_state=0)  # fmt: skip
        trees.fit(*(np.concatenate([part[at] for part in teachers]) for at in (0, 1)))
        show(f"trees, {number * given.athletes} athletes", trees.predict_proba(x), truth, owner)


if __name__ == "__main__":
    main()
