"""fitintel connect, connections and disconnect: accounts at other services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from fitintel.cli.console import Athlete, Json, emit, say, table, workbench

if TYPE_CHECKING:
    from fitintel.core.connections import Connection
    from fitintel.workbench.door import Workbench


def connect(
    service: Annotated[str, typer.Argument(help="strava or intervals.")],
    athlete: Athlete = None,
    key: Annotated[
        bool, typer.Option("--key", help="Use a personal API key; it is asked for, or read from a pipe.")
    ] = False,
    paste: Annotated[bool, typer.Option("--paste", help="Paste the address instead of being called back.")] = False,
    redirect: Annotated[
        str | None, typer.Option(help="The address that you were sent to: finishes what was begun before.")
    ] = None,
    port: Annotated[int, typer.Option(help="Port on this machine that the service calls back.")] = 8721,
    json: Json = False,
) -> None:
    """Connect an account: open the address that is printed, and allow reading your activities.

    Tokens are kept sealed. Nothing is fetched yet; that does: fitintel sync
    """
    with workbench() as bench:
        if key:
            made = bench.connect_with_key(service, _asked("API key", hidden=True), athlete_id=athlete)
        elif redirect is not None:
            made = bench.finish_connection(service, redirect, athlete_id=athlete)
        else:
            found = _led(bench, service, athlete, paste, port, json)
            if found is None:
                return
            made = found
    _say_connected(made, json)


def _led(
    bench: Workbench, service: str, athlete: str | None, paste: bool, port: int, as_json: bool
) -> Connection | None:
    uri = f"http://localhost:{port}/"
    started = bench.begin_connection(service, uri, athlete_id=athlete)
    if as_json:
        emit({"url": started.url, "next": f"fitintel connect {service} --redirect ADDRESS"})
        return None
    say(f"Open this address and allow it:\n\n{started.url}\n")
    if paste:
        say("Then copy the address of the page that you are sent to; that the page cannot be shown does not matter.")
        return bench.finish_connection(service, _asked("Address"), athlete_id=athlete)
    from fitintel.cli.listening import redirected

    say("Waiting for your answer (Ctrl-C to stop; --paste if the browser runs on another machine) ...")
    return bench.finish_connection(service, redirected(port), athlete_id=athlete)


def _asked(what: str, *, hidden: bool = False) -> str:
    import sys

    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    return str(typer.prompt(what, hide_input=hidden))


def _say_connected(made: Connection, as_json: bool) -> None:
    from fitintel.views.accounts import connection_dict, title

    if as_json:
        emit(connection_dict(made))
        return
    say(f"Connected {made.athlete_id} to {title(made.provider)} (account {made.account}). Next: fitintel sync")


def connections(athlete: Athlete = None, json: Json = False) -> None:
    """List connected accounts: state, last sync, and what to do about each."""
    from fitintel.views.accounts import connection_dict, connection_rows

    with workbench() as bench:
        found = bench.connections(athlete)
    if json:
        emit([connection_dict(each) for each in found])
    elif not found:
        say("No account is connected. Next: fitintel connect strava, or fitintel connect intervals")
    else:
        table(("athlete", "service", "state", "last sync", "what to know"), connection_rows(found))


def disconnect(
    service: Annotated[str, typer.Argument(help="strava or intervals.")],
    athlete: Athlete = None,
    forget: Annotated[
        bool, typer.Option("--forget", help="Also remove for good all that was fetched, and its workouts.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before removing.")] = False,
    json: Json = False,
) -> None:
    """Take the permission back and forget the tokens. Workouts stay, unless --forget removes them.

    Strava's terms want its data removed when an account is disconnected: use --forget for that.
    """
    if forget and not yes and not json:
        typer.confirm("Remove everything that was fetched from this service, for good?", abort=True)
    with workbench() as bench:
        done = bench.disconnect(service, athlete_id=athlete, forget=forget)
    if json:
        emit({"provider": done.provider, "revoked": done.revoked, "why_not": done.why_not, "removed": done.forgotten})
        return
    say("The permission was taken back." if done.revoked else "The tokens are forgotten here.")
    if done.why_not:
        say(f"The service did not confirm it: {done.why_not}")
    if forget:
        say(f"{done.forgotten:,} workouts were removed with everything that was fetched.")
    elif service == "strava":
        say("What was fetched stays. Strava's terms want it removed: fitintel disconnect strava --forget")
