"""The command line: one command per verb. Only the standard library and Typer load before a command runs."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from fitintel.cli import (
    account,
    add,
    advice,
    alerts,
    algorithms,
    athlete,
    audit,
    backup,
    brief,
    connect,
    consent,
    deliver,
    demo,
    doctor,
    duplicates,
    emergency,
    erase,
    evaluate,
    excuse,
    explain,
    export,
    goal,
    history,
    import_,
    keys,
    label,
    metrics,
    move,
    nightly,
    performance,
    plan,
    prefer,
    promotion,
    quarantine,
    query,
    repairs,
    replay,
    research,
    schedule,
    serve,
    squad,
    squads,
    sync,
    threshold,
    token,
    up,
    wellness,
    what_if,
    workouts,
)
from fitintel.cli.console import ACTING_AS
from fitintel.cli.registered import on_demand
from fitintel.core.errors import FitintelError

verbs = typer.Typer()
app = typer.Typer(
    name="fitintel",
    cls=on_demand(verbs),
    help="Fitness intelligence in which every number can be opened, replayed and trusted.\n\n"
    "Start with: fitintel brief (a simulated squad is made on first use), or fitintel import FILE.\n\n"
    "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with quarantined items.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def choose(
    context: typer.Context,
    as_: Annotated[str, typer.Option("--as", help="Account to ask as; for administrators, and noted.")] = "",
) -> None:
    """Fitness intelligence in which every number can be opened, replayed and trusted."""
    from fitintel.views.language import speaking

    ACTING_AS.set(as_)
    # a command may come to speak another language; it is forgotten with the command
    context.with_resource(speaking(None))


verbs.command("import")(import_.import_)
verbs.command("add")(add.add)
verbs.add_typer(wellness.app, name="wellness")
verbs.add_typer(threshold.app, name="threshold")
verbs.add_typer(goal.app, name="goal")
verbs.add_typer(plan.app, name="plan")
verbs.add_typer(excuse.app, name="excuse")
verbs.add_typer(label.app, name="label")
verbs.add_typer(athlete.app, name="athlete")
verbs.command("connect")(connect.connect)
verbs.command("sync")(sync.sync)
verbs.command("connections")(connect.connections)
verbs.command("disconnect")(connect.disconnect)
verbs.command("brief", cls=brief.DiffOfYesterday)(brief.brief)
verbs.command("history")(history.history)
verbs.command("squad")(squad.squad)
verbs.command("nightly")(nightly.nightly)
verbs.add_typer(schedule.app, name="schedule")
verbs.add_typer(deliver.app, name="deliver")
verbs.command("what-if")(what_if.what_if)
verbs.add_typer(alerts.app, name="alerts")
verbs.add_typer(advice.app, name="advice")
verbs.add_typer(algorithms.app, name="algorithms")
verbs.add_typer(audit.app, name="audit")
verbs.command("performance")(performance.performance)
verbs.command("repairs")(repairs.repairs)
verbs.command("explain")(explain.explain)
verbs.command("replay")(replay.replay)
verbs.add_typer(quarantine.app, name="quarantine")
verbs.add_typer(workouts.app, name="workouts")
verbs.add_typer(duplicates.app, name="duplicates")
verbs.command("query")(query.query)
verbs.command("export")(export.export)
verbs.add_typer(evaluate.app, name="evaluate")
for verb in (promotion.promote, promotion.approve, promotion.rollback, promotion.promotions, promotion.shadow,
             promotion.fairness):  # fmt: skip
    verbs.command(verb.__name__)(verb)
verbs.command("prefer")(prefer.prefer)
verbs.command("serve")(serve.serve)
verbs.command("erase")(erase.erase)
verbs.add_typer(keys.app, name="keys")
verbs.add_typer(research.app, name="research")
verbs.add_typer(account.app, name="account")
verbs.add_typer(squads.app, name="squads")
verbs.add_typer(consent.app, name="consent")
verbs.add_typer(token.app, name="token")
verbs.add_typer(emergency.app, name="emergency")
verbs.add_typer(up.app, name="up")
verbs.command("metrics")(metrics.metrics)
verbs.add_typer(backup.app, name="backup")
verbs.command("restore")(backup.restore)
verbs.command("demo")(demo.demo)
verbs.command("move")(move.move)
verbs.command("doctor")(doctor.doctor)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; errors say what, where, why and what next, never a traceback."""
    try:
        app(arguments)
    except FitintelError as error:
        _say_error(error, arguments)
        raise SystemExit(error.exit_code) from None
    except KeyboardInterrupt:
        print("\nStopped. What was finished is kept; run the same command again to go on.", file=sys.stderr)
        raise SystemExit(1) from None
    except BrokenPipeError:
        # the reader of a pipe (head, less) has seen enough
        sys.stderr.close()
        raise SystemExit(0) from None
    except Exception as error:  # noqa: BLE001  the last line of defence: a person gets a sentence, a file the traceback
        _keep_crash(error)
        raise SystemExit(1) from None


def _keep_crash(error: Exception) -> None:
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="fitintel-crash-", suffix=".txt", delete=False) as file:
        file.write("".join(traceback.format_exception(error)))
    print(f"Error: fitintel met something it does not expect ({type(error).__name__})", file=sys.stderr)
    print(f"  where {file.name}", file=sys.stderr)
    print("  next  nothing was half written; report this with that file", file=sys.stderr)


def _say_error(error: FitintelError, arguments: list[str] | None) -> None:
    words: dict[str, Any] = {"what": error.what, "where": error.where, "why": error.why, "next": error.next}
    if "--json" in (arguments if arguments is not None else sys.argv):
        import json

        print(json.dumps({"error": {"kind": type(error).__name__, **words}}, ensure_ascii=False))
        return
    print(f"Error: {error.what}", file=sys.stderr)
    for part in ("where", "why", "next"):
        if words[part]:
            print(f"  {part:<6}{words[part]}", file=sys.stderr)
