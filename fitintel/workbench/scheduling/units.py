"""The schedule for a machine that has a scheduler of its own: a line for cron, a unit for systemd."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

CRON_MINUTES = 10
"""from one look to the next"""


def cron(command: Sequence[str], home: Path, folder: Path) -> str:
    """A crontab line: a look every ten minutes, in `folder`, where the `.env` stands.

    >>> print(cron(["/opt/fit/bin/fitintel"], Path("/srv/100% fit"), Path("/srv")))
    */10 * * * * cd /srv && FITINTEL_HOME='/srv/100\\% fit' /opt/fit/bin/fitintel schedule once >> '/srv/100\\% fit/schedule.log' 2>&1
    """  # noqa: E501  as it is printed
    look = shlex.join([*command, "schedule", "once"])
    line = f"cd {_shell(folder)} && FITINTEL_HOME={_shell(home)} {look} >> {_shell(home / 'schedule.log')} 2>&1"
    # cron reads an unescaped % as the end of the line
    return f"*/{CRON_MINUTES} * * * * " + line.replace("%", r"\%")


def systemd(command: Sequence[str], home: Path, folder: Path) -> str:
    """A systemd unit that keeps `fitintel schedule` running and lets it write to the workspace only."""
    return "\n".join([
        "[Unit]",
        "Description=fitintel: everybody's brief at their own morning",
        "Wants=network-online.target",
        "After=network-online.target",
        "",
        "[Service]",
        f"ExecStart={' '.join(map(_unit, [*command, 'schedule']))}",
        f"WorkingDirectory={str(folder).replace('%', '%%')}",
        f"Environment={_unit(f'FITINTEL_HOME={home}')}",
        "Restart=always",
        "RestartSec=30",
        # the batch under way is finished
        "KillMode=mixed",
        "TimeoutStopSec=15min",
        "UMask=0077",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "PrivateTmp=yes",
        f"ReadWritePaths={_unit(str(home))}",
        "",
        "[Install]",
        "WantedBy=multi-user.target",
    ])  # fmt: skip


def _shell(path: Path) -> str:
    return shlex.quote(str(path))


def _unit(word: str) -> str:
    # systemd replaces %x and $x, and unquotes as a shell does
    text = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{text}"' if text != word or any(each.isspace() for each in word) else word
