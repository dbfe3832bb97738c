"""The process in which a question in SQL is answered: it knows the athlete's tables and nothing else of this program.

Run as a script by `workbench.querying`. From standard input it reads a line of JSON (`sql`, `rows`, `cell`, `memory`,
`bytes`, `seconds`, `reads`, `tables`: name and number of bytes of each) and after it the tables as Arrow streams; to
standard output it writes one document of JSON. It ends by the system's own limits where DuckDB does not stop by itself.
"""

from __future__ import annotations

import json
import sys
from typing import Any, BinaryIO

CLOSED = (
    "SET python_enable_replacements = false", "SET python_scan_all_frames = false",
    "SET autoinstall_known_extensions = false", "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false", "SET enable_external_access = false", "SET threads = 1",
    "SET max_temp_directory_size = '0KB'",
)  # fmt: skip
"""settings that are made, and locked, before the question is read"""


def main(arrived: BinaryIO) -> dict[str, Any]:
    """The answer: `columns`, `rows` and `more`, or `refused` with what was asked, or `error` with what DuckDB says."""
    import duckdb
    import pyarrow as pa

    asked = json.loads(arrived.readline())
    limit(asked["bytes"], asked["seconds"])
    with duckdb.connect(":memory:", config={"temp_directory": ""}) as connection:
        for name, size in asked["tables"]:
            with pa.ipc.open_stream(arrived.read(size)) as stream:
                connection.register("arrived", stream.read_all())
            connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM arrived')
            connection.unregister("arrived")
        for closed in (*CLOSED, f"SET memory_limit = '{asked['memory']}'", "SET lock_configuration = true"):
            connection.execute(closed)
        try:
            found = connection.extract_statements(asked["sql"])
            kinds = [one.type.name for one in found]
            if len(kinds) != 1 or kinds[0] not in asked["reads"]:
                return {"refused": kinds}
            cursor = connection.execute(found[0])
            names = [str(column[0]) for column in cursor.description or ()]
            rows = cursor.fetchmany(asked["rows"] + 1)
        except duckdb.Error as error:
            return {"error": " ".join(str(error).split())}
        except MemoryError:
            return {"error": "Out of Memory Error"}
    shown = [[cell(value, asked["cell"]) for value in row] for row in rows[: asked["rows"]]]
    return {"columns": names, "rows": shown, "more": len(rows) > asked["rows"]}


def cell(value: Any, longest: int) -> Any:
    """A cell as JSON knows it; what is not a number is text of limited length."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else None
    return (value.hex() if isinstance(value, bytes) else str(value))[:longest]


def limit(most: int, seconds: float) -> None:
    """Hold this process to so many bytes and seconds, where the system can."""
    try:
        import resource
    except ModuleNotFoundError:  # Windows: the parent's clock remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.stdin.buffer)))
