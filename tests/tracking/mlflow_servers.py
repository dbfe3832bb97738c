"""A real MLflow server of a test's own, which can be stopped and started again on the same port."""

from __future__ import annotations

import os
import sys
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from tests.services import free_port, server

START_SECONDS = 240
"""It imports half of what is installed."""


class MlflowServer:
    """`mlflow server` on loopback; without `--workers 1` it would start four processes."""

    def __init__(self, home: Path, backend: str, artifacts: str, *options: str) -> None:
        self._port, self._log = free_port(), home / "mlflow-server.log"
        self.uri = f"http://127.0.0.1:{self._port}"
        self._command = [
            sys.executable, "-m", "mlflow", "server", "--backend-store-uri", backend, "--host", "127.0.0.1",
            "--port", str(self._port), "--workers", "1", *(options or ("--default-artifact-root", artifacts)),
        ]  # fmt: skip
        self._running = ExitStack()
        os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
        os.environ.setdefault("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false")

    def _ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.uri}/health", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def __enter__(self) -> MlflowServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        self._running.enter_context(server(self._command, self._log, self._ready, START_SECONDS))

    def stop(self) -> None:
        self._running.close()
