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
from fitintel.core.errors import FitintelError

app = typer.Typer(
    name="fitintel",
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


app.command("import")(import_.import_)
app.command("add")(add.add)
app.add_typer(wellness.app, name="wellness")
app.add_typer(threshold.app, name="threshold")
app.add_typer(goal.app, name="goal")
app.add_typer(plan.app, name="plan")
app.add_typer(excuse.app, name="excuse")
app.add_typer(label.app, name="label")
app.add_typer(athlete.app, name="athlete")
app.command("connect")(connect.connect)
app.command("sync")(sync.sync)
app.command("connections")(connect.connections)
app.command("disconnect")(connect.disconnect)
app.command("brief", cls=brief.DiffOfYesterday)(brief.brief)
app.command("history")(history.history)
app.command("squad")(squad.squad)
app.command("nightly")(nightly.nightly)
app.add_typer(schedule.app, name="schedule")
app.add_typer(deliver.app, name="deliver")
app.command("what-if")(what_if.what_if)
app.add_typer(alerts.app, name="alerts")
app.add_typer(advice.app, name="advice")
app.add_typer(algorithms.app, name="algorithms")
app.add_typer(audit.app, name="audit")
app.command("performance")(performance.performance)
app.command("repairs")(repairs.repairs)
app.command("explain")(explain.explain)
app.command("replay")(replay.replay)
app.add_typer(quarantine.app, name="quarantine")
app.add_typer(workouts.app, name="workouts")
app.add_typer(duplicates.app, name="duplicates")
app.command("query")(query.query)
app.command("export")(export.export)
app.add_typer(evaluate.app, name="evaluate")
for verb in (promotion.promote, promotion.approve, promotion.rollback, promotion.promotions, promotion.shadow,
             promotion.fairness):  # fmt: skip
    app.command(verb.__name__)(verb)
app.command("prefer")(prefer.prefer)
app.command("serve")(serve.serve)
app.command("erase")(erase.erase)
app.add_typer(keys.app, name="keys")
app.add_typer(research.app, name="research")
app.add_typer(account.app, name="account")
app.add_typer(squads.app, name="squads")
app.add_typer(consent.app, name="consent")
app.add_typer(token.app, name="token")
app.add_typer(emergency.app, name="emergency")
app.add_typer(up.app, name="up")
app.command("metrics")(metrics.metrics)
app.add_typer(backup.app, name="backup")
app.command("restore")(backup.restore)
app.command("demo")(demo.demo)
app.command("doctor")(doctor.doctor)


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
