"""Cards in MLflow's registry."""

from __future__ import annotations

import json

import pytest

from fitintel.core.card import Validity
from fitintel.core.errors import ReplayMismatch
from fitintel.tracking.cards import CHALLENGER, CHAMPION, model_name, register_cards, register_challenger


@pytest.fixture
def register(client, mlflow_place):
    return lambda *cards: register_cards(client, cards, mlflow_place.artifacts, mlflow_place.key)


def test_a_card_becomes_a_registered_model_with_tags_description_and_champion(client, register, make_card):
    card = make_card("told")
    assert register(card).new == ("told@1.0.0",)
    model = client.get_registered_model("fitintel.load.told")
    version = client.get_model_version_by_alias(model.name, CHAMPION)
    kept = {"cards", "manifest"}  # of the model as a whole, and of the version's artifact
    assert {k: v for k, v in version.tags.items() if k not in kept} == {
        k: v for k, v in model.tags.items() if k not in kept
    }
    assert version.tags["version"] == "1.0.0"
    assert version.tags["validity"] == "useful"
    assert version.tags["source"] == "Foster 2001"
    assert version.tags["output"] == "load [a.u.]"
    assert json.loads(version.tags["inputs"]) == {"duration": "min", "rpe": "CR-10"}
    assert json.loads(version.tags["parameters"]) == {"k": 1.5, "weights": [1, 2]}
    assert json.loads(version.tags["limits"]) == ["a rating is personal"]
    assert "a rating is personal" in version.description
    assert model.description == version.description


def test_registering_again_changes_nothing(client, register, make_card):
    cards = [make_card("again_a"), make_card("again_b")]
    register(*cards)
    before = client.search_model_versions("name LIKE 'fitintel.load.again%'")
    answer = register(*cards)
    assert answer.unchanged == ("again_a@1.0.0", "again_b@1.0.0")
    assert not answer.new
    assert not answer.changed
    after = client.search_model_versions("name LIKE 'fitintel.load.again%'")
    assert [v.last_updated_timestamp for v in after] == [v.last_updated_timestamp for v in before]
    assert len(after) == 2


def test_other_words_at_the_same_version_renew_tags_and_add_no_version(client, register, make_card):
    register(make_card("reworded"))
    answer = register(make_card("reworded", limits=("another limit",), validity=Validity.ROUGH))
    assert answer.changed == ("reworded@1.0.0",)
    (version,) = client.search_model_versions("name = 'fitintel.load.reworded'")
    model = client.get_registered_model("fitintel.load.reworded")
    for said in (version, model):
        assert said.tags["validity"] == "rough"
        assert "another limit" in said.description
    assert register(make_card("reworded", limits=("another limit",), validity=Validity.ROUGH)).changed == ()


def test_a_new_version_becomes_champion_and_the_old_one_stays(client, register, make_card):
    register(make_card("moved", "1.9.0"))
    assert register(make_card("moved", "1.10.0")).new == ("moved@1.10.0",)
    versions = {v.tags["version"] for v in client.search_model_versions("name = 'fitintel.load.moved'")}
    assert versions == {"1.9.0", "1.10.0"}
    assert client.get_model_version_by_alias("fitintel.load.moved", CHAMPION).tags["version"] == "1.10.0"
    assert client.get_registered_model("fitintel.load.moved").tags["version"] == "1.10.0"


def test_an_older_card_does_not_take_the_place_of_a_newer_champion(client, register, make_card):
    register(make_card("older", "2.0.0"))
    assert register(make_card("older", "1.0.0")).new == ("older@1.0.0",)
    assert client.get_model_version_by_alias("fitintel.load.older", CHAMPION).tags["version"] == "2.0.0"
    assert client.get_registered_model("fitintel.load.older").tags["version"] == "2.0.0"
    assert register(make_card("older", "1.0.0")).unchanged == ("older@1.0.0",)


def test_an_interrupted_registration_is_taken_up_again(client, register, make_card):
    client.create_registered_model("fitintel.load.cut")  # all that was done before the interruption
    assert register(make_card("cut")).new == ("cut@1.0.0",)
    assert client.get_registered_model("fitintel.load.cut").tags["title"] == "Title of cut"
    assert client.get_model_version_by_alias("fitintel.load.cut", CHAMPION).version == 1


