"""Is every process well, and not only there? One that has stopped answering is started again."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

PATIENCE = 5.0
"""s for an answer"""
EVERY = 5.0
"""s from one look to the next"""
MISSED = 3
"""looks in a row without an answer after which a process is started again"""
WELL = (200, 401, 403)
"""statuses of a process that is well, the last two as it asks who is there"""


def answers(address: str, patience: float = PATIENCE) -> bool:
    """Whether an address answers as a process does that is well."""
    try:
        with urllib.request.urlopen(address, timeout=patience) as answer:
            return answer.status in WELL
    except urllib.error.HTTPError as error:
        return error.code in WELL
    except OSError:
        return False


@dataclass(slots=True)
class Watch:
    """Looks at addresses, and has a process started again that was silent too often."""

    addresses: Mapping[str, str]
    """name of a process -> what is asked"""
    again: Callable[[str], None]
    """start a process again"""
    well: Callable[[str], bool] = answers
    _missed: dict[str, int] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def look(self) -> list[str]:
        """Look once; the processes that were started again.

        One that has not answered yet since its start is still starting: that it ends by itself is the manager's care.
        """
        begun = []
        for name, address in self.addresses.items():
            if self.well(address):
                self._seen.add(name)
                self._missed.pop(name, None)
                continue
            self._missed[name] = self._missed.get(name, 0) + 1
            if name in self._seen and self._missed[name] >= MISSED:
                self._missed.pop(name)
                self._seen.discard(name)
                self.again(name)
                begun.append(name)
        return begun

    def forever(self) -> None:
        """Until the process ends."""
        while True:
            for name in self.look():
                print(f"{name} did not answer {MISSED} times and was started again", flush=True)
            time.sleep(EVERY)
