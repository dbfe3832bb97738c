"""Front ends in production: the same programs as `fitintel serve` starts, below paths of the gateway."""

from __future__ import annotations

import sys
from types import ModuleType

from fitintel.core.settings import Settings
from fitintel.workbench.production.places import Places
from fitintel.workbench.production.process import Probe, Process
from fitintel.workbench.production.wishes import Wishes
from fitintel.workbench.serving import HOST, api, app, base_of, coach, lab

MLFLOW_SETTINGS = {
    # what no one here uses, and what its advisories are about
    "MLFLOW_ALLOW_MODEL_CODE_EXECUTION": "false", "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
    "MLFLOW_DISABLE_TELEMETRY": "true",
}  # fmt: skip


def surfaces(settings: Settings, place: Places, wishes: Wishes) -> list[Process]:
    """Those that are wanted; raises ServiceMissing where a package is not here."""
    made: list[Process] = []
    if wishes.has("api"):
        made += _apis(settings, place, wishes)
    for number in range(1, wishes.apps + 1) if wishes.has("app") else ():
        port = wishes.ports[f"app-{number}"]
        line, given = app.command(settings, port)
        made.append(Process(f"app-{number}", tuple(line), given, port, _below(settings, "app", app, port), order=30))
    for name, kind, order in (("coach", coach, 30), ("lab", lab, 40)):
        if wishes.has(name):
            line, given = kind.command(settings, wishes.ports[name])
            port = wishes.ports[name]
            made.append(Process(name, tuple(line), given, port, _below(settings, name, kind, port), order))
    if wishes.has("mlflow"):
        made.append(_mlflow(settings, place, wishes))
    return made


def _apis(settings: Settings, place: Places, wishes: Wishes) -> list[Process]:
    """REST: processes at one listening socket, each with one of its own at which it is asked whether it is well."""
    line, given = api.shared(settings, place.run)
    return [Process(name, tuple(line), given, wishes.ports["api"],
                    Probe("http", str(api.own_socket(place.run, name)), api.ready_at()), order=20, shared=True)
            for name in (f"api-{number}" for number in range(1, wishes.apis + 1))]  # fmt: skip


def _below(settings: Settings, name: str, kind: ModuleType, port: int) -> Probe:
    return Probe("http", f"{HOST}:{port}", base_of(settings, name).rstrip("/") + str(kind.ready_at()))


def _mlflow(settings: Settings, place: Places, wishes: Wishes) -> Process:
    """The registry's pages, as one worker: with its parent two processes, where MLflow by itself starts fifteen."""
    port = wishes.ports["mlflow"]
    return Process("mlflow", (
        sys.executable, "-m", "mlflow", "server", "--host=127.0.0.1", f"--port={port}", "--workers=1",
        f"--backend-store-uri=sqlite:///{settings.home / 'mlflow.db'}", "--static-prefix=/mlflow",
        f"--default-artifact-root={(settings.home / 'mlflow-artifacts').as_uri()}", "--no-serve-artifacts",
        f"--allowed-hosts={wishes.name},{wishes.name}:{wishes.https_port},127.0.0.1:{port},localhost:{port}",
    ), MLFLOW_SETTINGS, port, Probe("http", f"{HOST}:{port}", "/mlflow/health"), order=40)  # fmt: skip
