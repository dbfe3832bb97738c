"""Is every process well, and not only there? One that has stopped answering is started again."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from fitintel.workbench.production.probing import answers, stopped
from fitintel.workbench.production.process import Probe
from fitintel.workbench.production.status import ENDED, UP, Told

EVERY = 5.0
"""s from one look to the next"""
MISSED = 3
"""looks in a row without an answer after which a process is started again"""
STARTS = 60
"""the same of a process that has not answered since its start: it may be slow"""


@dataclass(slots=True)
class Watch:
    """Looks at processes, and has one started again that was silent too often."""

    probes: Mapping[str, Probe | None]
    """name of a process -> what it is asked; None: only whether it was stopped"""
    processes: Callable[[], Mapping[str, Told]]
    """how the manager says that they are"""
    again: Callable[[str], None]
    """start a process again"""
    answers: Callable[[Probe], bool] = answers
    stopped: Callable[[int], bool] = stopped
    _missed: dict[str, int] = field(default_factory=dict)
    _seen: dict[str, int] = field(default_factory=dict)
    """name -> id of the process that has answered"""

    def look(self) -> list[str]:
        """Look once; the processes that were started again."""
        begun = []
        for name, one in self.processes().items():
            if name not in self.probes or one.state not in (UP, *ENDED):
                # what starts is the manager's care, and what an operator has stopped stays so
                continue
            if self._well(one):
                self._missed.pop(name, None)
                continue
            missed = self._missed[name] = self._missed.get(name, 0) + 1
            if missed >= (MISSED if self._known(one) else STARTS):
                self._missed.pop(name)
                self.again(name)
                begun.append(name)
        return begun

    def _well(self, one: Told) -> bool:
        if one.state != UP or self.stopped(one.pid):
            return False
        probe = self.probes[one.name]
        if probe is not None and not self.answers(probe):
            return False
        self._seen[one.name] = one.pid
        return True

    def _known(self, one: Told) -> bool:
        return one.state != UP or self._seen.get(one.name) == one.pid or self.stopped(one.pid)

    def forever(self) -> None:
        """Until the process ends."""
        while True:
            for name in self.look():
                print(f"{name} did not answer {MISSED} times and was started again", flush=True)
            time.sleep(EVERY)
