"""Recordings: what devices wrote, its samples, and what repairs changed in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.base import Door

if TYPE_CHECKING:
    from fitintel.core.recording import Recording
    from fitintel.intelligence.resample import Even
    from fitintel.workbench.door.base import Progress
    from fitintel.workbench.recomputing import Recomputed
    from fitintel.workbench.repairs import Layer


class RecordingDoor(Door):
    """Verbs on recordings, their samples and repairs."""

    def read_recording(self, path: str | Path) -> tuple[Recording, ...]:
        """The workouts recorded in a FIT, GPX or TCX file, to look at: nothing is stored."""
        self.may(Action.ADMINISTER)  # a file of this machine: whoever asks from elsewhere has none here
        from fitintel.workbench.looking import read_recording

        return read_recording(Path(path))

    def even(self, recording: Recording, channel: str) -> Even:
        """A channel of a recording at one value a second of moving time: what the algorithms on streams take."""
        self.may(Action.READ, kind=Kind.ALGORITHM)
        from fitintel.workbench.looking import even

        return even(recording, channel)

    def samples(self, athlete_id: str, workout_id: str, *, repaired: bool = True) -> dict[str, Any]:
        """Samples of a recorded workout: `time` and channels; of a merged one each channel from its best source.

        With the repairs that its figures were made with; `repaired=False` gives them as recorded.
        """
        self.may(Action.READ, athlete_id, Kind.RECORDING)
        from fitintel.workbench.samples import merged_samples

        return merged_samples(self.store, self.blobs, athlete_id, workout_id, repaired=repaired)

    def repairs(
        self, workout_id: str, *, athlete_id: str | None = None, off: Sequence[str] = (), on: Sequence[str] = ()
    ) -> Layer:
        """What each repair changed in a recorded workout; `off` and `on` turn repairs off and on again for it."""
        from fitintel.workbench.briefs import whom
        from fitintel.workbench.repairs import layer, toggle

        athlete = whom(self, athlete_id)
        self.may(Action.UPDATE if off or on else Action.READ, athlete.id, Kind.WORKOUT)
        if off or on:
            toggle(self.store, self.blobs, athlete.id, workout_id, off=off, on=on)
        return layer(self.store, athlete.id, workout_id)

    def recompute(
        self, workout_id: str | None = None, *, athlete_id: str | None = None, progress: Progress | None = None
    ) -> tuple[Recomputed, ...]:
        """Make the figures of one recording, or of all, again from the kept files, as this release makes them."""
        from fitintel.workbench.briefs import whom
        from fitintel.workbench.recomputing import recompute

        athlete = whom(self, athlete_id)
        self.may(Action.UPDATE, athlete.id, Kind.WORKOUT)
        return recompute(self.store, self.blobs, athlete.id, workout_id, progress=progress)
