"""An erased athlete is in no byte of the workspace, nor after yesterday's backup; the others are as before."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from fitintel.core.errors import NotFound, SealBroken
from fitintel.storage import erased
from fitintel.storage.engine import Database
from fitintel.storage.tables import metadata
from fitintel.workbench.door import Workbench
from fitintel.workbench.erasing import replay_tombstones
from tests.privacy.canaries import Canaries, prepare
from tests.storage.children import in_child

GONE, STAYS, TAG, NOTE = "gone-athlete", "stays", "zqgone", "Zq-secret-note-7731"
GPX = """<?xml version="1.0"?><gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1"><trk>
<name>{name}</name><type>running</type><trkseg>{points}</trkseg></trk></gpx>"""
AUDIT = {"audit"}


def gpx(name: str, north: float) -> str:
    points = "".join(
        f'<trkpt lat="{north + 3e-5 * s:.6f}" lon="8.5"><ele>400</ele>'
        f"<time>2024-05-04T06:{s // 60:02d}:{s % 60:02d}Z</time></trkpt>"
        for s in range(0, 600, 5)
    )
    return GPX.format(name=name, points=points)


def live(bench: Workbench, folder: Path, athlete: str, note: str) -> None:
    """Import, state, comment and ask for a brief, as people do."""
    table, track = folder / f"{athlete}.csv", folder / f"{athlete}.gpx"
    rows = "".join(f"2024-05-{day:02d},Run,{20 + day},{3 + day / 10},{note} {day}\n" for day in range(1, 29))
    table.write_text(f"date,sport,duration (min),distance (km),notes\n{rows}2024-06-01,Run,{note},1,\n")
    track.write_text(gpx(note, 47.0 if athlete == GONE else 46.0))
    bench.import_files([table, track], athlete_id=athlete, workers=1)
    plan = {"day": "2024-06-02", "sport": "running", "duration": "30 min", "today": 19_870}
    bench.state("plan", athlete_id=athlete, notes=note, **plan)
    bench.comment(note, athlete_id=athlete)
    made = bench.brief(athlete, "2024-05-28")
    pages = bench.settings.briefs / athlete
    pages.mkdir(parents=True, exist_ok=True)
    (pages / f"{made.id}.html").write_text(f"<p>{athlete} {note}</p>")


@pytest.fixture(params=["sqlite", "mariadb"])
def world(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    """Two athletes with something in every table, files, pages, a notebook, a log, an export and a cache."""
    if request.param == "mariadb":
        monkeypatch.setenv("FITINTEL_DATABASE_URL", str(request.getfixturevalue("mariadb_url")))
    with Workbench.open(tmp_path / "home") as bench:
        home = bench.settings.home
        assert bench.athletes() == ()
        for athlete, note in ((GONE, NOTE), (STAYS, "a plain note")):
            live(bench, tmp_path, athlete, note)
            (home / "briefs" / "squad").mkdir(exist_ok=True)
        prepare(bench)
        for athlete, tag, first in ((GONE, TAG, 700_000), (STAYS, "zqstays", 800_000)):
            Canaries(athlete, tag, first).plant(bench)
        (home / "briefs" / "squad" / "squad-2024-05-28.html").write_text(f"{GONE} {NOTE} and {STAYS}")
        (home / "night.log").write_text(f"night: {GONE} failed\nnight: {STAYS} made\n")
        (home / "lab").mkdir()
        cell = {"cell_type": "code", "source": f'bench.workouts("{GONE}")', "outputs": [{"text": NOTE}]}
        (home / "lab" / "look.ipynb").write_text(json.dumps({"cells": [cell]}))
        (home / "columns").mkdir()
        (home / "columns" / f"{GONE}.parquet").write_bytes(NOTE.encode())
        (home / "evaluations").mkdir(exist_ok=True)
        (home / "evaluations" / "one.json").write_text(json.dumps({"athletes": {GONE: 1.5, STAYS: 2.5}}))
        bench.export(home / "taken-along.zip", GONE)
        yield bench


def found(folder: Path, *needles: str) -> set[str]:
    """Files under a folder that hold one of the words, in their bytes or their name; of zips, members."""
    hits = set()
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes() + path.name.encode()
            hits |= {f"{path.relative_to(folder)}: {each}" for each in needles if each.encode() in data}
    return hits


def dump(bench: Workbench, of: str) -> str:
    """Digest of every row of an athlete, whatever stands in it."""
    database: Database = bench.vault._store._database  # type: ignore[attr-defined]
    rows = []
    for table in metadata.sorted_tables:
        if "athlete_id" in table.c:
            mine = table.select().where(table.c.athlete_id == of).order_by(*table.primary_key.columns)
            rows.append((table.name, [tuple(row) for row in database.read(lambda c, mine=mine: c.execute(mine).all())]))
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def files(bench: Workbench, of: str) -> dict[str, bytes]:
    named = bench.vault.files_of(of)
    return {digest: bench.blobs.get(kind, digest) for kind, both in named.items() for digest in set().union(*both)
            if not digest_is_planted(bench, kind, digest)}  # fmt: skip


def digest_is_planted(bench: Workbench, kind: str, digest: str) -> bool:
    try:
        bench.blobs.get(kind, digest)
    except NotFound:
        return True
    return False


def test_an_erased_athlete_is_in_no_byte_of_the_workspace(world: Workbench) -> None:
    home, before = world.settings.home, (dump(world, STAYS), files(world, STAYS))
    assert found(home, TAG, NOTE), "the canaries are there to be found"
    keys = world.keyring.data_keys(world.keyring.mark(GONE))
    assert len(keys) == 1
    certificate = world.erase(GONE, GONE)
    world.vault.close()
    hits = found(home, TAG, NOTE)
    print(f"canaries in {sum(1 for path in home.rglob('*') if path.is_file())} files after erasure: {len(hits)}")
    assert hits == set()
    names = {hit for hit in found(home, GONE) if not hit.startswith("fitintel.db")}
    assert names == set(), "beside the audit chain nothing says the id either"
    assert certificate.state == "complete"
    assert certificate.rows > 150
    assert certificate.files >= 3
    assert not world.keyring.data_keys(world.keyring.mark(GONE))
    with Workbench(world.settings) as again:
        assert dump(again, STAYS) == before[0], "nothing of the other has changed"
        # files of runs that both had are the other's alone from now on
        assert before[1].items() <= files(again, STAYS).items()
        assert again.workouts(STAYS)
        assert again.verify_audit().whole
        rows = {table.name: again.vault._store._database.read(lambda c, table=table: c.execute(table.select()).all())  # type: ignore[attr-defined]
                for table in metadata.sorted_tables if table.name not in AUDIT}  # fmt: skip
        assert not [name for name, all_rows in rows.items() if TAG in repr(all_rows) or GONE in repr(all_rows)]
        assert [one["cells"][0]["outputs"] for one in [json.loads((home / "lab" / "look.ipynb").read_text())]] == [[]]
    assert (home / "night.log").read_text() == f"night: {STAYS} made\n"


@pytest.mark.parametrize("world", ["sqlite"], indirect=True)
def test_yesterdays_backup_does_not_bring_an_erased_athlete_back(world: Workbench, tmp_path: Path) -> None:
    """A whole copy of the workspace but its keyring, which has a backup life of its own."""
    home, backup = world.settings.home, tmp_path / "yesterday"
    before = dump(world, STAYS)
    streams = world.vault.files_of(GONE)["streams"][0]
    world.vault.close()
    shutil.copytree(home, backup, ignore=shutil.ignore_patterns("keyring"))
    with Workbench(world.settings) as bench:
        bench.erase(GONE, GONE)
    for path in home.iterdir():
        if path.name != "keyring":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in backup.iterdir():
        shutil.copytree(path, home / path.name) if path.is_dir() else shutil.copy2(path, home / path.name)
    assert found(home, TAG, NOTE)
    with Workbench(world.settings) as bench:
        with pytest.raises(SealBroken, match="key"):
            bench.vault.comments(GONE)
        kept = [digest for digest in streams if (home / "files" / "streams" / digest[:2] / digest).exists()]
        assert kept
        for digest in kept:
            with pytest.raises(SealBroken):
                bench.blobs.get("streams", digest)
    assert replay_tombstones(world.settings) == 1
    assert found(home, TAG, NOTE) == set()
    with Workbench(world.settings) as bench:
        assert [one.id for one in bench.athletes()] == [STAYS]
        assert dump(bench, STAYS) == before
    assert replay_tombstones(world.settings) == 0


@pytest.mark.parametrize("world", ["sqlite"], indirect=True)
def test_who_comes_back_under_the_same_id_is_not_erased_with_a_newer_backup(world: Workbench) -> None:
    world.erase(GONE, GONE)
    world.add(athlete_id=GONE, date="2025-05-30", sport="running", duration="30 min")
    assert replay_tombstones(world.settings) == 0
    assert len(world.workouts(GONE)) == 1


def kill_at(settings: object, place: int | None, report: int | None = None) -> None:
    """Erase in this process, which is killed at the given statement or file operation."""
    seen = 0

    def tick(*_: object, **__: object) -> None:
        nonlocal seen
        seen += 1
        if seen == place:
            os.kill(os.getpid(), signal.SIGKILL)

    from sqlalchemy import Engine

    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, name, tick)
    unlink = Path.unlink
    Path.unlink = lambda self, missing_ok=False: (tick(), unlink(self, missing_ok=missing_ok), tick())[1]  # type: ignore[method-assign,assignment,func-returns-value]
    with Workbench(settings) as bench:  # type: ignore[arg-type]
        bench.erase(GONE, GONE)
    if report is not None:
        os.write(report, str(seen).encode())


@pytest.mark.parametrize("world", ["sqlite"], indirect=True)
@pytest.mark.parametrize("shares", [(0.02, 0.3, 0.6, 0.97),
                                    pytest.param(tuple((n + 0.5) / 20 for n in range(20)), marks=pytest.mark.slow)],
                         ids=["4 places", "20 places"])  # fmt: skip
def test_an_erasure_cut_off_anywhere_ends_complete(world: Workbench, tmp_path: Path, shares: tuple[float, ...]) -> None:
    home, kept = world.settings.home, tmp_path / "kept"
    before = dump(world, STAYS)
    world.vault.close()
    shutil.copytree(home, kept)

    def fresh() -> None:
        shutil.rmtree(home)
        shutil.copytree(kept, home)

    reader, writer = os.pipe()
    os.waitpid(in_child(lambda: kill_at(world.settings, None, writer)), 0)
    places = int(os.read(reader, 100))
    assert places > 100
    killed = 0
    for share in shares:
        fresh()
        _, status = os.waitpid(in_child(lambda share=share: kill_at(world.settings, max(1, int(share * places)))), 0)  # type: ignore[misc]
        killed += os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        with Workbench(world.settings) as bench:
            begun = erased.noted(bench.keyring.folder)
            done = bench.resume_erasures()
            here = {one.id for one in bench.athletes()}
            if not done and not begun:  # it had not begun: nothing is gone
                done = [bench.erase(GONE, GONE)]
            elif not done:  # only what is noted after the certificate was cut off
                assert GONE not in here
            assert [one.state for one in done] in (["complete"], [])
            assert {one.id for one in bench.athletes()} == {STAYS}
        assert found(home, TAG, NOTE) == set()
        with Workbench(world.settings) as bench:
            assert dump(bench, STAYS) == before
            assert bench.verify_audit().whole
            assert bench.resume_erasures() == []
    assert killed == len(shares)
    with sqlite3.connect(home / "fitintel.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    print(f"erasure killed at {killed} of {places} places: each ended complete")


@pytest.mark.parametrize("world", ["sqlite"], indirect=True)
def test_another_process_answers_nothing_that_it_remembers(world: Workbench) -> None:
    with Workbench(world.settings) as other:
        brief_id = world.vault.briefs(GONE)[0][0]
        assert other.vault.brief(brief_id) == other.vault.brief(brief_id)
        world.erase(GONE, GONE)
        with pytest.raises(NotFound):
            other.vault.brief(brief_id)
