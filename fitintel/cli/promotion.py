"""fitintel promote, rollback, approve, promotions, shadow, fairness: which version is in use, and why."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from fitintel.cli.console import Json, emit, progress, say, table, workbench

Id = Annotated[str, typer.Argument(metavar="ID", help="Algorithm id, as listed by fitintel algorithms.")]
Version = Annotated[str, typer.Argument(metavar="VERSION", help="Version, MAJOR.MINOR.PATCH.")]
Why = Annotated[str, typer.Option(help="Reason; it stands in the record.")]


def promote(
    algorithm: Id, version: Version, why: Why = "",
    evaluation: Annotated[str | None, typer.Option(help="Evaluation id. Default: the latest one.")] = None,
    json: Json = False,
) -> None:  # fmt: skip
    """Put a challenger in use that the gate has let pass; refused with the reasons otherwise."""
    from fitintel.views.promotions import affected_text, approved

    with workbench() as bench, progress() as tell:
        made = bench.promote(algorithm, version, why=why, evaluation_id=evaluation, progress=tell)
        rows = bench.changed_figures(made.id).get(made.id, ())
        bench.track(wait=False)
    if json:
        emit({"promotion": asdict(made), "affected": [asdict(one) for one in rows]})
        return
    holds = "is in use" if made.since else f"waits for a second person: fitintel approve {made.id}"
    say(f"{algorithm} {version} {holds}; it takes the place of {made.before} ({made.id}; approval: {approved(made)}).")
    say(affected_text(rows))


def approve(
    promotion: Annotated[str, typer.Argument(metavar="PROMOTION", help="Promotion id (p-...).")], why: Why = "",
    json: Json = False,
) -> None:  # fmt: skip
    """Agree to a promotion that somebody else asked for; it then holds."""
    with workbench() as bench:
        made = bench.approve_promotion(promotion, why)
        bench.track(wait=False)
    if json:
        emit(asdict(made))
    else:
        say(f"{made.algorithm} {made.version} is in use.")


def rollback(algorithm: Id, why: Why = "", json: Json = False) -> None:
    """Put the version in use that was in use before the last promotion."""
    from fitintel.views.promotions import affected_text

    with workbench() as bench, progress() as tell:
        made = bench.roll_back(algorithm, why=why, progress=tell)
        rows = bench.changed_figures(made.id).get(made.id, ())
        bench.track(wait=False)
    if json:
        emit({"promotion": asdict(made), "affected": [asdict(one) for one in rows]})
        return
    say(f"{algorithm} {made.version} is in use again; {made.before} stays readable ({made.id}).")
    say(affected_text(rows))


def promotions(
    algorithm: Annotated[str | None, typer.Argument(metavar="[ID]", help="Only of this algorithm.")] = None,
    figures: Annotated[
        str | None, typer.Option(help="Promotion id: list the figures that it changed, as they were then.")
    ] = None,
    json: Json = False,
) -> None:
    """Who put which version in use, when and why, and how many figures of latest briefs it changed; oldest first."""
    from fitintel.core.errors import UnknownName
    from fitintel.views.promotions import affected_text, promotion_rows

    with workbench() as bench:
        found = bench.promotions(algorithm)
        changed = bench.changed_figures()
    if figures is not None and figures not in {one.id for one in found}:
        raise UnknownName("promotion", figures, [one.id for one in found], next="fitintel promotions")
    rows = changed.get(figures or "", ())
    if json:
        emit({"promotions": [{**asdict(one), "figures": len(changed.get(one.id, ()))} for one in found],
              "affected": [asdict(one) for one in rows]})  # fmt: skip
        return
    if not found:
        say("Nothing was promoted: every version in use came with the release.")
        return
    table(*promotion_rows(found, changed), right=(9,))
    if figures:
        say()
        say(affected_text(rows))


def shadow(
    algorithm: Annotated[str, typer.Argument(metavar="ID|report", help="Algorithm id, or: report.")] = "report",
    version: Annotated[str | None, typer.Argument(metavar="[VERSION]", help="Version to run in the shadow.")] = None,
    state: Annotated[str, typer.Argument(metavar="[on|off]", help="on or off.")] = "on",
    json: Json = False,
) -> None:
    """Run a version beside the one in use whenever a brief is made, without showing it; report compares both."""
    from fitintel.core.errors import UnknownName, UsageError
    from fitintel.views.promotions import shadow_rows

    with workbench() as bench:
        if algorithm == "report":
            found = bench.shadow_report()
            if json:
                emit(asdict(found))
                return
            on = ", ".join(f"{name} {which}" for name, which in found.on) or "nothing"
            say(f"In the shadow now: {on}. {len(found.failed)} runs failed.")
            if found.rows:
                table(*shadow_rows(found.rows), right=range(4, 11))
            for one in found.failed[:5]:
                say(f"failed: {one.algorithm} {one.version} for {one.athlete_id}: {one.error}")
            return
        if version is None:
            raise UsageError("A version is missing", next=f"fitintel shadow {algorithm} VERSION on")
        if state not in ("on", "off"):
            raise UnknownName("state", state, ("on", "off"))
        said = bench.shadow(algorithm, version, state == "on")
    if json:
        emit(asdict(said))
    else:
        say(f"{algorithm} {version} is {'run' if said.on else 'no longer run'} in the shadow of each new brief.")


def fairness(
    algorithm: Annotated[list[str] | None, typer.Option(help="Algorithm id. Default: all that outcomes judge.")] = None,
    squad: Annotated[bool, typer.Option("--squad", help="On a simulated squad instead of what is stored.")] = False,
    size: Annotated[int | None, typer.Option(min=1, help="Athletes of the squad.")] = None,
    groups: Annotated[
        str | None, typer.Option(help="CSV file: athlete, then columns such as sex and age_band; not kept.")
    ] = None,
    month: Annotated[str | None, typer.Option(help="YYYY-MM of the report. Default: this month.")] = None,
    json: Json = False,
) -> None:
    """Error, coverage, alerts and missing answers by group; alerts on gaps beyond the policy's tolerance."""
    from fitintel.cli.groups import read

    with workbench() as bench, progress() as tell:
        found = bench.fairness(algorithms=algorithm or (), squad=squad, size=size, groups=read(groups), month=month,
                               progress=tell)  # fmt: skip
        bench.track(wait=False)
        if json:
            emit({"reports": [one.as_dict() for one in found]})
            return
        for one in found:
            say(one.text)
            say()
