from enum import StrEnum


class What(StrEnum):
    EXCUSES = "excuses"
    GOALS = "goals"
    PLANS = "plans"
    THRESHOLDS = "thresholds"

    def __str__(self) -> str:
        return str(self.value)