def test_a_challenger_stands_beside_the_champion_and_takes_nothing_from_it(client, register, make_card, mlflow_place):
    name, challenger = "fitintel.load.held", make_card("held", "1.1.0", title="Bolder")
    register(make_card("held"))
    assert register_challenger(client, challenger, mlflow_place.artifacts, mlflow_place.key)
    assert client.get_model_version_by_alias(name, CHALLENGER).tags["version"] == "1.1.0"
    assert client.get_model_version_by_alias(name, CHAMPION).tags["version"] == "1.0.0"
    assert client.get_registered_model(name).tags["title"] == "Title of held"
    assert not register_challenger(client, challenger, mlflow_place.artifacts, mlflow_place.key)
    assert register(make_card("held", title="Other words")).changed == ("held@1.0.0",)
    assert client.get_registered_model(name).tags["title"] == "Other words"
    assert client.get_model_version_by_alias(name, CHAMPION).tags["version"] == "1.0.0"
    assert register(make_card("held", "1.1.0")).changed == ("held@1.1.0",)  # it was put into the family's folder
    assert client.get_model_version_by_alias(name, CHAMPION).tags["version"] == "1.1.0"
    register(make_card("held"))
    assert client.get_model_version_by_alias(name, CHAMPION).tags["version"] == "1.1.0"


def test_the_whole_catalogue_is_registered_and_its_texts_fit(client, mlflow_place):
    from fitintel.intelligence.registry import catalogue

    cards = [found.card for found in catalogue().values()]
    made = register_cards(client, cards, mlflow_place.artifacts, mlflow_place.key)
    assert {*made.new, *made.unchanged} == {f"{card.id}@{card.version}" for card in cards}
    for card in cards:
        version = client.get_model_version_by_alias(model_name(card), CHAMPION)
        assert version.tags["version"] == card.version


def load(client, mlflow_place, name):
    import mlflow

    mlflow.set_tracking_uri(mlflow_place.uri)
    mlflow.set_registry_uri(mlflow_place.uri)
    return mlflow.pyfunc.load_model(f"models:/{name}@{CHAMPION}")


@pytest.mark.parametrize("card_id", ["session_rpe"])
def test_a_registered_model_gives_what_the_algorithm_gives(client, mlflow_place, card_id):
    from fitintel.intelligence.registry import get

    card = get(card_id).card
    register_cards(client, [card], mlflow_place.artifacts, mlflow_place.key)
    model = load(client, mlflow_place, model_name(card))
    assert model.predict({"duration": 60.0, "rpe": 5.0}) == get(card_id)(60.0, 5.0) == 300.0


def test_a_model_of_workouts_takes_plain_columns(client, mlflow_place):
    from fitintel.core.workouts import COLUMNS, Workouts
    from fitintel.intelligence.registry import get

    workouts = Workouts.from_rows(
        [{"id": f"w{day}", "day": day, "sport": "running", "duration": 1800.0, "distance": 5000.0, "flags": ""}
         for day in (20000, 20002)]
    )  # fmt: skip
    card = get("daily_totals").card
    register_cards(client, [card], mlflow_place.artifacts, mlflow_place.key)
    model = load(client, mlflow_place, model_name(card))
    columns = {name: workouts[name].tolist() for name in COLUMNS}
    given = model.predict({"workouts": [columns], "day": [20003]})
    assert given["duration"].tolist() == get("daily_totals")(workouts, 20003)["duration"].tolist() == [1800, 0, 1800, 0]


def test_a_model_of_another_version_than_the_installed_one_refuses_to_load(client, mlflow_place):
    from dataclasses import replace

    from fitintel.intelligence.registry import get

    card = replace(get("session_rpe").card, version="99.0.0")
    register_cards(client, [card], mlflow_place.artifacts, mlflow_place.key)
    with pytest.raises(ReplayMismatch, match=r"session_rpe 99\.0\.0"):
        load(client, mlflow_place, model_name(card))
