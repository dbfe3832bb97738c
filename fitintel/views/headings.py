"""What stands in the briefs' notebooks outside of the code: for the page of a reader of another language.

A notebook's source is English. The view that opens it hands the translations on beside its output, and the page that is
rendered from it takes them (`reporting/html.py`).
"""

from __future__ import annotations

from typing import Any

from fitintel.views.language import SOURCE, _, marked, speaking
from fitintel.views.sections import ORDER

PHRASES = (
    marked("Daily brief"), marked("How is training going, is anything wrong, and what comes next?"),
    marked("Weekly review"), marked("Did the week go as planned, and what became of what was told?"),
    marked("Squad brief"), marked("Who needs a look today, and why?"),
    marked("The week"), marked("What became of it"), marked("Needs a look"), marked("Show the code"),
)  # fmt: skip


def page_words(language: str) -> dict[str, Any]:
    """Metadata of an output: the page's language and its phrases; nothing for English.

    >>> page_words("en")
    {}
    """
    if language == SOURCE:
        return {}
    with speaking(language):
        return {"page": {"language": language, "words": {text: _(text) for text in (*PHRASES, *dict(ORDER).values())}}}
