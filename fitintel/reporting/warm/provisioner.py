"""WarmProvisioner: JupyterLab's and Voila's kernels as forks of a preloaded process, "Python (fitintel, warm)".

The kernel is an ordinary one from then on: the same messages, interrupts and restarts. As with the notebooks of a night
the process that forks is Python's fork server, which has opened nothing and holds no thread and no data.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import EntryPoint
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import List, Unicode

from fitintel.reporting.warm.engine import NAME
from fitintel.reporting.warm.kernel import become_kernel

TITLE = "Python (fitintel, warm)"
PRELOAD = ("fitintel.reporting.warm.kernel", "ipykernel.kernelapp", "IPython.core.interactiveshell", "numpy",
           "fitintel.workbench.door", "fitintel.workbench.briefs", "fitintel.intelligence.brief",
           "fitintel.storage.open")  # fmt: skip
_context = multiprocessing.get_context("forkserver")


class WarmProvisioner(LocalProvisioner):
    """The provisioner `fitintel-warm`. A kernel that is not this interpreter's ipykernel is launched as usual."""

    preload = List(Unicode()).tag(config=True)
    """modules that the fork server loads beside `PRELOAD`, in this order; what the first kernel names holds for all"""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel that serves the connection file of `cmd`."""
        if cmd[:3] != [sys.executable, "-m", "ipykernel_launcher"] or "-f" not in cmd:
            return await super().launch_kernel(cmd, **kwargs)
        _context.set_forkserver_preload([*PRELOAD, *self.preload])
        # the first fork waits until the fork server has loaded all of it: whoever serves others goes on meanwhile
        fork: Any = await asyncio.to_thread(Fork, cmd[cmd.index("-f") + 1], kwargs.get("cwd"),
                                            kwargs.get("env") or os.environ)  # fmt: skip
        self.process, self.pid, self.pgid = fork, fork.pid, fork.pid
        self.cwd = kwargs.get("cwd")
        return self.connection_info


class Fork:
    """A forked kernel as `subprocess.Popen` is seen by its provisioner."""

    stdin = stdout = stderr = None

    def __init__(self, connection_file: str, cwd: str | None, environment: Mapping[str, str]) -> None:
        self._child = _context.Process(target=become_kernel, args=(connection_file, cwd, dict(environment)))
        self._child.start()
        self.pid = self._child.pid

    def poll(self) -> int | None:
        """The exit code; None while it runs."""
        return self._child.exitcode

    def wait(self) -> int | None:
        """The exit code, when it has ended."""
        self._child.join()
        return self._child.exitcode

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel, and to nothing that it started."""
        if self.pid is not None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


def offer() -> None:
    """Let the Jupyter server of this process find it, whatever stands in the installation."""
    point = EntryPoint(NAME, f"{__name__}:{WarmProvisioner.__name__}", KernelProvisionerFactory.GROUP_NAME)
    KernelProvisionerFactory.instance().provisioners[NAME] = point


def spec(environment: Mapping[str, str], preload: Sequence[str] = ()) -> dict[str, Any]:
    """A kernel.json that names this provisioner, and what is loaded before the first kernel begins."""
    named = {"provisioner_name": NAME, "config": {"preload": list(preload)}}
    return {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"], "display_name": TITLE,
        "language": "python", "env": dict(environment), "metadata": {"kernel_provisioner": named},
    }  # fmt: skip
