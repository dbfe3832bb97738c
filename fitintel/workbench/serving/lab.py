"""JupyterLab with the project's kernel and its notebooks as templates."""

from __future__ import annotations

import json
import secrets
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fitintel.workbench.serving import HOST, TOKEN, base_of, from_checkout, need

if TYPE_CHECKING:
    from fitintel.core.settings import Settings

FOLDERS = ("briefs", "research", "templates")
"""folders of `notebooks/` that are copied to begin from"""
TILES = "templates"
"""the one of them whose notebooks are tiles of the launcher"""
KERNEL = "fitintel"
"""the one kernel there, a fork of a process that has loaded what notebooks import; with two JupyterLab asks which"""
LAUNCH = """
from fitintel.reporting.warm.provisioner import offer; offer()
from jupyterlab.labapp import main; main()
"""


def command(settings: Settings, port: int) -> tuple[list[str], dict[str, str]]:
    """(command line, environment). Kernel and templates are made in the workspace.

    Raises ServiceMissing where a package or the checkout is not here.
    """
    need(("jupyterlab", "ipykernel"), "lab")
    home = settings.home / "lab"
    _kernel(home / "jupyter" / "kernels" / KERNEL, settings)
    _templates(home / "notebooks" / "templates")
    _tiles(home / "jupyter" / "labextensions" / "fitintel-launcher")
    if settings.access == "gate":
        # the gateway passes on the name that it was called by; any other is still refused
        keys = [f"--ServerApp.base_url={base_of(settings, 'lab')}", "--ServerApp.local_hostnames=localhost",
                f"--ServerApp.local_hostnames={urlsplit(settings.account('PUBLIC_URL') or '').hostname}",
                "--ServerApp.identity_provider_class=fitintel.board.gatekeeper.LabKeeper"]  # fmt: skip
        environment = {}
    else:
        # whoever shares this machine reaches its loopback: the token keeps them out
        keys, environment = [], {TOKEN: secrets.token_urlsafe(24)}
    return (
        [sys.executable, "-c", LAUNCH, "--no-browser", "--allow-root", f"--ip={HOST}", f"--port={port}",
         "--ServerApp.port_retries=0", f"--ServerApp.root_dir={home / 'notebooks'}",
         f"--MultiKernelManager.default_kernel_name={KERNEL}", f"--KernelSpecManager.allowed_kernelspecs={KERNEL}",
         "--KernelManager.transport=ipc", "--LabApp.news_url=None", "--LabApp.extension_manager=readonly",
         "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", *keys],
        {"JUPYTER_PATH": str(home / "jupyter"), "FITINTEL_HOME": str(settings.home), **environment},
    )  # fmt: skip


def ready_at() -> str:
    """The path that answers once the server is up."""
    return "/api"


def first_page() -> str:
    """The launcher, with the project's kernel as a tile; the token is added to it."""
    return "/lab"


def _kernel(folder: Path, settings: Settings) -> None:
    """The launcher tile: this interpreter, with this workspace."""
    from fitintel.reporting.warm.provisioner import spec

    folder.mkdir(parents=True, exist_ok=True)
    described = spec({"FITINTEL_HOME": str(settings.home)})
    described["metadata"]["debugger"] = True
    (folder / "kernel.json").write_text(json.dumps(described, indent=1), encoding="utf-8")


def _templates(folder: Path) -> None:
    """The project's notebooks, to begin from; a template of today's version takes the place of an older one."""
    for name in FOLDERS:
        shutil.copytree(from_checkout("notebooks", name), folder / name, dirs_exist_ok=True,
                        ignore=shutil.ignore_patterns(".ipynb_checkpoints"))  # fmt: skip


def _tiles(folder: Path) -> None:
    """The extension that puts the templates into the launcher, each under the title that it has itself."""
    tiles = [{"title": _title(path), "path": f"templates/{TILES}/{path.name}", "folder": ""}
             for path in sorted(from_checkout("notebooks", TILES).glob("*.ipynb"))]  # fmt: skip
    (folder / "static").mkdir(parents=True, exist_ok=True)
    made = from_checkout("notebooks", "launcher")
    shutil.copyfile(made / "package.json", folder / "package.json")
    script = (made / "remoteEntry.js").read_text("utf-8")
    (folder / "static" / "remoteEntry.js").write_text(
        script.replace("const TILES = []", f"const TILES = {json.dumps(tiles)}"), encoding="utf-8")  # fmt: skip


def _title(notebook: Path) -> str:
    """The first line of a notebook."""
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    return str(cells[0]["source"][0]).lstrip("# ").strip()
