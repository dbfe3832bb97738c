"""Erasing an athlete: requested, executed step by step, certified; and again after a backup brought them back.

`machine` orders the steps and goes on where it was cut off, `steps` are what is done, `places` the files of the
workspace, `again` what is done after a restore.
"""

from fitintel.workbench.erasing.again import replay_tombstones
from fitintel.workbench.erasing.machine import erase, pending, resume

__all__ = ["erase", "pending", "replay_tombstones", "resume"]
