"""A brief as files: one self-contained page, its text, and its data as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fitintel.core.preferences import Preferences
    from fitintel.core.records import OpenBrief


def brief_files(opened: OpenBrief, reads: Preferences) -> dict[str, bytes]:
    """Suffix -> content of the brief's page, text and JSON, in the units and the language of who reads it.

    Equal briefs give equal bytes.
    """
    from fitintel.views.language import speaking
    from fitintel.views.opened import view_of
    from fitintel.views.page import brief_page
    from fitintel.views.text import brief_text

    with speaking(reads.language):
        view = view_of(opened, reads.units.value if reads.units else None)
        # without indents the encoder is compiled, and eight times as fast
        document = json.dumps(view.as_dict(), ensure_ascii=False, default=str, allow_nan=False)
        return {".html": brief_page(view).encode(), ".json": (document + "\n").encode(),
                ".txt": (brief_text(view) + "\n").encode()}  # fmt: skip
