"""Values as bytes and back, and their digest: what makes a run replayable.

A snapshot is canonical: equal values give equal bytes on every machine, so the SHA-256 of the bytes is the value's
digest. No pickle: only None, bool, int, float, str, lists, tuples (read back as lists), dicts with text keys, dates,
NumPy arrays of numbers or text, and `Workouts`.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from math import isfinite
from typing import Any

from fitintel.core.workouts import Workouts

MAGIC = b"fitintel-snapshot-1\n"
_AS_THEY_ARE = frozenset({str, int, bool})
_HEAD = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
_FIELDS: dict[type, tuple[str, ...]] = {}
"""dataclass -> names of its fields, of those met so far"""


def dump(value: Any) -> bytes:
    """Canonical bytes of a value.

    >>> load(dump({"b": 1.5, "a": [None, True]}))
    {'a': [None, True], 'b': 1.5}
    """
    buffers: list[bytes] = []
    body = _HEAD(_plain(value, buffers)).encode()
    return b"".join((MAGIC, len(body).to_bytes(8, "little"), body, *buffers))


def text(value: Any) -> str:
    """Canonical JSON of a value without arrays; equal values give equal text. Raises TypeError for an array.

    >>> text({"windows": (7, 28), "a": None})
    '{"a":null,"windows":[7,28]}'
    """
    buffers: list[bytes] = []
    made = _HEAD(_plain(value, buffers))
    if buffers:
        raise TypeError("arrays belong into snapshots, not into JSON text")
    return made


def of_text(written: str) -> Any:
    """The value of `text`; tuples come back as lists.

    >>> of_text(text({"best": float("inf"), "windows": (7, 28)}))
    {'best': inf, 'windows': [7, 28]}
    """
    if '"$' not in written:  # nothing but plain values
        return json.loads(written)
    return json.loads(written, object_hook=lambda found: _rich(found, memoryview(b"")))


def load(data: bytes) -> Any:
    """The value of a snapshot made by `dump`."""
    if not data.startswith(MAGIC):
        raise ValueError("these bytes are not a fitintel snapshot")
    start = len(MAGIC) + 8
    size = int.from_bytes(data[len(MAGIC) : start], "little")
    head = data[start : start + size]
    if b'"$' not in head:  # nothing but plain values
        return json.loads(head)
    buffer = memoryview(data)[start + size :]
    return json.loads(head, object_hook=lambda found: _rich(found, buffer))


def digest_of(data: bytes) -> str:
    """SHA-256 of bytes, as hex."""
    return hashlib.sha256(data).hexdigest()


def digest(value: Any) -> str:
    """SHA-256 of a value's canonical bytes."""
    return digest_of(dump(value))


def pack(data: bytes) -> bytes:
    """Snapshot bytes compressed for keeping."""
    start = len(MAGIC)
    if data.startswith(MAGIC) and len(data) > 2 * int.from_bytes(data[start : start + 8], "little"):
        # numbers hardly repeat but for zeros: looking for more takes twice as long, for a sixth less
        packing = zlib.compressobj(1, zlib.DEFLATED, zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zlib.Z_RLE)
        return packing.compress(data) + packing.flush()
    # the usual level takes three times as long for a twentieth less
    return zlib.compress(data, 1)


def unpack(data: bytes) -> bytes:
    """Snapshot bytes from what was kept."""
    return zlib.decompress(data)


def _plain(value: Any, buffers: list[bytes]) -> Any:
    kind = type(value)
    # what nearly every value is comes first: asking each for abstract classes took most of the time
    if kind is float:
        return value if isfinite(value) else {"$float": repr(value)}
    if value is None or kind in _AS_THEY_ARE:
        return value
    if kind is dict or isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                raise TypeError("a snapshot holds dictionaries with text keys only")
        # in the order in which it is read back: the arrays' places in the bytes must not depend on who filled it first
        made = {}
        for key in sorted(value):
            item = value[key]
            held = type(item)
            # looked at here: nearly all are plain, and a call takes longer than the question
            as_it_is = held in _AS_THEY_ARE or item is None or (held is float and isfinite(item))
            made[key] = item if as_it_is else _plain(item, buffers)
        return made
    if kind is list or isinstance(value, (list, tuple)):
        return [_plain(item, buffers) for item in value]
    names = _FIELDS.get(kind)
    if names is not None:
        return {name: _plain(getattr(value, name), buffers) for name in names}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (bool, str, int)):
        return value
    if isinstance(value, float):
        return value if isfinite(value) else {"$float": repr(float(value))}
    if isinstance(value, datetime):
        return {"$time": value.isoformat()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, Workouts):
        return {"$workouts": {name: _plain(value[name], buffers) for name in value}}
    if is_dataclass(value) and not isinstance(value, type):
        _FIELDS[kind] = tuple(item.name for item in fields(value))
        return _plain(value, buffers)
    return _plain_array(value, buffers)


def _plain_array(value: Any, buffers: list[bytes]) -> Any:
    import numpy as np

    if isinstance(value, np.generic):
        return _plain(value.item(), buffers)
    if not isinstance(value, np.ndarray):
        raise TypeError(f"a snapshot cannot hold {type(value).__name__}")
    if value.dtype.kind in "OU":
        texts = value.tolist()
        if value.ndim != 1 or not set(map(type, texts)) <= {str, type(None)}:
            raise TypeError("a snapshot holds arrays of numbers, and of text or None in one dimension")
        return {"$text": texts}
    array = np.ascontiguousarray(value)
    array = array.astype(array.dtype.newbyteorder("<"), copy=False)
    raw = array.tobytes()
    offset = sum(map(len, buffers))
    buffers.append(raw)
    return {"$array": [array.dtype.str, list(array.shape), offset, len(raw)]}


def _rich(value: dict[str, Any], buffer: memoryview) -> Any:
    """What an object of the head stands for; those within it have been read already."""
    if len(value) != 1:
        return value
    tag, body = next(iter(value.items()))
    if tag == "$float":
        return float(body)
    if tag == "$time":
        return datetime.fromisoformat(body)
    if tag == "$date":
        return date.fromisoformat(body)
    if tag == "$workouts":
        return Workouts(body)
    if tag == "$text":
        import numpy as np

        texts = np.empty(len(body), dtype=object)
        texts[:] = body
        return texts
    if tag == "$array":
        import numpy as np

        dtype, shape, offset, size = body
        return np.frombuffer(buffer[offset : offset + size], dtype=dtype).reshape(shape)
    return value
