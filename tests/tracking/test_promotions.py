"""MLflow's aliases follow what is in use and in the shadow; fairness reports are logged once."""

from __future__ import annotations

from fitintel.tracking.aliases import set_aliases
from fitintel.tracking.cards import model_name, register_cards
from fitintel.tracking.fairness import EXPERIMENT, log_reports


def test_champion_and_challenger_point_to_what_is_in_use_and_back(client, make_card, mlflow_place) -> None:
    old, new = make_card("aliased", "1.0.0"), make_card("aliased", "2.0.0")
    register_cards(client, [old, new], mlflow_place.artifacts, mlflow_place.key)
    name = model_name(old)

    def versions() -> dict[str, str]:
        aliases = client.get_registered_model(name).aliases
        return {alias: client.get_model_version(name, number).tags["version"] for alias, number in aliases.items()}

    assert set_aliases(client, {name: "1.0.0"}, {name: "2.0.0"}).missing == ()
    assert versions() == {"champion": "1.0.0", "challenger": "2.0.0"}
    assert set_aliases(client, {name: "1.0.0"}, {name: "2.0.0"}).changed == ()
    set_aliases(client, {name: "2.0.0"}, {name: None})
    assert versions() == {"champion": "2.0.0"}
    assert set_aliases(client, {name: "3.0.0"}, {}).missing == (f"{name} 3.0.0",)
    assert versions() == {"champion": "2.0.0"}


def test_a_report_is_logged_once_with_its_figures_and_alerts(client, mlflow_place) -> None:
    row = {"by": "sex", "group": "female", "figure": "error", "value": 0.5}
    document = {"month": "2026-03", "policy": "f", "alerts": ["error of sex female and male: 1.6 times"],
                "reports": [{"algorithm": "weekly_forecast", "rows": [row], "gaps": []}]}  # fmt: skip
    assert log_reports(client, [document], mlflow_place.artifacts) == 1
    assert log_reports(client, [document], mlflow_place.artifacts) == 0
    place = client.get_experiment_by_name(EXPERIMENT).experiment_id
    (run,) = client.search_runs([place])
    assert run.data.metrics == {"weekly_forecast/sex/female/error": 0.5}
    assert run.data.tags["fitintel.alert.0"].startswith("error of sex female")
    assert [one.path for one in client.list_artifacts(run.info.run_id)] == ["fairness.json"]
    assert log_reports(client, [{**document, "alerts": []}], mlflow_place.artifacts) == 1
