"""A squad in which everything that people write is one of the payloads: each athlete has one of them in every field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from fitintel.core import days
from fitintel.workbench.door import Workbench
from tests.board.browsing import DAY

LAST = days.number(days.date(*map(int, DAY.split("-")))) - 1

NO_SLASH = "\N{FRACTION SLASH}"
"""of a file's name, which can have no other"""


def hostile_squad(home: Path, texts: Sequence[str]) -> None:
    """Make the workspace: athlete `a00` has the first text as name, squad, goal, comment, note, sport, file name ...

    The briefs of DAY are made, so that the pages show all of it at once.
    """
    files = home.with_name("files")
    files.mkdir()
    with Workbench.open(home) as bench:
        for place, text in enumerate(texts):
            athlete = f"a{place:02d}"
            file = files / f"{text.replace('/', NO_SLASH)}.csv"
            quoted = '"' + text.replace('"', '""') + '"'
            rows = [f"{days.iso(day)},run,{40 + day % 9},{7 + day % 4},{quoted}" for day in range(LAST - 80, LAST, 2)]
            rows.append(f"{days.iso(LAST)},{quoted},50,9,{quoted}")
            file.write_text("\n".join(["date,sport,duration (min),distance (km),notes", *rows]))
            bench.import_files([file], athlete_id=athlete, workers=1)
            bench.store.put_athlete(replace(bench.store.athlete(athlete), name=text))
            bench.add_squad(athlete, text)
            bench.invite(athlete, athlete, accepted=True)
            bench.state("goal", athlete_id=athlete, kind="event", name=text, valid_from=days.iso(LAST + 40),
                        sport="running", distance="10km")  # fmt: skip
            bench.state("plan", athlete_id=athlete, day=days.iso(LAST + 2), sport="running", duration="50min",
                        notes=text)  # fmt: skip
            bench.state("excuse", athlete_id=athlete, first=days.iso(LAST - 1), reason="injured", notes=text)
            bench.comment(text, day=DAY, athlete_id=athlete)
            _, _, (latest, *_rest) = bench.latest_workouts(athlete, 1)
            bench.label(latest["id"], "activity", "walk", text, athlete_id=athlete)
            for one in bench.board(DAY, most=0).standings:
                for raised in one.alerts:
                    bench.answer(raised.key, "acknowledge", text, athlete_id=one.athlete.id)
        bench.board(DAY)
