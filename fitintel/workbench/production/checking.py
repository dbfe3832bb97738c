"""Would it start? The programs that read a configuration are asked whether they can."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from fitintel.core.errors import UsageError
from fitintel.workbench.production.monitors import alertmanager_file, prometheus_folder
from fitintel.workbench.production.places import Places
from fitintel.workbench.production.process import Process
from fitintel.workbench.production.stores import program

PATIENCE = 60
"""s for each"""
LAST = 300
"""characters of what a program says"""


def check(place: Places, processes: Sequence[Process]) -> list[str]:
    """What was checked, one program after another; raises UsageError with what the first says that refuses."""
    names = {one.name: one.command for one in processes}
    asked: dict[str, tuple[str, ...]] = {}
    if "gateway" in names:
        nginx, *options = names["gateway"]
        asked["nginx"] = (nginx, "-t", *options)
    if "prometheus" in names:
        asked["prometheus"] = (program("promtool", "prometheus"), "check", "config",
                               str(prometheus_folder(place) / "prometheus.yml"))  # fmt: skip
    if "alertmanager" in names:
        asked["alertmanager"] = (program("amtool", "prometheus-alertmanager"), "check-config",
                                 str(alertmanager_file(place)))  # fmt: skip
    for name, line in asked.items():
        done = subprocess.run(line, capture_output=True, text=True, timeout=PATIENCE)
        if done.returncode:
            said = f"{done.stdout.strip()} {done.stderr.strip()}".strip()
            raise UsageError(f"{name} cannot read its configuration", why=said[-LAST:])
    return list(asked)
