"""deploy/compose.yaml holds what `fitintel up --production` starts, each container as safe as it can be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from fitintel.workbench.production.wishes import APPS, PORTS, SERVICES

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
BESIDE = {"machine", "grafana", "dask-scheduler", "dask-worker", "files"}
"""of containers only: the network, and what is not in Debian or has no use on one machine"""
WITHOUT_CONTAINER = {"watch", "scale"}
"""a container engine looks after health, and after how many there are, itself"""


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((DEPLOY / "compose.yaml").read_text()))


def test_it_has_the_services_that_are_started_without_containers(compose: dict[str, Any]) -> None:
    apps = {f"app-{number}" for number in range(1, APPS + 1)}
    expected = (set(SERVICES) - {"app"} - WITHOUT_CONTAINER) | apps | BESIDE
    assert set(compose["services"]) == expected


def test_they_listen_where_they_do_without_containers(compose: dict[str, Any]) -> None:
    for name, port in PORTS.items():
        held = yaml.safe_dump(compose["services"][name])
        assert str(port) in held, name


def test_each_container_is_nobody_reads_only_and_is_looked_after(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["user"].split(":")[0] not in ("0", "root"), name
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert name == "machine" or service["healthcheck"]["test"], name


def test_only_the_gateway_can_be_reached(compose: dict[str, Any]) -> None:
    opened = {name: service["ports"] for name, service in compose["services"].items() if "ports" in service}
    assert opened == {"machine": ["443:8443", "80:8080"]}
    assert "0.0.0.0" not in yaml.safe_dump(compose)


def test_secrets_are_files_and_every_one_that_is_used_is_declared(compose: dict[str, Any]) -> None:
    used = {one for service in compose["services"].values() for one in service.get("secrets", ())}
    assert used == set(compose["secrets"])
    for service in compose["services"].values():
        for name, value in (service.get("environment") or {}).items():
            if any(word in name for word in ("PASSWORD", "SECRET", "KEY", "DATABASE_URL")) and "RANDOM" not in name:
                assert value.startswith("/run/secrets/"), name


def test_files_that_it_names_are_there(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        for volume in service.get("volumes", ()):
            if volume.startswith("./"):
                assert (DEPLOY / volume.split(":")[0]).exists(), volume
