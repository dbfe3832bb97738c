"""The registry of production: an MLflow server on MariaDB and S3, with the same code as the embedded one."""

from __future__ import annotations

import pytest

from fitintel.core.errors import ArtifactRefused
from fitintel.core.performance import Point
from fitintel.tracking.cards import CHAMPION, model_name
from fitintel.tracking.connection import connect
from fitintel.tracking.flush import flush
from fitintel.tracking.models import load_model
from fitintel.tracking.points import send_points
from fitintel.tracking.signing import ArtifactKey
from tests.s3_servers import BUCKET, client, emptied, named
from tests.tracking.mlflow_servers import MlflowServer

pytestmark = pytest.mark.slow


def test_cards_briefs_and_points_on_mariadb_and_s3(mariadb_server, moto_port, monkeypatch, tmp_path, make_brief):
    import pymysql
    from sqlalchemy.engine import make_url

    from fitintel.intelligence.registry import get

    url = make_url(mariadb_server)
    with pymysql.connect(host=url.host, port=url.port, user=url.username, password=url.password) as database:
        database.cursor().execute("CREATE DATABASE mlflow_registry")
    endpoint = f"http://127.0.0.1:{moto_port}"
    emptied(endpoint)
    key = ArtifactKey(tmp_path / "artifacts.key")
    card = get("cooper_vo2max").card
    with named(endpoint, monkeypatch):
        monkeypatch.setenv("MLFLOW_S3_ENDPOINT_URL", endpoint)
        served = MlflowServer(
            tmp_path, f"{mariadb_server}mlflow_registry", "", "--artifacts-destination", f"s3://{BUCKET}/mlflow"
        )
        with served:
            assert flush([card], [make_brief("b-1")], served.uri, key=key).cards.new == ("cooper_vo2max@1.0.0",)
            again = flush([card], [make_brief("b-1")], served.uri, key=key)
            assert (again.cards.new, again.briefs) == ((), ())
            with connect(served.uri) as mlflow:
                model = load_model(mlflow, card, model_name(card), key, alias=CHAMPION)
                assert model.predict({"distance": 2400.0}) == get(card.id)(2400.0)
                points = [Point(card.id, 20000 + i, {"runs": float(i)}) for i in range(30)]
                for _ in range(2):
                    assert len(send_points(mlflow, {card.id: card}, points, None)) == 30
                (run,) = mlflow.search_runs([mlflow.get_experiment_by_name("fitintel.performance").experiment_id])
                history = mlflow.get_metric_history(run.info.run_id, "runs")
                assert [one.step for one in history] == [20000 + i for i in range(30)]
                tamper(endpoint, "card.json")
                with pytest.raises(ArtifactRefused, match=r"card\.json.*it was changed"):
                    load_model(mlflow, card, model_name(card), key, alias=CHAMPION)


def tamper(endpoint: str, name: str) -> None:
    """Change a byte of the artifact in the bucket."""
    store = client(endpoint)
    (found,) = [one["Key"] for one in store.list_objects_v2(Bucket=BUCKET)["Contents"] if one["Key"].endswith(name)]
    data = bytearray(store.get_object(Bucket=BUCKET, Key=found)["Body"].read())
    data[-5] ^= 1
    store.put_object(Bucket=BUCKET, Key=found, Body=bytes(data))
