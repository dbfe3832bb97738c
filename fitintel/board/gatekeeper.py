"""Jupyter's servers behind the gate: Voila and JupyterLab let in only whom the gateway names, Voila each to their own.

Both ask an identity provider at every request and socket. A kernel belongs to the log-in that its page was made for;
whoever knows its id and comes with another log-in is refused, also where the account is the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.base.call_context import CallContext
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError
from voila.request_info_handler import RequestInfoSocketHandler

from fitintel.core import settings as settings_
from fitintel.core.counted import count
from fitintel.core.errors import FitintelError
from fitintel.workbench.identities import HEADER, VARIABLE, Entrance
from fitintel.workbench.sessions import Gate

KERNEL = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_owners: dict[str, str] = {}
"""kernel -> log-in that its page was made for"""


@dataclass
class Reader(User):  # type: ignore[misc]
    """Who asks, with the log-in that they came with."""

    session_id: str = ""


class Gatekeeper(IdentityProvider):  # type: ignore[misc]
    """Takes the identity header for who asks; raises HTTP 403 without one, and at the kernel of another log-in."""

    surface = "coach"

    @cached_property
    def entrance(self) -> Entrance:
        """Reads headers of the workspace that the environment names."""
        settings = settings_.read()
        return Entrance(settings, self.surface, Gate(settings))

    def get_user(self, handler: Any) -> Reader:
        """Who asks."""
        handler.current_user = None  # until it is known; the page of a refusal asks
        try:
            actor = self.entrance.actor(handler.request.headers.get(HEADER))
        except FitintelError as error:
            raise HTTPError(403, error.what) from None
        for kernel in KERNEL.findall(handler.request.path):
            if not self.reaches(kernel, actor.session_id):
                count("identities", outcome="foreign", surface=self.surface)
                raise HTTPError(403, "This page was opened with another log-in")
        return Reader(actor.id, session_id=actor.session_id)

    def reaches(self, kernel: str, session_id: str) -> bool:
        """Whether the kernel was started for this log-in."""
        return _owners.get(kernel) == session_id


class LabKeeper(Gatekeeper):
    """The same for JupyterLab, which is one workspace of those who may do research in it."""

    surface = "lab"

    def reaches(self, kernel: str, session_id: str) -> bool:
        """Kernels there are started by hand, and stay when a tab is closed."""
        return True


class Kernels(AsyncMappingKernelManager):  # type: ignore[misc]
    """Starts kernels, and notes for whom."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        RequestInfoSocketHandler.send_updates = _handed_over

    async def start_kernel(self, **more: Any) -> str:
        """A kernel; one that is started for a viewer is theirs. One that waits for a viewer is nobody's yet."""
        kernel: str = await super().start_kernel(**more)
        if VARIABLE in (more.get("env") or {}):
            _give(kernel)
        return kernel

    async def shutdown_kernel(self, kernel_id: str, *others: Any, **more: Any) -> Any:
        """End it; it is nobody's any more."""
        _owners.pop(kernel_id, None)
        return await super().shutdown_kernel(kernel_id, *others, **more)


_tell = RequestInfoSocketHandler.send_updates


def _handed_over(message: dict[str, Any]) -> None:
    """Voila tells a kernel that has waited whom its page is for: from that moment on it is theirs."""
    _give(message["kernel_id"])
    _tell(message)


def _give(kernel: str) -> None:
    """The kernel is of whose request is answered now."""
    handler = CallContext.get(CallContext.JUPYTER_HANDLER)
    reader = handler.current_user if handler is not None else None
    if isinstance(reader, Reader):
        _owners[kernel] = reader.session_id
