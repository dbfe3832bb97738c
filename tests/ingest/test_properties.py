"""Properties that hold for any table: values survive every dialect, and every row ends somewhere."""

from __future__ import annotations

import csv
import io
import math
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fitintel.core import days
from fitintel.core.errors import DataError
from fitintel.core.records import Athlete, Outcome
from fitintel.core.rules import RULES
from fitintel.core.units import METRE_PER_MILE
from fitintel.ingest import intake
from fitintel.ingest.numbers import numbers, plain
from fitintel.storage import open_blobs, open_store
from fitintel.workbench.importing import import_files

TODAY = days.number(date(2025, 10, 8))
METRES = {"km": 1000.0, "mi": METRE_PER_MILE, "m": 1.0}
SECONDS = {"s": 1.0, "min": 60.0, "h": 3600.0}
FRENCH = ("janv", "févr", "mars", "avril", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc")
DATES = {
    "iso": lambda day: day.isoformat(),
    "dots": lambda day: f"{day.day:02}.{day.month:02}.{day.year}",
    "word": lambda day: f"{days.MONTHS[day.month - 1]}. {day.day}, {day.year}",
    "french": lambda day: f"{day.day} {FRENCH[day.month - 1]} {day.year}",
}

workout = st.tuples(
    st.integers(0, 3000).map(lambda n: date(2016, 1, 1) + timedelta(days=n)),
    st.sampled_from(["Run", "Walk", "Bike Ride", "Yoga"]),
    st.integers(300, 30_000),
    st.integers(2_000, 10_000),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters='"'), max_size=20),
)
dialect = st.fixed_dictionaries({
    "delimiter": st.sampled_from([",", ";", "\t"]), "decimal": st.sampled_from([".", ","]),
    "distance": st.sampled_from(sorted(METRES)), "duration": st.sampled_from([*sorted(SECONDS), "h:mm:ss"]),
    "date": st.sampled_from(sorted(DATES)), "end": st.sampled_from(["\n", "\r\n", "\r"]),
    "encoding": st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
})  # fmt: skip


def write(rows: list, how: dict) -> bytes:
    def number(value: float) -> str:
        return f"{value:.9f}".replace(".", how["decimal"])

    def duration(seconds: int) -> str:
        if how["duration"] == "h:mm:ss":
            return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        return number(seconds / SECONDS[how["duration"]])

    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=how["delimiter"], lineterminator=how["end"])
    writer.writerow(["Date", "Sport", f"Duration ({how['duration']})", f"Distance ({how['distance']})", "Notes"])
    for day, sport, seconds, metres, note in rows:
        writer.writerow(
            [DATES[how["date"]](day), sport, duration(seconds), number(metres / METRES[how["distance"]]), note]
        )
    return text.getvalue().encode(how["encoding"])


def read(data: bytes) -> intake.Intake:
    return intake.read(data, name="t.csv", athlete_id="ann", import_id="i", today=TODAY)


@settings(max_examples=150, deadline=None)
@given(st.lists(workout, min_size=1, max_size=12, unique_by=lambda row: row[:4]), dialect)
def test_a_table_gives_the_same_values_in_every_dialect(rows: list, how: dict) -> None:
    taken = read(write(rows, how))
    assert not [finding for finding in taken.findings if finding.outcome is Outcome.QUARANTINED], taken.findings
    got = sorted(
        (row["day"], row["duration"], row["distance"], row["source_sport"], row["notes"] or "")
        for row in taken.workouts.rows()
    )
    want = sorted((days.number(day), seconds, metres, sport, note) for day, sport, seconds, metres, note in rows)
    assert len(got) == len(want)
    for (day, seconds, metres, sport, note), expected in zip(got, want, strict=True):
        assert (day, sport, note) == (expected[0], expected[3], expected[4].lstrip(" "))
        assert math.isclose(seconds, expected[1], abs_tol=1e-3)
        assert math.isclose(metres, expected[2], abs_tol=1e-3)


@settings(max_examples=150, deadline=None)
@given(st.lists(workout, min_size=1, max_size=12, unique_by=lambda row: row[:4]), dialect, dialect, st.randoms())
def test_ids_depend_on_neither_dialect_nor_row_order(rows: list, one: dict, two: dict, random) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert set(read(write(rows, one)).workouts["id"]) == set(read(write(shuffled, two)).workouts["id"])


