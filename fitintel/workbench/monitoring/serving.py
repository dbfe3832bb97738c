"""The page that Prometheus reads."""

from __future__ import annotations

from wsgiref.simple_server import WSGIServer

from prometheus_client import CollectorRegistry, generate_latest, start_http_server

from fitintel.core.errors import ServiceMissing
from fitintel.workbench.monitoring.families import Watched

HOST = "127.0.0.1"


def text(watched: Watched) -> str:
    """All figures as Prometheus reads them."""
    return generate_latest(_registry(watched)).decode()


def serve(watched: Watched, port: int) -> WSGIServer:
    """Answer /metrics on loopback from a thread, until `shutdown` of what is returned. Raises ServiceMissing."""
    try:
        return start_http_server(port, HOST, registry=_registry(watched))[0]
    except OSError as error:
        raise ServiceMissing("The port of the figures is taken", where=f"{HOST}:{port}", why=str(error),
                             next="choose another with --port") from error  # fmt: skip


def _registry(watched: Watched) -> CollectorRegistry:
    # not the client's own registry: that would add figures of this process, which is of no interest
    made = CollectorRegistry(auto_describe=False)
    made.register(watched)
    return made
