"""The commands as they are registered, each built only when it is asked for: help needs their names and first lines.

Building all takes as long as starting the interpreter three times, for options that only one command reads.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any, cast

from typer import Typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info, get_group_from_info, solve_typer_info_help
from typer.models import CommandInfo, TyperInfo

from fitintel.cli.as_given import takes_text


class Registered(Mapping[str, Any]):
    """Name -> click's command, of what is registered under `verbs`; each by its explicit name."""

    def __init__(self, verbs: Typer) -> None:
        infos: list[CommandInfo | TyperInfo] = [*verbs.registered_commands, *verbs.registered_groups]
        self._registered = {str(info.name): info for info in infos}
        self._built: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._built:
            info = self._registered[name]
            if isinstance(info, CommandInfo):
                built: Any = get_command_from_info(info, pretty_exceptions_short=True, rich_markup_mode=None)
            else:
                built = get_group_from_info(info, pretty_exceptions_short=True, suggest_commands=True,
                                            rich_markup_mode=None)  # fmt: skip
            self._built[name] = takes_text(built)
        return self._built[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._registered)

    def __len__(self) -> int:
        return len(self._registered)

    def described(self) -> TyperGroup:
        """A group of commands of the same names and help, without options: enough to list them."""
        return TyperGroup(commands={name: TyperCommand(name, help=_help(info), rich_markup_mode=None)
                                    for name, info in self._registered.items()})  # fmt: skip


def on_demand(verbs: Typer) -> type[TyperGroup]:
    """The class of a group whose commands are those of `verbs`."""

    class OnDemand(TyperGroup):
        def __init__(self, **given: Any) -> None:
            super().__init__(**given)
            takes_text(self)
            self.commands = cast(Any, Registered(verbs))  # read only

        def format_commands(self, ctx: Any, formatter: Any) -> None:
            Registered(verbs).described().format_commands(ctx, formatter)

    return OnDemand


def _help(info: CommandInfo | TyperInfo) -> str:
    if isinstance(info, TyperInfo):
        return solve_typer_info_help(info)
    return info.help or inspect.getdoc(info.callback) or ""
