"""fitintel evaluate ID --challenger VERSION: another version of an algorithm against the one in use."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from fitintel.cli.console import Json, emit, progress, say, table, workbench

COMMAND = "algorithm"


class OrAlgorithm(TyperGroup):
    """Commands by name; any other first word is an algorithm's id."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command of that name, else `algorithm` with the word as its first argument."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            args = [COMMAND, *args]
        return super().resolve_command(ctx, args)


def challenge(
    algorithm: Annotated[str, typer.Argument(metavar="ID", help="Algorithm id; the word algorithm may be left out.")],
    challenger: Annotated[str, typer.Option("--challenger", help="Version to compare with the one in use.")] = "",
    squad: Annotated[bool, typer.Option("--squad", help="On a simulated squad instead of what is stored.")] = False,
    athletes: Annotated[list[str] | None, typer.Option(help="Athlete id; may be repeated. Default: all.")] = None,
    size: Annotated[int | None, typer.Option(min=1, help="Athletes of the squad. Default: the policy's.")] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of the squad. Default: the policy's.")] = None,
    groups: Annotated[
        str | None, typer.Option(help="CSV file: athlete, then columns such as sex and age_band; not kept.")
    ] = None,
    json: Json = False,
) -> None:
    """Another version against the one in use, on the same histories, and the gate's decision: evaluate ID --challenger
    VERSION."""  # fmt: skip
    from fitintel.cli.groups import read
    from fitintel.core.errors import UsageError
    from fitintel.views.promotions import challenge_text, group_rows

    with workbench() as bench, progress() as tell:
        use, known = bench.version_in_use(algorithm), bench.versions(algorithm)
        if not challenger:
            raise UsageError(
                "A challenger is missing", why=f"{algorithm} {use} is in use; versions: {', '.join(known)}",
                next=f"fitintel evaluate {algorithm} --challenger VERSION",
            )  # fmt: skip
        kept, _ = bench.compare_versions(
            algorithm, challenger, squad=squad, athletes=athletes or (), size=size, seed=seed, groups=read(groups),
            progress=tell,
        )  # fmt: skip
    if json:
        emit({"evaluation": kept.id, **kept.document})
        return
    say(challenge_text(kept.document, kept.id))
    header, rows = group_rows(kept.document)
    if rows:
        say()
        table(header, rows, right=range(1, 5))
