"""How right the classification is on workouts that it was not taught, before and after an athlete's labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from fitintel.core.answers import LEVELS
from fitintel.intelligence.class_scores import UNSURE, scores
from fitintel.intelligence.classification import Classified, classify, plainly
from fitintel.intelligence.simulate import REPORT_SEED, simulate_squad
from fitintel.workbench.class_baselines import majority, rule
from fitintel.workbench.classified_squad import Labelled, labelled

END_DAY = 20366
"""Last day of the squad of the reported figures, Sunday 5 October 2025: the same figures on any day."""
EARLIER = 0.6
"""Share of an athlete's labelled workouts, the oldest, from which labels may be given; the rest are tested."""
GIVEN = 20
"""Labels that an athlete gives on each level: half are answers to the least certain workouts, half evenly spread."""
METHODS = ("majority", "rule", "before", "after")
"""Always the athlete's most frequent label; a rule that a coach would write down; the fixed model; after labels."""
GROUPS = ("all", "with laps", "without laps", "with words", "without words")
"""Of kinds of session; words: a name or a plan that says a kind or an effort. Activities are told of all."""
TARGETS = {"macro_f1": "at least 0.90", "abstained": "at most 10 %", "ece": "at most 0.05"}


@dataclass(frozen=True, slots=True)
class ClassScore:
    """One method on one level and group of held-out workouts; None where there are none."""

    level: str
    method: str
    group: str
    """one of GROUPS"""
    n: int
    accuracy: float | None = None
    """of the answers given, as is `macro_f1`"""
    accuracy_all: float | None = None
    """an abstention counts as wrong, as in `macro_f1_all`"""
    macro_f1: float | None = None
    macro_f1_all: float | None = None
    brier: float | None = None
    ece: float | None = None
    """10 bins of equal width"""
    ece_mass: float | None = None
    """10 bins of equal mass"""
    ece_null: float | None = None
    """95 % of perfectly calibrated answers of that number stay below"""
    abstained: float | None = None
    f1: Mapping[str, float] | None = None
    counts: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class ClassificationScore:
    """All figures of one set of athletes."""

    of: str
    """squad, or labels given here"""
    seed: int | None
    end_day: int | None
    athletes: int
    given: int
    """labels that each athlete gave on each level, at most"""
    scores: tuple[ClassScore, ...]

    def score(self, level: str, method: str, group: str = "all") -> ClassScore:
        """The figures of that level, method and group."""
        return next(each for each in self.scores if (each.level, each.method, each.group) == (level, method, group))

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {**asdict(self), "scores": [asdict(each) for each in self.scores], "targets": dict(TARGETS)}


@dataclass(frozen=True, slots=True)
class Answers:
    """What a method says of held-out workouts of one athlete."""

    truth: Any
    label: Any
    probability: Any
    lapped: Any
    worded: Any

    def of(self, group: str) -> Any:
        """Which of them are of that group, bool[n]."""
        if group == "all":
            return np.ones(len(self.truth), dtype=bool)
        mask = self.lapped if group.endswith("laps") else self.worded
        return ~mask if group.startswith("without") else mask


def evaluate_classification(
    *, seed: int = REPORT_SEED, athletes: int = 24, years: float = 3.0, end_day: int = END_DAY, given: int = GIVEN,
    progress: Callable[[int, int, str], None] | None = None,
) -> ClassificationScore:  # fmt: skip
    """Make a squad, let each athlete label some of the older workouts, and test on the newer ones.

    The classification sees the history after the ordinary checks, laps where there are any, and what the athletes
    stated; of the truth it sees the given labels only.
    """
    squad = simulate_squad(seed=seed, athletes=athletes, years=years, end_day=end_day)
    histories = []
    for done, one in enumerate(squad):
        if progress:
            progress(done, len(squad), f"classifying {one.athlete.id}")
        histories.append(labelled(one))
    return _score(histories, given, of="squad", seed=seed, end_day=end_day)


def evaluate_labels(histories: Sequence[Labelled]) -> ClassificationScore:
    """The same on labels that people have given: the older ones teach, the newer ones test."""
    return _score(histories, None, of="labels given here", seed=None, end_day=None)


