"""The athlete page: the day's brief with what surrounds it; answer an alert, comment, say what a workout was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fitintel.board.live import Page, Reply
from fitintel.board.planning import replan
from fitintel.core.answers import LEVELS
from fitintel.core.errors import NotFound
from fitintel.core.records import Athlete, Brief, OpenBrief
from fitintel.core.units import UnitSystem
from fitintel.views.charts.stream import stream_charts, streams
from fitintel.views.coach import page
from fitintel.views.coach.athlete import AthleteView, athlete_view
from fitintel.views.coach.efforts import efforts
from fitintel.views.coach.workout import OpenedWorkout, levels, workout_rows
from fitintel.views.diff import DiffView, diff_view
from fitintel.views.language import _
from fitintel.views.repairs import repairs_text
from fitintel.views.workout_curve import workout_curves
from fitintel.views.workouts import workout_text

SHOWN = 30
"""latest workouts in the table"""
READ = 5
"""recordings read at once: a click never waits for more"""


class AthletePage(Page):
    """One athlete; without one in the address the first of the squad."""

    effect: DiffView | None = None
    replanned: DiffView | None = None
    day = 0
    """day number of the brief that was read last"""

    def html(self) -> str:
        """The whole page."""
        return page.athlete_html(self.view())

    def view(self) -> AthleteView:
        """What is seen of the athlete; raises UnknownName for one who is not here."""
        everyone = self.bench.athletes()
        if not everyone:
            raise NotFound(_("There are no athletes yet."), next=_("bring in a file in the athletes' app, under Add"))
        athlete = self.bench.athlete(self.address.athlete) if self.address.athlete else everyone[0]
        self.address = self.address.but(athlete=athlete.id)
        standing, opened = self.bench.open_standing(athlete.id, self.address.day or None)
        day = self.day = opened.brief.day
        units = UnitSystem(self.units() or athlete.units)
        labels = self.bench.labels(athlete.id)
        _whom, _count, latest = self.bench.latest_workouts(athlete.id, SHOWN)
        rows = workout_rows(latest, labels, _taken(opened), self.address, units)
        return athlete_view(
            opened, standing, self.address, athletes=everyone,
            comments=self.bench.comments(athlete.id), around=self.bench.around(athlete.id, day),
            history=self.bench.history(athlete.id).as_dict(), records=self.bench.records(athlete.id, day),
            curve=self.bench.mean_maximal(athlete.id, day, most=0) if self._recordings(athlete) else None,
            workouts=rows, workout=self._opened(athlete, labels, units), effect=self.effect,
            plans=not athlete.simulated and self.bench.allows("create", "plan", athlete.id),
            replanned=self.replanned, units=self.units(),
        )  # fmt: skip

    def do_more(self, fields: Mapping[str, Any]) -> Reply:
        """Read more of the recordings that the curves are made of."""
        athlete = self.bench.athlete(self.address.athlete)
        found = self.bench.mean_maximal(athlete.id, self.day, most=READ)
        return Reply(page.athlete_efforts(efforts(found, UnitSystem(self.units() or athlete.units))))

    def do_print(self, fields: Mapping[str, Any]) -> Reply:
        """The page as a PDF."""
        view = self.view()
        return self.printed(f"{view.chosen}-{view.day}", view.title, page.athlete_html(view))

    def do_answer(self, fields: Mapping[str, Any]) -> Reply:
        """Acknowledge, snooze or reopen an alert."""
        self.bench.answer(str(fields.get("key", "")), str(fields.get("action", "")), athlete_id=self.address.athlete)
        return self._again(("alerts",), _("The alert was answered."))

    def do_comment(self, fields: Mapping[str, Any]) -> Reply:
        """Say something about the athlete."""
        self.bench.comment(str(fields.get("text", "")), str(fields.get("key", "")), self.address.day or None,
                           athlete_id=self.address.athlete)  # fmt: skip
        return self._again(("alerts",), _("The comment was kept."))

    def do_label(self, fields: Mapping[str, Any]) -> Reply:
        """Say what the opened workout was, and show what that has changed in the brief."""
        athlete, workout, day = self.address.athlete, self.address.workout, self.address.day or None
        before = self.bench.brief(athlete, day)
        held = {one.level: one.value for one in self.bench.labels(athlete) if one.workout_id == workout}
        why = str(fields.get("why", ""))
        for level in LEVELS:
            said = str(fields.get(level, ""))
            if said and said != held.get(level):
                self.bench.label(workout, level, said, why, athlete_id=athlete)
            elif not said and level in held:
                self.bench.unlabel(workout, level, why, athlete_id=athlete)
        self.effect, self.replanned = self._since(before), None
        return Reply(whole=self.html(), said=_("The label was kept."), address=self.address)

    def do_plan(self, fields: Mapping[str, Any]) -> Reply:
        """Change, move or take out a planned session, or plan another, and show what that has changed in the brief."""
        athlete = self.address.athlete
        before = self.bench.brief(athlete, self.address.day or None)
        replan(self.bench, athlete, {name: str(value) for name, value in fields.items()})
        self.address = self.address.but(planned="")
        self.replanned, self.effect = self._since(before), None
        return Reply(whole=self.html(), said=_("The plan was changed."), address=self.address)

    def _since(self, before: Brief) -> DiffView:
        return diff_view(self.bench.compare(before.athlete_id, before.day, before.id), self.units())

    def _again(self, names: Sequence[str], said: str) -> Reply:
        parts = page.athlete_parts(self.view())
        return Reply({name: parts[name] for name in names}, said=said)

    def _recordings(self, athlete: Athlete) -> bool:
        """Whether the reader may see samples: athletes share them apart from everything else."""
        return self.bench.allows("read", "recording", athlete.id)

    def _opened(self, athlete: Athlete, labels: Sequence[Any], units: UnitSystem) -> OpenedWorkout | None:
        if not self.address.workout:
            return None
        found = self.bench.workout(self.address.workout, athlete.id)
        text = workout_text(found.row, found.recorded, found.record, found.problems, found.links, units, found.trust,
                            found.load).splitlines()  # fmt: skip
        workout_id = str(found.row["id"])
        repaired: list[str] = []
        charts: tuple[Any, ...] = ()
        if found.recorded is not None and found.recorded.stream is not None and self._recordings(athlete):
            layer = self.bench.repairs(workout_id, athlete_id=athlete.id)
            repaired = repairs_text(layer.recorded, layer.repairs, layer.says, layer.widening, units).splitlines()
            drawn = streams(self.bench.samples(athlete.id, workout_id),
                                    self.bench.samples(athlete.id, workout_id, repaired=False), units)  # fmt: skip
            charts = (*stream_charts(drawn),
                      *workout_curves(self.bench.workout_curve(athlete.id, workout_id), units))  # fmt: skip
        says = self.bench.allows("update", "workout", athlete.id)
        nothing = "" if charts else _("There are no samples of this workout: nothing was recorded second by second.")
        if not self._recordings(athlete):
            nothing = efforts(None, units).said
        return OpenedWorkout(workout_id, text[0], tuple(line.strip() for line in text[1:]), tuple(repaired), charts,
                             levels(labels, workout_id) if says else (), nothing)  # fmt: skip


def _taken(opened: OpenBrief) -> dict[str, str]:
    """Workout id -> what the brief takes it for."""
    return {str(one.values["id"]): str(one.values.get("label", "")) for one in opened.brief.insights
            if one.code == "recent_workout" and "id" in one.values}  # fmt: skip
