"""Workbench: the one door. Every front end gets its data here, bound to an actor; each verb asks permission first.

One file a noun; a new noun is a subclass of `Door` in a file of its own, and one more base of `Workbench`.
"""

from __future__ import annotations

from fitintel.workbench.door.accounts import AccountDoor
from fitintel.workbench.door.alerts import AlertDoor
from fitintel.workbench.door.athletes import AthleteDoor
from fitintel.workbench.door.audits import AuditDoor
from fitintel.workbench.door.base import Door, Progress
from fitintel.workbench.door.briefs import BriefDoor
from fitintel.workbench.door.comments import CommentDoor
from fitintel.workbench.door.consents import ConsentDoor
from fitintel.workbench.door.duplicates import DuplicateDoor
from fitintel.workbench.door.erasing import ErasingDoor
from fitintel.workbench.door.evaluation import EvaluationDoor
from fitintel.workbench.door.exports import ExportDoor
from fitintel.workbench.door.imports import ImportDoor
from fitintel.workbench.door.keyring import KeyringDoor
from fitintel.workbench.door.labels import LabelDoor
from fitintel.workbench.door.left_out import LeftOutDoor
from fitintel.workbench.door.people import PeopleDoor
from fitintel.workbench.door.plans import PlanDoor
from fitintel.workbench.door.preferences import PreferenceDoor
from fitintel.workbench.door.promotions import PromotionDoor
from fitintel.workbench.door.queries import QueryDoor
from fitintel.workbench.door.recordings import RecordingDoor
from fitintel.workbench.door.research import ResearchDoor
from fitintel.workbench.door.schedules import ScheduleDoor
from fitintel.workbench.door.standings import StandingDoor
from fitintel.workbench.door.statements import StatementDoor
from fitintel.workbench.door.workspace import WorkspaceDoor

__all__ = ["AthleteDoor", "BriefDoor", "Door", "Progress", "Workbench"]


class Workbench(
    StandingDoor,
    ImportDoor,
    RecordingDoor,
    StatementDoor,
    LabelDoor,
    DuplicateDoor,
    ExportDoor,
    AccountDoor,
    ScheduleDoor,
    AlertDoor,
    PlanDoor,
    AuditDoor,
    EvaluationDoor,
    PromotionDoor,
    PreferenceDoor,
    CommentDoor,
    PeopleDoor,
    ConsentDoor,
    LeftOutDoor,
    ErasingDoor,
    ResearchDoor,
    KeyringDoor,
    QueryDoor,
    WorkspaceDoor,
):
    """The workspace of one actor. Use it as a context manager, or call `close` when done.

    Imports, store and algorithms are loaded when a verb needs them.
    """
