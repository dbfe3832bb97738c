"""An evaluation is one MLflow run."""

from __future__ import annotations

import json

from fitintel.tracking.evaluations import DOCUMENT, EXPERIMENT, log_evaluations

DOCUMENTS = [
    {
        "id": "e-" + "1" * 20, "seed": 7, "end_day": 20366, "code": "c" * 64, "scale": {"athletes": 2},
        "inputs": {"one": "d" * 64}, "versions": {f"algorithm_{n}": "1.0.0" for n in range(150)},
        "figures": [
            {"of": "squad", "area": "alerts", "name": "50 % (a)", "group": "all", "value": 0.25, "low": 0.1,
             "high": 0.4, "holds": True},
            {"of": "squad", "area": "alerts", "name": "none", "group": "all", "value": None, "low": None, "high": None,
             "holds": None},
        ],
    }
]  # fmt: skip


def test_an_evaluation_is_logged_once_with_its_numbers_and_its_document(client, mlflow_place, tmp_path):
    assert log_evaluations(client, DOCUMENTS, mlflow_place.artifacts) == (DOCUMENTS[0]["id"],)
    assert log_evaluations(client, DOCUMENTS, mlflow_place.artifacts) == ()
    place = client.get_experiment_by_name(EXPERIMENT).experiment_id
    (run,) = client.search_runs([place])
    assert run.info.status == "FINISHED"
    assert run.data.metrics == {"squad/alerts/50 a /all": 0.25, "squad/alerts/50 a /all/low": 0.1,
                                "squad/alerts/50 a /all/high": 0.4}  # fmt: skip
    assert len([name for name in run.data.params if name.startswith("version.")]) == 150
    assert (run.data.params["seed"], run.data.tags["fitintel.holds"]) == ("7", "1 of 1")
    kept = client.download_artifacts(run.info.run_id, DOCUMENT, str(tmp_path))
    with open(kept, encoding="utf-8") as file:
        assert json.load(file) == DOCUMENTS[0]