def _score(
    histories: Sequence[Labelled], given: int | None, *, of: str, seed: int | None, end_day: int | None
) -> ClassificationScore:
    answers: dict[tuple[str, str], list[Answers]] = {}
    most = 0
    for one in histories:
        fixed = classify(plainly, one.workouts, {}, **one.given)
        taught = {level: taught_labels(one, fixed, level, given) for level in LEVELS}
        most = max(most, *(len(labels) for labels in taught.values()))
        moved = classify(plainly, one.workouts, taught, **one.given)
        for level in LEVELS:
            for method, said in said_by(one, level, fixed, moved, taught[level]).items():
                answers.setdefault((level, method), []).append(said)
    rows = tuple(
        ClassScore(level, method, group, **_pooled(answers.get((level, method), []), LEVELS[level], group))
        for level in LEVELS for group in GROUPS
        if group == "all" or level == "session" for method in METHODS
    )  # fmt: skip
    return ClassificationScore(of, seed, end_day, len(histories), most if given is None else given, rows)


def split(one: Labelled, level: str) -> tuple[list[int], list[int]]:
    """(places of the labelled workouts from which labels may be given, places of those that are tested), by time."""
    ids = one.workouts["id"].tolist()
    places = [place for place, name in enumerate(ids) if one.truth[level].get(name) in LEVELS[level]]
    cut = round(EARLIER * len(places))
    return places[:cut], places[cut:]


def taught_labels(one: Labelled, fixed: Classified, level: str, given: int | None) -> dict[str, str]:
    """The labels that the athlete gives: all of the earlier ones, or `given` of them."""
    earlier, _ = split(one, level)
    ids = one.workouts["id"].tolist()
    if given is not None and len(earlier) > given:
        best = (fixed.types if level == "activity" else fixed.sessions)["probability"].max(axis=1)
        asked = sorted(earlier, key=lambda place: (best[place], ids[place]))[: given // 2]
        rest = [place for place in earlier if place not in set(asked)]
        spread = np.linspace(0, len(rest) - 1, given - len(asked)).round().astype(int)
        earlier = [*asked, *(rest[at] for at in dict.fromkeys(spread.tolist()))]
    return {ids[place]: one.truth[level][ids[place]] for place in sorted(earlier)}


def said_by(
    one: Labelled, level: str, fixed: Classified, moved: Classified, taught: Mapping[str, str]
) -> dict[str, Answers]:
    """What every method of METHODS says of the athlete's tested workouts."""
    _, tested = split(one, level)
    ids = one.workouts["id"].tolist()
    names = [ids[place] for place in tested]
    truth = np.array([one.truth[level][name] for name in names], dtype=object)
    lapped = np.array([name in one.lapped for name in names], dtype=bool)
    worded = np.any(fixed.session_context["said"], axis=1)[tested]
    classes = LEVELS[level]
    found = {
        "majority": majority(list(taught.values()), len(tested), classes),
        "rule": tuple(each[tested] for each in rule(level, one.workouts, fixed)),
    }
    for method, made in (("before", fixed), ("after", moved)):
        result = made.types if level == "activity" else made.sessions
        found[method] = _certain(result["label"][tested], result["probability"][tested], classes)
    return {method: Answers(truth, label, chance, lapped, worded) for method, (label, chance) in found.items()}


def _certain(label: Any, probability: Any, classes: Sequence[str]) -> tuple[Any, Any]:
    """An outlier is said without a probability, and a missing kind with none: both count as certain answers."""
    probability = probability.copy()
    if "outlier" in classes:
        probability[label == "outlier"] = [float(name == "outlier") for name in classes]
    # of a workout that was taken for an activity without kinds nothing is known
    empty = probability.sum(axis=1) == 0
    probability[empty] = 1.0 / len(classes)
    return np.where(empty, UNSURE, label), probability


def _pooled(answers: Iterable[Answers], classes: Sequence[str], group: str) -> dict[str, Any]:
    chosen = [(each, each.of(group)) for each in answers]
    if not sum(int(mask.sum()) for _, mask in chosen):
        return {"n": 0}
    return scores(
        np.concatenate([each.truth[mask] for each, mask in chosen]),
        np.concatenate([each.label[mask] for each, mask in chosen]),
        np.concatenate([each.probability[mask] for each, mask in chosen]), classes,
    )  # fmt: skip
