"""MLflow away, absent or broken."""

from __future__ import annotations

import os
import sys

import pytest

from fitintel.core.errors import ServiceMissing, StorageUnavailable
from fitintel.tracking.connection import connect
from fitintel.tracking.flush import flush
from fitintel.tracking.signing import ArtifactKey


def test_without_the_package_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "mlflow", None)
    with pytest.raises(ServiceMissing, match=r"MLflow is not installed.*make setup"), connect("sqlite://"):
        pass


def test_a_database_that_cannot_be_opened_is_an_error_that_says_where(tmp_path, make_card):
    uri = f"sqlite:///{tmp_path}"  # a folder
    with pytest.raises(StorageUnavailable, match="MLflow could not be used") as error:
        flush([make_card("nowhere")], [], uri, key=ArtifactKey(tmp_path / "key.pem"))
    assert error.value.where == uri
    assert error.value.next


def test_a_server_that_is_away_is_an_error_and_its_password_is_not_shown(monkeypatch, make_card, tmp_path):
    import socket

    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(StorageUnavailable) as error:
        flush([make_card("away")], [], f"http://fit:secret@127.0.0.1:{port}", key=ArtifactKey(tmp_path / "key.pem"))
    assert "secret" not in error.value.where


def test_telemetry_is_off_and_pickles_are_refused(mlflow_place, client):
    assert os.environ["MLFLOW_DISABLE_TELEMETRY"] == "true"
    assert os.environ["MLFLOW_ALLOW_PICKLE_DESERIALIZATION"] == "false"
