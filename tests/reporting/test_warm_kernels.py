"""Kernels that are forks of a preloaded process: ordinary kernels, each with nothing of another."""

from __future__ import annotations

import json
import queue
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import pytest

from fitintel.reporting.warm.engine import NAME
from fitintel.reporting.warm.provisioner import Fork, WarmProvisioner, spec

PATIENCE = 120


@pytest.fixture
def name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A kernel spec of the provisioner, found by the name that is given."""
    from jupyter_client.provisioning import KernelProvisionerFactory

    folder = tmp_path / "kernels" / "warm"
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text(json.dumps(spec({"FITINTEL_HOME": str(tmp_path)})))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    factory = KernelProvisionerFactory.instance()
    point = EntryPoint(NAME, "fitintel.reporting.warm.provisioner:WarmProvisioner", factory.GROUP_NAME)
    monkeypatch.setitem(factory.provisioners, NAME, point)
    # a process has one fork server: one that an earlier test began has loaded what that test named
    forkserver._forkserver._stop()
    return "warm"


@pytest.fixture
def kernel(name: str) -> Iterator[tuple[Any, Any]]:
    from jupyter_client import KernelManager

    manager = KernelManager(kernel_name=name)
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=PATIENCE)
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def said(client: Any, code: str) -> str:
    """What a cell prints, or the name of what it raises."""
    asked = client.execute(code)
    text = ""
    while True:
        try:
            message = client.get_iopub_msg(timeout=PATIENCE)
        except queue.Empty:
            pytest.fail("the kernel said nothing")
        if message["parent_header"].get("msg_id") != asked:
            continue
        content = message["content"]
        if message["msg_type"] == "stream":
            text += content["text"]
        elif message["msg_type"] == "error":
            text += content["ename"]
        elif content.get("execution_state") == "idle":
            return text


def test_a_warm_kernel_is_preloaded_has_its_environment_and_forgets_at_a_restart(kernel: tuple[Any, Any]) -> None:
    manager, client = kernel
    assert isinstance(manager.provisioner, WarmProvisioner)
    assert isinstance(manager.provisioner.process, Fork)
    # loaded before the kernel began, so in another process' time
    assert said(client, "import sys; print('fitintel.intelligence.brief' in sys.modules)") == "True\n"
    assert said(client, "import os; print(bool(os.environ['FITINTEL_HOME']))") == "True\n"
    said(client, "left = 1; os.environ['LEFT'] = 'x'; import random; print(random.random())")
    manager.interrupt_kernel()
    assert said(client, "print(left)") == "1\n"
    manager.restart_kernel(now=True)
    client.wait_for_ready(timeout=PATIENCE)
    assert said(client, "left") == "NameError"
    assert said(client, "import os; print(os.environ.get('LEFT'))") == "None\n"


def test_two_kernels_share_no_variable_seed_or_thread(kernel: tuple[Any, Any], name: str) -> None:
    from jupyter_client import KernelManager

    _, one = kernel
    manager = KernelManager(kernel_name=name)
    manager.start_kernel()
    other = manager.client()
    other.start_channels()
    other.wait_for_ready(timeout=PATIENCE)
    try:
        code = "import random, numpy; print(random.random(), numpy.random.rand())"
        assert said(one, code) != said(other, code)
        said(one, "mine = 1")
        assert said(other, "mine") == "NameError"
    finally:
        other.stop_channels()
        manager.shutdown_kernel(now=True)
