"""The audit chain: a million rows verified from the database, and what one row costs the verb that adds it.

Run it with: python bench/audit.py [ROWS]. The database is a SQLite file in a temporary folder; reading rows without
verifying them is measured beside it, for it is the floor.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from fitintel.core.audit import START, Entry, Kind, Signer, chain
from fitintel.core.tampering import verify
from fitintel.storage.sql import SqlStore
from fitintel.storage.tables_audit import audit, audit_end

ROWS = 1_000_000
BLOCK = 50_000
APPENDS = 200


def main(count: int = ROWS) -> dict[str, float]:
    """Seconds of each part."""
    signer = Signer(bytes(range(32)))
    said = Entry(Kind.ACCESS, "local-owner", "cli", "demo-01", "open_brief", "own use", {"day": 20000})
    with tempfile.TemporaryDirectory() as folder:
        store = SqlStore(f"sqlite:///{Path(folder) / 'store.db'}")
        number, previous = 0, START
        for start in range(0, count, BLOCK):
            size = min(BLOCK, count - start)
            events = (f"{start + place:032x}" for place in range(size))
            rows = list(chain([said] * size, number=number, previous=previous, signer=signer, events=events))
            number, previous = rows[-1].number, rows[-1].mac
            with store._database.engine.begin() as connection:
                connection.execute(audit.insert(), [row._asdict() for row in rows])
        end = {"id": 1, "number": number, "mac": previous}
        store._database.write(lambda connection: connection.execute(audit_end.insert(), end))

        began = time.perf_counter()
        read = sum(1 for _ in store.audit_rows())
        reading = time.perf_counter() - began
        began = time.perf_counter()
        verdict = verify(store.audit_rows(), signer, head=store.audit_end)
        verifying = time.perf_counter() - began
        if not verdict.whole or verdict.rows != read:
            raise SystemExit("the chain that was written is not whole: nothing was measured")
        took = []
        for _ in range(APPENDS):
            began = time.perf_counter()
            store.append_audit([said], signer)
            took.append(time.perf_counter() - began)
        store.close()
    return {"rows": read, "read_s": round(reading, 2), "verify_s": round(verifying, 2),
            "append_median_ms": round(statistics.median(took) * 1e3, 2)}  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(main(*map(int, sys.argv[1:])), indent=2))
