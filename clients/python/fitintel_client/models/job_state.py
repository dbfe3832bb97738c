from enum import StrEnum


class JobState(StrEnum):
    DONE = "done"
    FAILED = "failed"
    WORKING = "working"

    def __str__(self) -> str:
        return str(self.value)
