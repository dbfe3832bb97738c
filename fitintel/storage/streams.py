"""Samples of a recorded workout as one Parquet file with one row group; read lazily, column by column.

Values are float64 as recorded, NaN for missing. Bytes of equal weight stand together before they are compressed
(byte stream split, LZ4), which keeps every bit and is smaller and faster here than dictionaries; zstd takes nearly
twice as long to save a fifth of the size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from fitintel.core.errors import StorageError, UnknownName

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Columns = Mapping[str, NDArray[np.float64]]

KIND = "streams"
"""kind of stored file"""


def encode(columns: Columns) -> bytes:
    """The Parquet file of some columns of equal length, `time` first; equal columns give equal bytes.

    >>> import numpy as np
    >>> written = encode({"time": np.array([1.0, 2.0]), "hr": np.array([90.0, np.nan])})
    >>> import io
    >>> decode(io.BytesIO(written), ["hr"])
    {'hr': array([90., nan])}
    """
    import numpy as np
    import pyarrow as pa
    from pyarrow import parquet

    # from buffers: pyarrow's own ways from and to NumPy import pandas, which takes longer than many files
    arrays = [
        pa.Array.from_buffers(pa.float64(), len(values), [None, pa.py_buffer(np.ascontiguousarray(values, np.float64))])
        for values in columns.values()
    ]
    table = pa.Table.from_arrays(arrays, names=list(columns))
    sink = pa.BufferOutputStream()
    parquet.write_table(
        table, sink, row_group_size=max(1, table.num_rows), compression="lz4", use_dictionary=False,
        use_byte_stream_split=True, write_statistics=False, store_schema=False, write_page_checksum=True,
    )  # fmt: skip
    return bytes(sink.getvalue())


def decode(file: BinaryIO, channels: Sequence[str] | None = None) -> dict[str, Any]:
    """The columns of a Parquet file, or only those named; only their bytes are read.

    Raises:
        UnknownName: there is no such channel.
        StorageError: the file was damaged.
    """
    import pyarrow as pa
    from pyarrow import parquet

    try:
        source = parquet.ParquetFile(file, page_checksum_verification=True)
        known = source.schema_arrow.names
        wanted = list(known if channels is None else dict.fromkeys(channels))
        for name in wanted:
            if name not in known:
                raise UnknownName("channel of this workout", name, known)
        table = source.read(columns=wanted)
    except (pa.ArrowInvalid, OSError) as error:
        raise StorageError(
            "A stored stream was changed or damaged", why=" ".join(str(error).split())[:200],
            next="restore it from the backup, or import its file again; it was not used",
        ) from error  # fmt: skip
    return {name: _values(table[name]) for name in wanted}


def _values(column: Any) -> Any:
    import numpy as np

    parts = [
        np.frombuffer(part.buffers()[1], np.float64, len(part), part.offset * 8) for part in column.chunks if len(part)
    ]
    return np.concatenate(parts) if parts else np.empty(0)
