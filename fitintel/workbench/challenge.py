"""Champion against challenger on the same histories, and the gate that decides by the policy, reason by reason."""

from __future__ import annotations

import inspect
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitintel.core import snapshot
from fitintel.core.answers import key_of
from fitintel.core.errors import UsageError
from fitintel.core.records import Athlete
from fitintel.intelligence import registry
from fitintel.intelligence.brief import compose
from fitintel.workbench import fairness, outcomes
from fitintel.workbench.fairness import Fairness
from fitintel.workbench.outcomes import Case, Gain, Pair
from fitintel.workbench.outcomes_forecast import NOMINAL
from fitintel.workbench.policy import Contest, Policy

if TYPE_CHECKING:
    from fitintel.workbench.door import Progress

ROOT = Path(__file__).resolve().parents[2]
"""of the project: where golden outputs lie"""
GOLDEN = Path("tests", "golden")
BRIEFS = 3
"""athletes whose briefs are made with the challenger"""
QUIET = 3
"""d without a workout"""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that the gate asks, and the answer."""

    asks: str
    holds: bool
    says: str


@dataclass(frozen=True, slots=True)
class GroupGain:
    """The challenger's gain in one group."""

    by: str
    group: str
    gain: Gain
    judged: bool


@dataclass(frozen=True, slots=True)
class Challenge:
    """Both versions, measured, and the decision."""

    algorithm: str
    champion: str
    challenger: str
    of: str
    """squad, or stored histories"""
    metric: str
    """empty: not comparable by outcome"""
    athletes: int
    gain: Gain | None
    groups: tuple[GroupGain, ...]
    bias: tuple[Fairness, Fairness] | None
    """reports on champion and challenger"""
    reasons: tuple[Reason, ...]
    policy: str

    @property
    def passed(self) -> bool:
        """Whether the challenger may take the champion's place."""
        return all(reason.holds for reason in self.reasons)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON; what cannot be told is None."""
        plain = json.loads(json.dumps(asdict(self)), parse_constant=lambda _: None)
        return {**plain, "passed": self.passed}


def challenge(
    cases: Sequence[Case], algorithm: str, champion: str, challenger: str, policy: Policy, *, of: str,
    root: Path | None = None, progress: Progress | None = None,
) -> Challenge:  # fmt: skip
    """Run both versions on every history and decide. `root` is where golden outputs are looked for."""
    if champion == challenger:
        raise UsageError(f"{algorithm} {champion} is in use already",
                         next=f"versions: {', '.join(registry.versions(algorithm))}")  # fmt: skip
    registry.get(algorithm, champion)
    contest = policy.contest(registry.get(algorithm, challenger).card)
    pairs: list[Pair] = []
    if contest.outcome != "none":
        for done, case in enumerate(cases):
            if progress:
                progress(done, len(cases), f"comparing on {case.athlete_id}")
            pair = outcomes.judge(case, algorithm, (champion, challenger), contest)
            pairs += [pair] if pair is not None else []
    overall: Gain | None = None
    groups: tuple[GroupGain, ...] = ()
    bias: tuple[Fairness, Fairness] | None = None
    reasons = [_card(algorithm, challenger), *_tests(algorithm, challenger, root or ROOT),
               _told(cases, algorithm, (champion, challenger))]  # fmt: skip
    if pairs:
        overall = outcomes.gain(contest.metric, pairs, policy.interval)
        groups = _groups(pairs, contest, policy)
        sides = {champion: "champion", challenger: "challenger"}
        old, new = (
            fairness.report(algorithm, version, [(one.athlete_id, one.groups, getattr(one, side)) for one in pairs],
                            policy, of=of)
            for version, side in sides.items()
        )  # fmt: skip
        bias = old, new
        reasons += [_wins(overall, contest, policy), _answers(pairs, contest), *_holds(pairs, contest),
                    *_loses_nowhere(groups, contest), *_fair(old, new)]  # fmt: skip
    else:
        reasons += _incomparable(contest)
    return Challenge(algorithm, champion, challenger, of, contest.metric if pairs else "", len(cases), overall, groups,
                     bias, tuple(reasons), policy.digest)  # fmt: skip


def identity(one: Challenge) -> str:
    """Id of an evaluation: equal figures and policy give the equal id."""
    return "e-" + snapshot.digest(one.as_dict())[:20]


def _card(algorithm: str, version: str) -> Reason:
    card = registry.get(algorithm, version).card
    return Reason("it has a card", True, f"{card.badge}: {card.source}")


def _tests(algorithm: str, version: str, root: Path) -> list[Reason]:
    file = GOLDEN / f"{algorithm}@{version}.json"
    there = (root / file).is_file()
    example = ">>>" in (inspect.getdoc(registry.get(algorithm, version).function) or "")
    missing = "" if there else " is missing: record it with make golden"
    return [
        Reason("its outputs are pinned", there, f"{file}{missing}"),
        Reason("it has an example that runs", example, "in its docstring" if example else "its docstring has none"),
    ]


def _told(cases: Sequence[Case], algorithm: str, versions: tuple[str, str]) -> Reason:
    """Whether what it gives is what briefs tell: composed with both versions, for a few of the athletes."""
    asks, some = "briefs can be made with it, and lose no figure", cases[:BRIEFS]
    # on a day of training, and on one without news
    for case, later in product(some, (0, QUIET)):
        athlete, day = Athlete(case.athlete_id, case.athlete_id), int(case.workouts["day"][-1]) + later
        try:
            old, new = (
                compose(
                    athlete,
                    case.workouts,
                    day,
                    champions={algorithm: version},
                    thresholds=case.given.get("thresholds", ()),
                ).brief.insights
                for version in versions
            )
        except outcomes.FAILURES as error:
            return Reason(asks, False, f"that of {case.athlete_id} fails: {type(error).__name__}: {error}")
        given = {(one.section, key_of(one)): one.values for one in new}
        lost = sorted({
            f"{one.code} {name}" for one in old for name, value in one.values.items()
            if value is not None and given.get((one.section, key_of(one)), {name: 0}).get(name) is None
        })  # fmt: skip
        if lost:
            return Reason(asks, False, f"that of {case.athlete_id} lacks {len(lost)}: {', '.join(lost[:6])}")
    return Reason(asks, bool(some), f"made for {len(some)} athletes" if some else "there is no history to make one of")


def _groups(pairs: Sequence[Pair], contest: Contest, policy: Policy) -> tuple[GroupGain, ...]:
    found = []
    for by in policy.groups.monitored:
        for name in sorted({pair.groups[by] for pair in pairs if by in pair.groups}):
            some = [pair for pair in pairs if pair.groups.get(by) == name]
            if len(some) < policy.groups.smallest_told:
                continue
            one = outcomes.gain(contest.metric, some, policy.interval)
            large = one.athletes >= policy.groups.min_athletes and one.events >= policy.groups.min_events
            found.append(GroupGain(by, name, one, large))
    return tuple(found)


def _wins(one: Gain, contest: Contest, policy: Policy) -> Reason:
    asks = f"it wins on {contest.metric} over athletes"
    if one.low is None or one.gain is None:
        return Reason(asks, False, f"{one.athletes} athletes give no interval")
    if one.athletes < policy.groups.min_athletes:
        return Reason(asks, False, f"{one.athletes} athletes are too few: {policy.groups.min_athletes} are needed")
    return Reason(asks, one.low > contest.margin, f"{told(one, contest.metric)}; to be above {contest.margin:g}")


def told(one: Gain, metric: str) -> str:
    """A gain in words."""
    if one.gain is None:
        return "nothing to compare"
    span = "" if one.low is None else f" (interval {one.low:+.4f} to {one.high:+.4f})"
    return f"{metric} {one.champion:.4f} -> {one.challenger:.4f}, gain {one.gain:+.4f}{span}, {one.athletes} athletes"


def _answers(pairs: Sequence[Pair], contest: Contest) -> Reason:
    events = sum(pair.champion.events for pair in pairs)
    missing = [sum(one.abstain * one.events for one in side if one.abstain == one.abstain) / events
               for side in ([pair.champion for pair in pairs], [pair.challenger for pair in pairs])]  # fmt: skip
    more = missing[1] - missing[0]
    return Reason(
        "it answers as often", more <= contest.abstain, f"without answer {missing[0]:.1%} -> {missing[1]:.1%}"
    )


def _holds(pairs: Sequence[Pair], contest: Contest) -> list[Reason]:
    """Of forecasts: whether the intervals hold as often as they say, or no less so than those of the champion."""
    if not contest.coverage:
        return []
    held = [[(one.coverage, one.events) for one in side if one.coverage == one.coverage]
            for side in ([pair.champion for pair in pairs], [pair.challenger for pair in pairs])]  # fmt: skip
    shares = [sum(share * n for share, n in side) / max(1, sum(n for _, n in side)) for side in held]
    off = [abs(share - NOMINAL) for share in shares]
    return [Reason("its intervals hold as often as they say", off[1] <= max(contest.coverage, off[0]),
                   f"{shares[0]:.1%} -> {shares[1]:.1%} of outcomes inside, of {NOMINAL:.0%} promised; "
                   f"{contest.coverage:.0%} off is allowed")]  # fmt: skip


def _loses_nowhere(groups: Sequence[GroupGain], contest: Contest) -> list[Reason]:
    asks = "it loses in no monitored group"
    lost = [
        Reason(f"it does not lose for {one.by} {one.group}", False, told(one.gain, contest.metric))
        for one in groups
        if one.judged and one.gain.gain is not None and one.gain.high is not None
        and (one.gain.gain < -contest.group_loss or one.gain.high < 0)
    ]  # fmt: skip
    judged = [f"{one.by} {one.group}" for one in groups if one.judged]
    small = [f"{one.by} {one.group} ({one.gain.athletes})" for one in groups if not one.judged]
    says = f"judged: {', '.join(judged) or 'no group is large enough'}"
    says += f"; too small: {', '.join(small)}" if small else ""
    return lost or [Reason(asks, bool(judged), says)]


def _fair(old: Fairness, new: Fairness) -> list[Reason]:
    """Every alarm that the champion does not raise as loudly stops the challenger."""
    before = {(gap.by, gap.figure): gap for gap in old.gaps}
    worse = []
    for gap in new.alarms:
        known = before.get((gap.by, gap.figure))
        if known is None or not known.alarm or gap.gap > known.gap:
            worse.append(Reason(f"its bias report has no new alert for {gap.by} {gap.worst}", False, gap.text))
    says = f"{len(new.gaps)} gaps, {len(new.alarms)} of them alerts, which the version in use raises too"
    return worse or [Reason("it has a bias report without a new alert", True, says)]


def _incomparable(contest: Contest) -> list[Reason]:
    if contest.outcome == "none":
        return [Reason("nothing says which is right", True, f"not comparable by outcome: {contest.why}")]
    what = {"forecast": "no history is long enough", "classification": "there are no labels: take --squad",
            "planted_faults": "planted faults are known of simulated athletes only: take --squad",
            "planted_changes": "planted changes are known of simulated athletes only: take --squad"}  # fmt: skip
    return [Reason(f"it wins on {contest.metric} over athletes", False, what[contest.outcome])]
