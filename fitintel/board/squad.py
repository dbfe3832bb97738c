"""The squad board: who needs a look first; acknowledge, snooze, comment; filter; export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fitintel.board.live import Page, Reply
from fitintel.core import days
from fitintel.core.standing import Board
from fitintel.views.coach import export, page
from fitintel.views.coach.address import Address, said_of
from fitintel.views.coach.choices import Place
from fitintel.views.coach.squad import BoardView, board_view
from fitintel.views.language import _

FILTERS = ("flag", "squad", "coach", "sport", "status", "search")


class SquadBoard(Page):
    """One row an athlete."""

    board = Board((), {}, {}, {})
    notice = ""

    def html(self) -> str:
        """The whole board from what is kept; briefs that are still to be made follow when the page is live."""
        self.board = self.bench.board(self.address.day or None, most=0)
        return page.squad_html(self.view())

    def view(self, address: Address | None = None) -> BoardView:
        """What is seen of the standings that were read last."""
        places = {who: Place(squads, self.board.coaches.get(who, ())) for who, squads in self.board.squads.items()}
        return board_view(self.board.standings, address or self.address, comments=self.board.comments, places=places,
                          units=self.units(), notice=self.notice)  # fmt: skip

    def do_more(self, fields: Mapping[str, Any]) -> Reply:
        """Make the next brief that is missing or old."""
        self.board = self.bench.board(self.address.day or None, most=1)
        return Reply(self._rows())

    def do_filter(self, fields: Mapping[str, Any]) -> Reply:
        """Other filters; with `as` a file of what is shown."""
        said = said_of(fields)
        self.address = self.address.but(**{name: said.get(name, "") for name in FILTERS})
        if fields.get("as"):
            return self._file(str(fields["as"]))
        return Reply(self._rows(), self.address, self.view().shown)

    def do_answer(self, fields: Mapping[str, Any]) -> Reply:
        """Acknowledge, snooze or reopen an alert; the athlete's next brief knows of it."""
        athlete_id, key = str(fields.get("of", "")), str(fields.get("key", ""))
        self.bench.answer(key, str(fields.get("action", "")), athlete_id=athlete_id)
        self._again(athlete_id)
        return Reply(self._row(athlete_id), said=_("The alert was answered."))

    def do_comment(self, fields: Mapping[str, Any]) -> Reply:
        """Say something about an athlete."""
        athlete_id = str(fields.get("of", ""))
        self.bench.comment(str(fields.get("text", "")), str(fields.get("key", "")), self._day(),
                           athlete_id=athlete_id)  # fmt: skip
        said = {**self.board.comments, athlete_id: self.bench.comments(athlete_id)}
        self.board = replace(self.board, comments=said)
        return Reply(self._row(athlete_id), said=_("The comment was kept."))

    def _day(self) -> int:
        return self.board.standings[0].day if self.board.standings else days.today()

    def _again(self, athlete_id: str) -> None:
        """The row of one athlete anew, in the place where it was: what one looks at does not jump away."""
        anew = self.bench.standing(athlete_id, self._day())
        rows = tuple(anew if one.athlete.id == athlete_id else one for one in self.board.standings)
        said = {**self.board.comments, athlete_id: self.bench.comments(athlete_id)}
        self.board = replace(self.board, standings=rows, comments=said)

    def _rows(self) -> dict[str, str]:
        return page.squad_parts(self.view())

    def _row(self, athlete_id: str) -> dict[str, str]:
        """One row, in its place even where it no longer fits the filter: the answer is to be seen."""
        return page.squad_row(self.view(self.address.but(**dict.fromkeys(FILTERS, ""))), athlete_id)

    def _file(self, wanted: str) -> Reply:
        view = self.view()
        if wanted == "csv":
            return Reply(file=(f"squad-{view.day}.csv", "text/csv", export.squad_csv(view)))
        return self.printed(f"squad-{view.day}", view.title, page.squad_html(view))
