"""Figures of the classification as a table a person reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fitintel.views.numbers import count

HEADER = ("level", "method", "workouts", "tested", "answered", "accuracy", "macro-F1", "with unsure", "Brier", "ECE",
          "ECE by mass", "ECE by chance")  # fmt: skip
METHODS = {"majority": "most frequent", "rule": "rule", "before": "before labels", "after": "after labels"}


def class_rows(score: Mapping[str, Any]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and one row per level, group and method; nothing for groups without a tested workout."""
    names = ("accuracy", "macro_f1", "macro_f1_all", "brier", "ece", "ece_mass", "ece_null")
    return HEADER, [
        (
            row["level"], METHODS[row["method"]], row["group"], f"{row['n']:,}", f"{1 - row['abstained']:.1%}",
            *("-" if row[name] is None else f"{row[name]:.3f}" for name in names),
        )
        for row in score["scores"] if row["n"]
    ]  # fmt: skip


def class_summary(score: Mapping[str, Any]) -> str:
    """How it was measured, and F1 of each label after labels, in sentences."""
    lines = [
        f"{count(score['athletes'], 'athlete')} ({score['of']}). Each gave at most {score['given']:,} labels on each "
        "level, of the older 60 % of their workouts; the newer 40 % were tested.",
        "Accuracy and macro-F1 are of the answers given; with unsure: an abstention counts as wrong.",
        "ECE by chance: 95 % of perfectly calibrated answers of that number stay below.",
    ]
    for row in score["scores"]:
        if row["method"] == "after" and row["group"] == "all" and row["n"]:
            of = ", ".join(f"{name} {value:.2f} of {row['counts'][name]:,}" for name, value in row["f1"].items())
            lines.append(f"F1 of {row['level']} after labels: {of}.")
    return "\n".join(lines)
