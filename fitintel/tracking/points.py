"""send_points(): one long-lived MLflow run per algorithm, one batch of points into it, the day number as the step.

A point is sent with the time of its day. MLflow keeps a metric of equal key, time, step and value once, so a batch that
was sent but could not be marked is sent again without a double.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from fitintel.core.performance import Point
from fitintel.tracking.cards import model_name
from fitintel.tracking.connection import experiment

if TYPE_CHECKING:
    from mlflow import MlflowClient

    from fitintel.core.card import Card

EXPERIMENT = "fitintel.performance"
ALGORITHM = "fitintel.algorithm"
BATCH = 1000
"""MLflow takes at most this many metrics in one call."""
DAY = 86_400_000
"""ms"""


def send_points(
    client: MlflowClient, cards: Mapping[str, Card], points: Iterable[Point], artifacts: str | None
) -> tuple[tuple[str, int], ...]:
    """Send points, some days of one algorithm in one call; (algorithm, day) of what MLflow now has."""
    from mlflow.entities import Metric

    grouped: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        grouped[point.algorithm].append(point)
    if not grouped:
        return ()
    place = experiment(client, EXPERIMENT, artifacts)
    runs = {run.data.tags[ALGORITHM]: run.info.run_id
            for run in client.search_runs([place], f"tags.`{ALGORITHM}` LIKE '%'", max_results=1000)}  # fmt: skip
    sent: list[tuple[str, int]] = []
    for name, mine in sorted(grouped.items()):
        run = runs.get(name) or _started(client, place, name, cards.get(name))
        metrics = [Metric(key, value, point.day * DAY, point.day)
                   for point in mine for key, value in point.figures.items()]  # fmt: skip
        for start in range(0, len(metrics), BATCH):
            client.log_batch(run, metrics=metrics[start : start + BATCH])
        sent += [(name, point.day) for point in mine]
    return tuple(sent)


def _started(client: MlflowClient, place: str, name: str, card: Card | None) -> str:
    """The run of an algorithm; it is never ended."""
    tags = {ALGORITHM: name, "mlflow.note.content": "One point a day over all briefs; the step is the day number."}
    if card is not None:
        tags |= {"fitintel.model": model_name(card), "title": card.title}
    return str(client.create_run(place, tags=tags, run_name=name).info.run_id)
