"""The one list of what runs in production."""

from __future__ import annotations

import sys
from dataclasses import replace

from fitintel.core.settings import PREFIX, Settings
from fitintel.workbench.production import scaling, stores
from fitintel.workbench.production.firewall import firewall
from fitintel.workbench.production.monitors import monitors, watches
from fitintel.workbench.production.places import Places
from fitintel.workbench.production.process import Probe, Process
from fitintel.workbench.production.status import WORKERS
from fitintel.workbench.production.surfaces import surfaces
from fitintel.workbench.production.wishes import Wishes
from fitintel.workbench.publishing import environment
from fitintel.workbench.serving import HOST, gateway

BEHIND = ("api", "app", "coach", "lab", "mlflow")
"""services that the gateway passes requests on to"""


def processes(settings: Settings, place: Places, wishes: Wishes) -> list[Process]:
    """Every process that is wanted, in the order of their start; their configuration is written.

    Raises ServiceMissing where a program or package is not here.
    """
    settings = production(settings, place, wishes)
    made = []
    if wishes.has("mariadb"):
        made.append(stores.mariadb(place))
    if wishes.has("redis"):
        made.append(stores.redis(place))
    made += surfaces(settings, place, wishes)
    if wishes.has("schedule"):
        made += _workers(wishes)
    made += monitors(place, wishes)
    if wishes.has("gateway"):
        made.append(_gateway(place, wishes, made))
    if wishes.has("watch"):
        made += watches(place, made)
    return sorted(made, key=lambda one: (one.order, one.name))


def _workers(wishes: Wishes) -> list[Process]:
    """Those that make briefs, and what starts more of them; they work for everybody, and nobody asks them."""
    ours, local = (sys.executable, "-m", "fitintel"), {f"{PREFIX}ACCESS": "local"}
    line = (*ours, "schedule", "--workers=1", f"--at-once={scaling.AT_ONCE}")
    many = scaling.MOST if wishes.has("scale") else 1
    made = [Process(f"{WORKERS}-{number}", line, local, order=40, grace=300, waits=number > 1, drains=True)
            for number in range(1, many + 1)]  # fmt: skip
    if many > 1:
        made.append(Process("scale", (*ours, "up", "scale"), local, order=41))
    return made


def production(settings: Settings, place: Places, wishes: Wishes) -> Settings:
    """The settings behind the gateway, with the database and cache of this machine where they are not left out."""
    url = stores.database_url(place) if wishes.has("mariadb") else settings.database_url
    cache = stores.cache_url(place) if wishes.has("redis") else settings.cache_url
    return replace(settings, database_url=url, cache_url=cache, access="gate",
                   accounts={**settings.accounts, "PUBLIC_URL": wishes.public_url})  # fmt: skip


def common(settings: Settings, place: Places, wishes: Wishes) -> dict[str, str]:
    """The environment of every process. No secret is in it: those are files of the workspace."""
    settings = production(settings, place, wishes)
    served = f"http://{HOST}:{wishes.ports['mlflow']}/mlflow" if wishes.has("mlflow") else None
    return {
        **environment(settings), **({f"{PREFIX}MLFLOW_URI": served} if served else {}),
        f"{PREFIX}ACCESS": "gate", f"{PREFIX}PUBLIC_URL": wishes.public_url, f"{PREFIX}COUNTS": str(place.counts),
        f"{PREFIX}TRACES": str(place.root / "traces"), f"{PREFIX}LOGS": "json",
        "PYTHONUNBUFFERED": "1",
    }  # fmt: skip


def _gateway(place: Places, wishes: Wishes, made: list[Process]) -> Process:
    upstreams = {name: tuple(dict.fromkeys(f"{HOST}:{one.port}" for one in made if one.service == name))
                 for name in BEHIND}  # fmt: skip
    certificate, key = gateway.self_signed(place.certificate.parent, wishes.name)
    waf, module = firewall(place) if wishes.waf else (None, None)
    path = gateway.write(gateway.Gateway(
        place.gateway, wishes.name, certificate, key, {name: at for name, at in upstreams.items() if at},
        https_port=wishes.https_port, http_port=wishes.http_port, address=wishes.address, waf=waf,
        modules=(module,) if module else (),
    ))  # fmt: skip
    here = HOST if wishes.address == "0.0.0.0" else wishes.address
    asked = Probe("http", f"{here}:{wishes.http_port}", "/")
    return Process("gateway", tuple(gateway.command(path)), probe=asked, order=80, stop="QUIT", grace=10)
