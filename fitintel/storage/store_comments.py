"""The part of the interface that keeps comments on athletes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from fitintel.core.comments import Comment


class CommentStore(Protocol):
    """Comments are added, never changed."""

    def put_comments(self, said: Sequence[Comment]) -> None:
        """Keep comments in one transaction; one whose id exists is left as it is. Raises NotFound for an athlete."""

    def comments(self, athlete_id: str) -> tuple[Comment, ...]:
        """Every comment on the athlete, oldest first."""

    def comments_on(self, athlete_ids: Sequence[str]) -> dict[str, tuple[Comment, ...]]:
        """The same of many at once, by athlete id; whoever nobody has said anything of is left out."""
