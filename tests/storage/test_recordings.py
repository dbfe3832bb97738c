"""What is kept of recorded workouts, on every database; and their samples, on any file store."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.core.errors import NotFound, StorageError, UnknownName
from fitintel.core.recorded import KeptLap, KeptLeg, KeptRepair, Recorded
from fitintel.storage import open_blobs, streams
from fitintel.storage.store import Store
from tests.storage.examples import ANNA, BEN, a_problem, an_import, one_workout

pytestmark = pytest.mark.filterwarnings("ignore:Call to deprecated setex")  # by dogpile.cache

REPAIR = KeptRepair("w-1", "gps_spike", "1.0.0", True, {"samples": 3, "channels": ["lat"]}, {"distance": [9.0, 8.0]})
ONE = Recorded(
    workout_id="w-1", import_id="i-1", sha256="a" * 64, kind="fit", maker="Garmin Übung", name="Morgenlauf",
    samples=3, channels=("hr", "dev:x y"), stream="b" * 64, rr=None, device={"duration": 60.5, "hr_mean": 140.0},
    figures={"moving": 58.0}, quality=87.5, reasons=({"name": "gaps", "share": 0.1},),
    legs=(KeptLeg("running", "run", 0.0, 30.0, {}, {"distance": 100.0}),
          KeptLeg("cycling", "bike", 30.0, 60.0, {"distance": 300.0}, {})),
    laps=tuple(KeptLap("lap", float(n), float(n + 1), {"trigger": "manual", "distance": 5.0}) for n in range(3)),
    pauses=((10.0, 12.5), (20.0, 21.0)), repairs=(REPAIR,),
)  # fmt: skip


@pytest.fixture
def anna(store: Store) -> Store:
    store.put_athlete(ANNA)
    store.save_import(an_import("i-1"), one_workout(), (), recordings=(ONE,))
    return store


def test_what_is_kept_of_a_recording_comes_back_as_it_was(anna: Store) -> None:
    assert anna.recordings(ANNA.id) == (ONE,)
    assert anna.recordings(ANNA.id, ["w-1"]) == (ONE,)
    assert anna.recordings(ANNA.id, ["w-2"]) == ()
    assert anna.recordings("nobody") == ()
    assert anna.repairs(ANNA.id) == (REPAIR,)


def test_a_recording_is_left_as_it_is_by_a_second_import(anna: Store) -> None:
    anna.save_import(an_import("i-2"), one_workout(), (), recordings=(replace(ONE, name="other", laps=()),))
    assert anna.recordings(ANNA.id) == (ONE,)


def test_a_corrected_recording_takes_the_place_of_the_old_and_a_repair_turned_off_stays_off(anna: Store) -> None:
    anna.put_repairs(ANNA.id, [replace(REPAIR, enabled=False)])
    other = replace(ONE, name="other", laps=ONE.laps[:1], legs=(), pauses=())
    anna.save_import(an_import("i-2"), one_workout(), (), replaced=["w-1"], recordings=(other,))
    (found,) = anna.recordings(ANNA.id)
    assert replace(found, repairs=()) == replace(other, repairs=())
    assert [repair.enabled for repair in found.repairs] == [False]


def test_a_recording_is_stored_with_its_row_or_not_at_all(store: Store) -> None:
    store.put_athlete(ANNA)
    alien = a_problem(athlete=BEN)
    with pytest.raises(ValueError, match="another athlete"):
        store.save_import(an_import("i-1"), one_workout(), (alien,), recordings=(ONE,))
    assert store.recordings(ANNA.id) == ()


def test_quality_is_set_or_refused_whole(anna: Store) -> None:
    anna.judge_quality(ANNA.id, {"w-1": (12.0, [{"name": "clock"}])})
    (found,) = anna.recordings(ANNA.id)
    assert (found.quality, found.reasons) == (12.0, ({"name": "clock"},))
    with pytest.raises(NotFound):
        anna.judge_quality(ANNA.id, {"w-1": (50.0, []), "w-9": (50.0, [])})
    assert anna.recordings(ANNA.id) == (found,)


def test_ledger_rows_of_files_that_brought_nothing_are_written_together(anna: Store) -> None:
    records = [replace(an_import(f"i-{n}"), sha256=f"{n:064x}") for n in range(10, 20)]
    anna.note_imports(records)
    anna.note_imports([])
    assert {record.id for record in anna.imports(ANNA.id)} == {"i-1", *(record.id for record in records)}
    wanted = [records[2].sha256, records[7].sha256, "f" * 64]
    assert [record.id for record in anna.imports(ANNA.id, sha256=wanted)] == ["i-12", "i-17"]
    assert [record.id for record in anna.imports(sha256=records[3].sha256)] == ["i-13"]
    with pytest.raises(NotFound):
        anna.note_imports([replace(records[0], id="i-99", athlete_id="nobody")])


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=50), st.integers(1, 4))
def test_samples_come_back_bit_for_bit(values: list[float], channels: int) -> None:
    columns = {f"c{n}": np.array(values) * n for n in range(channels)}
    found = streams.decode(io.BytesIO(streams.encode(columns)))
    assert list(found) == list(columns)
    assert all(found[name].tobytes() == columns[name].tobytes() for name in columns)


def test_equal_samples_are_equal_bytes() -> None:
    columns = {"time": np.arange(1000.0), "hr": np.full(1000, 140.0)}
    assert streams.encode(columns) == streams.encode({name: values.copy() for name, values in columns.items()})
    assert streams.encode({"x": np.arange(20.0)[::2]}) == streams.encode({"x": np.arange(20.0)[::2].copy()})


@pytest.mark.parametrize("url", ["file://{}", "memory://samples"])
def test_one_channel_is_read_without_the_others(url: str, tmp_path: Path) -> None:
    blobs = open_blobs(url.format(tmp_path))
    columns = {name: np.random.default_rng(n).random(20_000) for n, name in enumerate(("time", "hr", "power", "lat"))}
    written = streams.encode(columns)
    digest = blobs.put(streams.KIND, written)
    with blobs.open(streams.KIND, digest) as file:
        assert np.array_equal(streams.decode(file, ["hr"])["hr"], columns["hr"])
    asked: list[int] = []

    class Counted(io.BytesIO):
        """Says how many bytes were read."""

        def read(self, size: int | None = -1) -> bytes:
            data = super().read(size)
            asked.append(len(data))
            return data

    streams.decode(Counted(written), ["hr"])
    assert 0 < sum(asked) < len(written) / 2
    with blobs.open(streams.KIND, digest) as file, pytest.raises(UnknownName):
        streams.decode(file, ["pulse"])
    with pytest.raises(NotFound):
        blobs.open(streams.KIND, "0" * 64)


def test_a_damaged_stream_is_not_used() -> None:
    written = bytearray(streams.encode({"time": np.arange(1000.0), "hr": np.arange(1000.0)}))
    for place in (200, len(written) // 2, len(written) - 3):
        bad = bytearray(written)
        bad[place] ^= 0x40
        with pytest.raises(StorageError):
            streams.decode(io.BytesIO(bytes(bad)))


def test_samples_are_read_without_pandas() -> None:
    import subprocess
    import sys

    code = "import io, sys, numpy as np; from fitintel.storage import streams as s; "
    code += "s.decode(io.BytesIO(s.encode({'time': np.arange(9.0)}))); sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