cell = st.one_of(
    st.sampled_from([
        "", "2024-03-01", "03/04/2024", "31.12.2023", "9999-12-31", "Run", "30", "5.5", "-3", "NaN", "1e309", "--", "0",
        "1:02:03", "86401", "32767", "x" * 10_001, "1_000", "٣", '"', 'a"b', "a,b", "\x00", "a\nb", "\udcff",
    ]),
    st.text(max_size=8),
    st.floats(-1e6, 1e6).map(repr),
)  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(cell, max_size=7), max_size=12), st.booleans(), st.booleans())
def test_every_row_of_any_table_ends_somewhere(rows: list[list[str]], quoted: bool, valid: bool) -> None:
    text = "date,sport,duration (min),distance (km),steps,notes\n2024-02-29,Run,30,5,,\n" if valid else ""
    for row in rows:
        text += ",".join('"' + c.replace('"', '""') + '"' if quoted else c for c in row) + "\n"
    data = text.encode("utf-8", "surrogateescape") if "\udcff" in text else text.encode("utf-8", "replace")
    refused: DataError | None = None
    try:
        taken = read(data)
    except DataError as error:
        refused = error
    if refused is not None:
        assert refused.rule in RULES
        assert len(str(refused)) < 2000
        return
    assert taken.read == len(taken.workouts) + taken.repeated + taken.kept_aside
    aside = {f.row for f in taken.findings if f.outcome is Outcome.QUARANTINED}
    assert len(aside) == taken.kept_aside
    stored = {int(row) for row in taken.workouts["row"]}
    assert not aside & stored
    assert len(stored | aside) + taken.repeated == taken.read
    for finding in taken.findings:
        assert len(finding.value) <= 200
        finding.value.encode()
    assert taken.workouts["duration"][~(taken.workouts["duration"] > 0)].size == sum(
        math.isnan(value) for value in taken.workouts["duration"]
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory):
    store = open_store("sqlite://")
    yield store, open_blobs(f"file://{tmp_path_factory.mktemp('files')}")
    store.close()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(workout, st.sampled_from(["", "x", "-1", "1e6", "2099-01-01"])), min_size=1, max_size=10),
    st.lists(st.integers(0, 9), max_size=6),
    st.randoms(),
)
def test_counts_add_up_and_rows_in_another_order_add_nothing(store, tmp_path_factory, rows, again, random) -> None:
    facts, blobs = store
    athlete = f"a{len(facts.athletes())}"
    facts.put_athlete(Athlete(athlete, athlete))
    lines = [f"{day},{sport},{spoilt or s / 60!r},{m / 1000!r}" for (day, sport, s, m, _), spoilt in rows]
    lines += [lines[place % len(lines)] for place in again]
    path = tmp_path_factory.mktemp("in") / "t.csv"
    added = []
    for _ in range(2):
        path.write_text("date,sport,duration (min),distance (km)\n" + "\n".join(lines) + "\n")
        (report,) = import_files(facts, blobs, athlete, [path], today=TODAY)
        record = report.record
        assert record.read == record.imported + record.warned + record.duplicate + record.quarantined == len(lines)
        added.append(record.imported + record.warned)
        random.shuffle(lines)
    assert added[0] == len(facts.workouts(athlete))
    assert added[1] == 0


@given(st.lists(st.one_of(st.floats().map(repr), st.text(max_size=6), st.integers().map(str)), max_size=20))
def test_a_column_of_numbers_is_read_as_its_cells_are(cells: list[str]) -> None:
    read_ = numbers(cells)
    for place, text in enumerate(cells):
        alone = plain(text)
        if place in read_.unreadable:
            assert alone is None
        elif place in read_.infinite:
            assert alone is None or math.isinf(alone)
        else:
            assert alone == read_.values[place] or (math.isnan(alone) and math.isnan(read_.values[place]))


@pytest.mark.parametrize("cells", [["1", "2.5", ""], ["1", "2.5", " "], ["1", "--", "+"], ["1e400", "7"]])
def test_the_fast_and_the_careful_way_agree(cells: list[str]) -> None:
    fast, careful = numbers(cells), numbers([*cells, " 1 "])
    assert list(fast.unreadable) == list(careful.unreadable)
    assert list(fast.infinite) == list(careful.infinite)
