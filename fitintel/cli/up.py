"""fitintel up --production | up status | up restart | up run."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from fitintel.cli.console import Json, emit, say, table

app = typer.Typer(help="Everything on this machine under one manager of processes, behind one gateway with TLS.")


@app.callback(invoke_without_command=True)
def up(
    context: typer.Context,
    production: Annotated[bool, typer.Option("--production", help="Gateway, log-in, databases, monitoring.")] = False,
    name: Annotated[str, typer.Option(help="Host as browsers know it.")] = "localhost",
    https_port: Annotated[int, typer.Option(help="Of the gateway.")] = 443,
    http_port: Annotated[int, typer.Option(help="Of the gateway; it leads to the other.")] = 80,
    address: Annotated[str, typer.Option(help="That the gateway listens at.")] = "0.0.0.0",
    without: Annotated[list[str] | None, typer.Option(help="A service that is left out; may be given again.")] = None,
    apps: Annotated[int, typer.Option(help="Instances of the athletes' app, 1 to 3.", min=1, max=3)] = 3,
    apis: Annotated[int, typer.Option(help="Instances of REST, 1 to 8.", min=1, max=8)] = 2,
    waf: Annotated[bool, typer.Option(help="Requests pass ModSecurity with the rules of OWASP.")] = True,
    check: Annotated[bool, typer.Option("--check", help="Write and check every configuration; start nothing.")] = False,
) -> None:
    """Start everything and stay; one Ctrl-C ends all of it. A process that ends or stops answering is started again.

    MariaDB, Redis, REST, the athletes' app, the coaches' pages, JupyterLab, MLflow, the schedule, figures, Prometheus,
    Alertmanager, and nginx before them. Only the gateway listens outside this machine's loopback.
    """
    if context.invoked_subcommand is not None:
        return
    from fitintel.core.errors import UsageError
    from fitintel.core.settings import read
    from fitintel.workbench.production import manager
    from fitintel.workbench.production.left_over import end_left_over
    from fitintel.workbench.production.places import places
    from fitintel.workbench.production.processes import common, processes
    from fitintel.workbench.production.wishes import Wishes

    if not (production or check):
        raise UsageError("fitintel up is for production", next="fitintel up --production, or for one person: "
                         "fitintel serve all")  # fmt: skip
    settings = read()
    place = places(settings)
    if not manager.running(place) and (left := end_left_over(place)):
        say(f"Left over from a manager that died, and ended: {', '.join(left)}.")
    wishes = Wishes(name, https_port, http_port, address, frozenset(without or ()), apps, apis, waf)
    place.make()
    made = processes(settings, place, wishes)
    manager.write(place, made, given := common(settings, place, wishes))
    place.keep(given)
    if check:
        from fitintel.workbench.production.checking import check as checked

        found = ", ".join(checked(place, made))
        say(f"{len(made)} processes can be started, for {wishes.public_url}. Checked: {found}.")
        return
    say(f"{len(made)} processes, at {wishes.public_url}. Their logs: {place.logs}. Ctrl-C ends all of them.")
    manager.start(place)


@app.command()
def status(json: Json = False) -> None:
    """Every process, and how it is; exit code 1 where one does not run."""
    from fitintel.core.settings import read
    from fitintel.workbench.production.places import places
    from fitintel.workbench.production.status import UP, told

    found = told(places(read()))
    if json:
        emit([asdict(one) for one in found])
    else:
        table(("process", "state", ""), [(one.name, one.state, one.says) for one in found])
    if any(one.state != UP and not one.waits for one in found):
        raise typer.Exit(1)


@app.command()
def restart(
    names: Annotated[list[str] | None, typer.Argument(help="Services or processes. Default: api and app.")] = None,
) -> None:
    """Start processes again one after another, as after an upgrade: the other instances answer meanwhile.

    The gateway reads its certificate anew, without an end of what passes.
    """
    from fitintel.core.settings import read
    from fitintel.workbench.production.places import places
    from fitintel.workbench.production.restarting import restart as again

    for name in again(places(read()), names or ()):
        say(f"{name} was started again.")


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def run(
    context: typer.Context,
    command: Annotated[str, typer.Argument(help="A command of fitintel; what it needs follows.")],
) -> None:
    """Run a command of fitintel on what is up: fitintel up run account add ann --role athlete."""
    import json
    import os
    import sys

    from fitintel.core.errors import NotFound
    from fitintel.core.settings import PREFIX, read
    from fitintel.workbench.production.places import places

    place = places(read())
    if not place.environment.exists():
        raise NotFound("Nothing was started in this workspace", where=str(place.root), next="fitintel up --production")
    given = json.loads(place.environment.read_text(encoding="utf-8"))
    line = [sys.executable, "-m", "fitintel", command, *context.args]
    # who sits at this machine needs no log-in
    os.execve(sys.executable, line, {**os.environ, **given, f"{PREFIX}ACCESS": "local"})


@app.command(hidden=True)
def scale() -> None:
    """Start and end workers by how many briefs wait; started by fitintel up."""
    from functools import partial

    from fitintel.cli.console import workbench
    from fitintel.workbench.production import status
    from fitintel.workbench.production.places import places
    from fitintel.workbench.production.process import service_of
    from fitintel.workbench.production.scaling import Scale
    from fitintel.workbench.scheduling.looking import due_now

    with workbench() as bench:
        place = places(bench.settings)
        Scale(
            lambda: due_now(bench),
            lambda: [one for name, one in sorted(status.by_name(place).items()) if service_of(name) == status.WORKERS],
            partial(status.start, place), partial(status.stop, place),
        ).forever()  # fmt: skip


@app.command(hidden=True)
def watch(
    probes: Annotated[Path, typer.Argument(help="JSON: process -> what it is asked.")],
    told: Annotated[bool, typer.Option("--told", help="Look when the manager says so, and end what is left.")] = False,
) -> None:
    """Ask every process whether it is well, again and again; started by fitintel up."""
    from functools import partial

    from fitintel.core.settings import read
    from fitintel.workbench.production.guarding import listen
    from fitintel.workbench.production.monitors import probes_of
    from fitintel.workbench.production.places import places
    from fitintel.workbench.production.status import again, by_name
    from fitintel.workbench.production.watching import Watch

    place = places(read())
    made = Watch(probes_of(probes), partial(by_name, place), partial(again, place))
    if told:
        listen(place, made.look)
    else:
        made.forever()
