"""How much room parts of a screen take before they are there, so that nothing below them moves when they come."""

from __future__ import annotations

ROW = 35
"""px; a row of Streamlit's table, and its header"""
EDGE = 2
"""px; the border of a table"""
MOST_ROWS = 10
"""rows of a table that are to be seen at once"""
CHOICE = 40
"""px; the list of athletes above every screen"""


def table_height(rows: int, most: int = MOST_ROWS) -> int:
    """Height of a table of so many rows [px]; a longer one is scrolled.

    >>> table_height(2), table_height(0), table_height(500)
    (107, 72, 387)
    """
    return ROW * (1 + min(max(rows, 1), most)) + EDGE
