"""Briefs that have been made, kept with all beside them in one transaction: one of them, or a night's many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from fitintel.core import snapshot
from fitintel.core.answers import Told
from fitintel.core.audit import Entry, Signer
from fitintel.core.made import MadeBrief
from fitintel.core.performance import Fared
from fitintel.core.records import Brief, Run
from fitintel.storage import encode
from fitintel.storage.engine import Database
from fitintel.storage.sql_athletes import hold
from fitintel.storage.sql_audit import Adding
from fitintel.storage.sql_fleet import parts
from fitintel.storage.sql_memberships import keep_owners
from fitintel.storage.sql_performance import keep_performance
from fitintel.storage.sql_told import keep_told, told_rows
from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables import briefs, runs, untracked


class SqlMade:
    """The part of SqlStore that keeps briefs as they are made."""

    _database: Database

    def save_brief(
        self, brief: Brief, runs: Sequence[Run], told: Sequence[Told] = (), *,
        noted: Sequence[Entry] = (), signer: Signer | None = None, fared: Fared | None = None,
    ) -> None:  # fmt: skip
        """A brief, its runs and what it told in one transaction; what exists is left as it is. Queues a new brief for
        tracking, keeps how its algorithms `fared`, and adds what is `noted` of a new one to the audit chain.

        Raises NotFound for an unknown athlete.
        """
        self.save_briefs([MadeBrief(brief, runs, told, noted, fared)], signer=signer if noted else None)

    def save_briefs(
        self, made: Sequence[MadeBrief], *, noted: Sequence[Entry] = (), signer: Signer | None = None
    ) -> tuple[int, str] | None:
        """Several briefs with all beside them, in one transaction: what exists is left as it is.

        A new brief is queued for tracking, how its algorithms fared is kept, and what is noted of it is added to the
        audit chain, before what is `noted` of all. Returns (number, signature) of the last row that was added there.
        Raises NotFound for an unknown athlete; then nothing is kept.
        """
        run_rows = {run.id: encode.run_row(run) for one in made for run in one.runs}
        values = [(one, snapshot.pack(encode.brief_bytes(one.brief)), told_rows(one.told)) for one in made]
        signs: dict[tuple[str, ...], Adding] = {}

        def work(connection: Connection) -> tuple[int, str] | None:
            for athlete_id in sorted({one.brief.athlete_id for one in made}):
                hold(connection, athlete_id)
            # in one order for everyone: athletes share runs on equal inputs, and two writers must not wait crosswise
            add_missing_records(connection, runs, [run_rows[name] for name in sorted(run_rows)])
            there = _there(connection, [one.brief.id for one in made])
            new = []
            for one, data, said in values:
                keep_owners(connection, one.brief.athlete_id, [run.id for run in one.runs])
                keep_told(connection, said)
                if one.brief.id not in there:  # else queued when it was first saved, and perhaps tracked since
                    there.add(one.brief.id)
                    new.append(one)
                    _add_brief(connection, one, data)
            if signer is None:
                return None
            names = tuple(one.brief.id for one in new)
            # made once for the same rows, so that a transaction that is tried again adds them once
            sign = signs.setdefault(names, Adding([*(each for one in new for each in one.noted), *noted], signer))
            return sign(connection)

        return self._database.write(work)


def _add_brief(connection: Connection, one: MadeBrief, data: bytes) -> None:
    at = encode.micros(datetime.now(UTC))
    row = {"athlete_id": one.brief.athlete_id, "day": one.brief.day, "id": one.brief.id, "at": at, "value": data}
    add_missing_records(connection, briefs, [row])
    add_missing_records(connection, untracked, [{"brief_id": one.brief.id, "at": at}])
    if one.fared is not None:
        keep_performance(connection, one.fared.executed, one.fared.expected)


def _there(connection: Connection, brief_ids: Sequence[str]) -> set[str]:
    return {
        str(name)
        for part in parts(brief_ids)
        for name in connection.execute(select(briefs.c.id).where(briefs.c.id.in_(part))).scalars()
    }
