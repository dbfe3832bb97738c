"""P13: telling MLflow of a fleet's day, one run with athletes as steps beside a run for each athlete."""

from __future__ import annotations

import tempfile
from itertools import count
from pathlib import Path

from bench.figures import Figure, ratio_figure
from bench.measure import cpu, ratio

ATHLETES, METRICS, APART = 1000, 2, 20
AIM = 50


def figures(short: bool) -> list[Figure]:
    """P13: an athlete's share of one run beside a run of their own; what is read back is equal."""
    import mlflow
    from mlflow.entities import Metric, Param

    with tempfile.TemporaryDirectory() as name:
        mlflow.set_tracking_uri(f"sqlite:///{Path(name, 'mlflow.db')}")
        experiment = mlflow.create_experiment("fleet", artifact_location=Path(name, "artifacts").as_uri())
        client, number = mlflow.MlflowClient(), count()

        def together() -> float:
            before = cpu()
            run = client.create_run(experiment)
            for start in range(0, ATHLETES * METRICS, 1000):
                client.log_batch(run.info.run_id, metrics=[
                    Metric(f"m{place % METRICS}", float(place // METRICS), 0, place // METRICS)
                    for place in range(start, min(start + 1000, ATHLETES * METRICS))])  # fmt: skip
            client.set_terminated(run.info.run_id)
            spent = (cpu() - before) / ATHLETES
            kept = client.get_metric_history(run.info.run_id, "m0")
            assert sorted(one.value for one in kept) == [float(one) for one in range(ATHLETES)]
            return spent

        def apart() -> float:
            before = cpu()
            for _ in range(APART):
                which = next(number)
                run = client.create_run(experiment)
                client.log_batch(
                    run.info.run_id,
                    params=[Param("athlete", str(which))],
                    metrics=[Metric(f"m{place}", float(which), 0, 0) for place in range(METRICS)],
                )
                client.set_terminated(run.info.run_id)
            return (cpu() - before) / APART

        found = ratio(together, apart, 5)
    said = f"{found['ours_s'] * 1e3:.2f} ms an athlete, {found['peer_s'] * 1e3:.0f} ms for a run of their own"
    return [ratio_figure("an athlete in the fleet's run, a run for each athlete", found, AIM, said)]
