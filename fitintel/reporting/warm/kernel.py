"""What happens in the fork that becomes a kernel: the environment it was asked for, and then an ordinary ipykernel."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Mapping


def become_kernel(connection_file: str, cwd: str | None, environment: Mapping[str, str]) -> None:
    """Serve the connection until the kernel is told to end."""
    os.setsid()  # an interrupt is for this kernel and what it starts
    os.environ.clear()
    # whoever watches a parent watches the process that forked, which ends with the server
    os.environ.update(environment, JPY_PARENT_PID=str(os.getppid()))
    if cwd:
        os.chdir(cwd)
    random.seed()
    if "numpy" in sys.modules:
        import numpy as np

        np.random.seed()  # the old state, which notebooks may use and all forks would share
    sys.argv = ["ipykernel_launcher", "-f", connection_file]
    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp.launch_instance(argv=["-f", connection_file])
