"""The command that shows the coaches' pages: Voila with kernels that are warm before anybody asks.

Kernels are forks of one process that has loaded everything but data (docs/decisions/coach-pages.md).
Voila reads what it needs from its command line alone (it passes over `--config`), its template from a folder on
JUPYTER_PATH, and Plotly's script from that template, where `prepare` puts the copy that the installed package brings.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from fitintel.core.errors import NotFound
from fitintel.core.settings import Settings
from fitintel.workbench.serving import base_of, from_checkout

TEMPLATE = "fitintel"
KERNEL = "python3"
"""the kernel that the notebooks name"""
CULL_AFTER, CULL_EVERY = 30, 10
"""s. A kernel that no page is connected to is ended after this long; one that waits for its viewer is not touched."""
POOL = 1
"""kernels of each page that wait for a viewer"""
NEXT_AFTER = 0.4
"""s after which the next one is made: the page of whoever took the last is painted by then"""
PRELOAD = (
    # what verbs import when they are first used; a page that is made in a fork finds it loaded
    "numpy.ma", "numpy.random", "websockets.asyncio.client", "voila.utils", "fitintel.ingest.repairs",
    "fitintel.intelligence.brief", "fitintel.storage.blobs", "fitintel.storage.open", "fitintel.storage.sealed_files",
    "fitintel.storage.streams", "fitintel.workbench.around", "fitintel.workbench.explaining",
    "fitintel.workbench.history", "fitintel.workbench.labels", "fitintel.workbench.mean_maximal",
    "fitintel.workbench.opening", "fitintel.workbench.preferring", "fitintel.workbench.records",
    "fitintel.workbench.samples", "fitintel.workbench.standings", "fitintel.workbench.tracing",
    "fitintel.workbench.twins", "fitintel.workbench.what_if", "fitintel.board.preloaded",
)  # fmt: skip
"""modules of the process that kernels are forks of, beside those of every kernel"""
PLOTLY = "package_data/plotly.min.js"
GATED = {
    "Voila.identity_provider_class": "fitintel.board.gatekeeper.Gatekeeper",
    "VoilaConfiguration.multi_kernel_manager_class": "fitintel.board.gatekeeper.Kernels",
    "VoilaConfiguration.http_header_envs": "X-Fitintel-Identity",
}
"""options of the server behind the gate: who asks is read from the identity header, and handed to the page's kernel"""
LAUNCH = """
import sys; sys.modules.setdefault("rfc3987_syntax", None)
from fitintel.reporting.warm.provisioner import offer; offer()
from voila.app import main; main()
"""
"""rfc3987_syntax costs a second of import and checks a format that no notebook uses; jsonschema does without it."""


def command(
    settings: Settings, port: int, *, base_url: str = "", pool: int = POOL, notebooks: Path | None = None
) -> tuple[list[str], dict[str, str]]:  # fmt: skip
    """(command line, environment) of the server on loopback; the template is made ready below the workspace.

    Raises NotFound where the notebooks or a package are not here.
    """
    for package in ("voila", "plotly"):
        if find_spec(package) is None:
            raise NotFound(f"The package {package} is not installed", next="pip install 'fitintel[lab]'")
    folder = notebooks or dashboards()
    jupyter = prepare(settings.home)
    options = {
        "Voila.ip": "127.0.0.1", "Voila.port": port, "Voila.port_retries": 0, "Voila.open_browser": False,
        "Voila.base_url": base_url or base_of(settings, "coach"), "VoilaConfiguration.template": TEMPLATE,
        "VoilaConfiguration.preheat_kernel": pool > 0, "VoilaConfiguration.default_pool_size": pool,
        "VoilaKernelManager.fill_delay": NEXT_AFTER,
        "VoilaConfiguration.show_tracebacks": False, "VoilaConfiguration.allow_template_override": "NO",
        "VoilaConfiguration.allow_theme_override": "NO", "VoilaConfiguration.classic_tree": True,
        "VoilaConfiguration.strip_sources": True,
        # health data do not travel over a port of the machine that others on it could read
        "KernelManager.transport": "ipc",
        "MappingKernelManager.cull_idle_timeout": CULL_AFTER, "MappingKernelManager.cull_interval": CULL_EVERY,
        "MappingKernelManager.cull_connected": False, "Voila.log_level": 30,
    }  # fmt: skip
    if settings.access == "gate":
        options |= GATED
    line = [sys.executable, "-c", LAUNCH, str(folder), *(f"--{name}={value}" for name, value in options.items())]
    return line, environment(settings, jupyter)


def environment(settings: Settings, jupyter: Path) -> dict[str, str]:
    """What the server and its kernels need to know."""
    path = os.pathsep.join(part for part in (str(jupyter), os.environ.get("JUPYTER_PATH", "")) if part)
    return {"FITINTEL_HOME": str(settings.home.resolve()), "JUPYTER_PATH": path, "PYDEVD_DISABLE_FILE_VALIDATION": "1",
            # arrays here are small: threads of BLAS only take the cores from other viewers
            "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # fmt: skip


def prepare(home: Path) -> Path:
    """Write Voila's template below the workspace, with Plotly's script, and the kernel; the folder for JUPYTER_PATH."""
    jupyter = home / "pages" / "jupyter"
    _kernel(jupyter / "kernels" / KERNEL)
    template = jupyter / "voila" / "templates" / TEMPLATE
    source = Path(__file__).resolve().parents[2] / "board" / "template"
    shutil.copytree(source, template, dirs_exist_ok=True)
    spec = find_spec("plotly")
    if spec is not None and spec.submodule_search_locations:
        script = Path(spec.submodule_search_locations[0]) / PLOTLY
        kept = template / "static" / "plotly.min.js"
        if not kept.exists() or kept.stat().st_size != script.stat().st_size:
            shutil.copyfile(script, kept)
    return jupyter


def _kernel(folder: Path) -> None:
    """The kernel of these pages, in place of the one that every Jupyter has."""
    from fitintel.reporting.warm.provisioner import spec

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "kernel.json").write_text(json.dumps(spec({}, PRELOAD), indent=1), encoding="utf-8")


def dashboards() -> Path:
    """The folder of the pages' notebooks; raises ServiceMissing."""
    return from_checkout("notebooks", "dashboards")


def ready_at(base_url: str = "/") -> str:
    """The path that answers once the server is up."""
    return f"{base_url}voila/templates/{TEMPLATE}/static/page.js"


def first_page(base_url: str = "/") -> str:
    """The path of the squad."""
    return f"{base_url}voila/render/squad_board.ipynb"
