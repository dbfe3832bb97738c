"""What is typed is taken as it is where an option wants text: Typer would load pydantic to make of it the same text."""

from __future__ import annotations

from typing import Any


class AsGiven:
    """What converts an option's value: no value and plain text stay what they are, Typer converts the rest."""

    def __init__(self, option: Any) -> None:
        descriptor = option.type_descriptor
        self._text = descriptor.annotation is str and descriptor.parameter_info.parser is None
        self._converter = option.get_runtime_param

    def coerce(self, value: Any, *, param: Any, ctx: Any) -> Any:
        """The value that a command gets."""
        if param.multiple or param.nargs != 1:
            return self._converter().coerce(value, param=param, ctx=ctx)
        # what is not ASCII may not be text at all: Typer checks it
        if value is None or (self._text and isinstance(value, str) and value.isascii()):
            return value
        return self._converter().coerce(value, param=param, ctx=ctx)


def takes_text(command: Any) -> Any:
    """The command, with its inner ones, whose options and arguments convert only what needs it."""
    whole = command.get_help_option

    def get_help_option(context: Any) -> Any:
        option = whole(context)  # the same one each time
        return None if option is None else _lightened(option)

    for option in command.params:
        _lightened(option)
    command.get_help_option = get_help_option
    for inner in getattr(command, "commands", {}).values():
        takes_text(inner)
    return command


def _lightened(option: Any) -> Any:
    if "get_runtime_param" not in vars(option):
        taken = AsGiven(option)
        option.get_runtime_param = lambda: taken
    return option
