"""Lists in pages: a cursor says where the next page begins, and stays right while rows are added."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel

from fitintel.core.errors import UsageError

T = TypeVar("T")
LARGEST = 200
Limit = Annotated[int, Query(ge=1, le=LARGEST, description="Rows of a page.")]
Cursor = Annotated[str | None, Query(max_length=300, description="`next` of the page before.")]


class Page(BaseModel, Generic[T]):
    """Some rows, and where the next ones begin."""

    items: list[T]
    next: str | None = None
    """cursor of the next page; none when this is the last"""


def page_of(
    rows: Sequence[Any], key: Callable[[Any], Any], limit: int, cursor: str | None
) -> tuple[list[Any], str | None]:
    """The rows after `cursor`, in the order of their keys, and the next cursor. Keys are unique and sort as JSON lists.

    >>> rows, following = page_of([3, 1, 2], lambda row: [row], 2, None)
    >>> rows, page_of([3, 1, 2], lambda row: [row], 2, following)
    ([1, 2], ([3], None))
    """
    ordered = sorted(rows, key=key)
    if cursor is not None:
        after = _read(cursor)
        try:
            ordered = [row for row in ordered if key(row) > after]
        except TypeError:
            raise _foreign() from None
    found, more = ordered[:limit], len(ordered) > limit
    return found, _write(key(found[-1])) if more else None


def _write(key: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def _read(cursor: str) -> Any:
    try:
        found = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        raise _foreign() from None
    if not isinstance(found, list):
        raise _foreign()
    return found


def _foreign() -> UsageError:
    return UsageError("The cursor is none of this list", next="take `next` of the page before, or none")
