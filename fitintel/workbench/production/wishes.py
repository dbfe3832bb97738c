"""What an operator decides of a production start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fitintel.core.errors import UnknownName
from fitintel.workbench.serving import free_port

SERVICES = ("mariadb", "redis", "api", "app", "coach", "lab", "mlflow", "schedule", "scale", "metrics", "prometheus",
            "alertmanager", "watch", "gateway")  # fmt: skip
"""all that can run; the same as in deploy/compose.yaml, where Grafana, Dask and an S3 store are beside them"""
APIS, APPS = 2, 3
"""instances of REST and of the athletes' app: one is started again while the others answer"""
PORTS = {"api": 8000, "app-1": 8501, "app-2": 8502, "app-3": 8503, "coach": 8866, "lab": 8888, "mlflow": 5000,
         "metrics": 9464, "prometheus": 9090, "alertmanager": 9093}  # fmt: skip
"""process -> port on loopback; one that is taken gives way to a free one"""


@dataclass(frozen=True, slots=True)
class Wishes:
    """Name, ports and what is left out."""

    name: str = "localhost"
    """host as browsers know it"""
    https_port: int = 443
    http_port: int = 80
    address: str = "0.0.0.0"
    """that the gateway listens at"""
    without: frozenset[str] = frozenset()
    """of SERVICES"""
    apps: int = APPS
    apis: int = APIS
    waf: bool = True
    ports: Mapping[str, int] = field(default_factory=lambda: {name: free_port(at) for name, at in PORTS.items()})

    def __post_init__(self) -> None:
        """Raise UnknownName for a service that there is not."""
        for one in sorted(self.without):
            if one not in SERVICES:
                raise UnknownName("service", one, SERVICES)

    def has(self, service: str) -> bool:
        """Whether it is wanted."""
        return service not in self.without

    @property
    def public_url(self) -> str:
        """Address of the gateway, as browsers write it."""
        return f"https://{self.name}" + ("" if self.https_port == 443 else f":{self.https_port}")
