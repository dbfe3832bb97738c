"""Putting a version in use: judged first, approved by a second person where there are accounts, and taken back."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fitintel.access.actor import LOCAL_OWNER, Action, Kind, Role, service
from fitintel.core.errors import NotAllowed, NotFound, UsageError
from fitintel.core.promotion import Approval, Evaluation, Promotion, Step, champions, in_force
from fitintel.intelligence import registry
from fitintel.workbench import cases as cases_
from fitintel.workbench import challenge as challenge_
from fitintel.workbench import policy as policy_
from fitintel.workbench.affected import affected
from fitintel.workbench.challenge import Challenge

if TYPE_CHECKING:
    from fitintel.workbench.door import AthleteDoor, Door, Progress

NO_SECOND = "no second person: a workspace without accounts has one owner"


def in_use(bench: Door, algorithm: str) -> str:
    """The version of an algorithm that briefs are made with."""
    usual = registry.get(algorithm).card.version
    return champions(bench.store.promotions(algorithm)).get(algorithm, usual)


def evaluate(
    bench: AthleteDoor, algorithm: str, challenger: str, *, squad: bool = False, athletes: Sequence[str] = (),
    groups: cases_.Table | None = None, size: int | None = None, seed: int | None = None,
    progress: Progress | None = None,
) -> tuple[Evaluation, Challenge]:  # fmt: skip
    """Champion and challenger on what is stored here, or on a simulated squad; kept, whatever the gate decides.

    `groups` says of athletes what is not stored (sex, age band); `size` and `seed` are those of the squad.
    """
    bench.may(Action.EXECUTE, kind=Kind.EXPERIMENT)
    policy = policy_.read()
    champion = in_use(bench, algorithm)
    registry.get(algorithm, challenger)
    found = cases_.chosen(bench, policy, squad=squad, athletes=athletes, groups=groups, size=size, seed=seed,
                      progress=progress)  # fmt: skip
    of = "a simulated squad" if squad else "stored histories"
    made = challenge_.challenge(found, algorithm, champion, challenger, policy, of=of, progress=progress)
    kept = Evaluation(challenge_.identity(made), algorithm, champion, challenger, bench.actor.id, datetime.now(UTC),
                      policy.digest, made.passed, made.as_dict())  # fmt: skip
    bench.store.put_evaluation(kept)
    return kept, made


def promote(
    bench: AthleteDoor, algorithm: str, version: str, *, why: str = "", evaluation_id: str | None = None,
    progress: Progress | None = None,
) -> Promotion:  # fmt: skip
    """Put a challenger in use that the gate has let pass under today's policy, against the version now in use.

    Without accounts the owner decides alone, and the row says so; else it holds once somebody else approves. The
    figures that it changes are kept with it. Raises NotFound without such an evaluation, NotAllowed with the gate's
    reasons.
    """
    bench.may(Action.PROPOSE, kind=Kind.PROMOTION)
    registry.get(algorithm, version)
    before = in_use(bench, algorithm)
    if version == before:
        raise UsageError(f"{algorithm} {version} is in use already")
    digest = policy_.read().digest
    judged = [one for one in bench.store.evaluations(algorithm)
              if (one.champion, one.challenger, one.policy) == (before, version, digest)
              and evaluation_id in (None, one.id)]  # fmt: skip
    if not judged:
        raise NotFound(f"No evaluation holds {algorithm} {version} against {before} under today's policy",
                       next=f"fitintel evaluate {algorithm} --challenger {version}")  # fmt: skip
    last = judged[-1]
    if not last.passed:
        failed = [one for one in last.document["reasons"] if not one["holds"]]
        tried = {"version": version, "evaluation": last.id}
        bench.audit.add([bench.entry("promotion", algorithm, "promote", why, tried, outcome="refused")])
        raise NotAllowed(
            f"The gate refuses {algorithm} {version}", where=f"evaluation {last.id}",
            why="; ".join(f"not so: {one['asks']} ({one['says']})" for one in failed),
            next="bring a better challenger; the version in use stays",
        )  # fmt: skip
    if not last.document["metric"] and not why.strip():
        raise UsageError(f"{algorithm} is not comparable by outcome, so a reason is needed", next='say it: --why "..."')
    alone = bench.actor == LOCAL_OWNER
    return _kept(bench, Promotion(_new(), algorithm, version, before, Step.PROMOTE, bench.actor.id, datetime.now(UTC),
                                  why.strip(), last.id, alone=alone), progress)  # fmt: skip


def approve(bench: Door, promotion_id: str, why: str = "") -> Promotion:
    """A second person's word; the promotion then holds. Raises NotAllowed for who asked for it."""
    bench.may(Action.READ, kind=Kind.PROMOTION)
    waiting = {one.id: one for one in bench.store.promotions()}
    if promotion_id not in waiting:
        raise NotFound(f"There is no promotion {promotion_id}", next="see them with: fitintel promotions")
    one = waiting[promotion_id]
    if one.since is not None:
        raise UsageError(f"Promotion {promotion_id} holds already")
    if one.by == bench.actor.id:
        entry = bench.entry("promotion", one.algorithm, "approve", why, {"promotion": one.id}, outcome="refused")
        bench.audit.add([entry])
        raise NotAllowed(f"{one.by} may not approve their own promotion", why="a second person has to look at it")
    bench.may(Action.APPROVE, kind=Kind.PROMOTION, owner=one.by)
    bench.store.approve(Approval(promotion_id, bench.actor.id, datetime.now(UTC), why.strip()))
    bench.audit.add([bench.entry("promotion", one.algorithm, "approve", why, {"promotion": one.id})])
    return next(each for each in bench.store.promotions() if each.id == promotion_id)


def roll_back(bench: AthleteDoor, algorithm: str, *, why: str = "", progress: Progress | None = None) -> Promotion:
    """Put the version in use that was in use before the promotion that holds; needs nobody else."""
    # nobody's own decision: whoever approves may go back
    bench.may(Action.APPROVE, kind=Kind.PROMOTION, owner=algorithm)
    held = in_force(bench.store.promotions(algorithm)).get(algorithm)
    if held is None:
        raise NotFound(f"{algorithm} was never promoted", why=f"{in_use(bench, algorithm)} came with the release",
                       next="see what was: fitintel promotions")  # fmt: skip
    registry.get(algorithm, held.before)
    return _kept(bench, Promotion(_new(), algorithm, held.before, held.version, Step.ROLL_BACK, bench.actor.id,
                                  datetime.now(UTC), why.strip(), None, alone=True), progress)  # fmt: skip


def _new() -> str:
    return f"p-{uuid.uuid4().hex[:20]}"


def _kept(bench: AthleteDoor, one: Promotion, progress: Progress | None) -> Promotion:
    """Keep it first: what holds must not wait for the briefs that are compared."""
    bench.store.put_promotion(one)
    alone = NO_SECOND if one.step is Step.PROMOTE else "not needed to go back"
    said = {"version": one.version, "before": one.before, "promotion": one.id, "evaluation": one.evaluation_id,
            "approval": alone if one.alone else "awaited"}  # fmt: skip
    bench.audit.add([bench.entry("promotion", one.algorithm, one.step.value, one.why, said)])
    # figures of everybody: computed by the workspace, whoever promotes, and shown to those who may see them
    whole = bench if bench.actor.is_owner else type(bench)(bench.settings, service(Role.SVC_NIGHTLY), why=one.id)
    rows = affected(whole, one.algorithm, one.before, one.version, progress=progress)
    bench.vault.put_affected(one.id, rows)
    return one
