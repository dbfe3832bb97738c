"""Contains all the data models used in inputs/outputs"""

from .access_response_200_item import AccessResponse200Item
from .alerts_response_200_item import AlertsResponse200Item
from .algorithm_response_algorithm import AlgorithmResponseAlgorithm
from .answer_response_answer import AnswerResponseAnswer
from .answers_response_200_item import AnswersResponse200Item
from .athlete import Athlete
from .body_upload import BodyUpload
from .brief_response_brief import BriefResponseBrief
from .choice import Choice
from .comment_response_comment import CommentResponseComment
from .comments_response_200_item import CommentsResponse200Item
from .consents_response_200_item import ConsentsResponse200Item
from .explanation_response_explanation import ExplanationResponseExplanation
from .give_response_201_item import GiveResponse201Item
from .given import Given
from .health_response_health import HealthResponseHealth
from .job import Job
from .job_state import JobState
from .label_response_201_item import LabelResponse201Item
from .labels_response_200_item import LabelsResponse200Item
from .log_in import LogIn
from .page_athlete import PageAthlete
from .page_workout import PageWorkout
from .pagedictstr_any import PagedictstrAny
from .pagedictstr_any_items_item import PagedictstrAnyItemsItem
from .problem import Problem
from .refresh import Refresh
from .remark import Remark
from .replay_response_replay import ReplayResponseReplay
from .report import Report
from .report_problems_item import ReportProblemsItem
from .rows_response_200_item import RowsResponse200Item
from .run import Run
from .run_inputs import RunInputs
from .run_parameters import RunParameters
from .said import Said
from .session import Session
from .squad_response_squad import SquadResponseSquad
from .state_response_state import StateResponseState
from .stated import Stated
from .stated_fields import StatedFields
from .stated_response_200_item import StatedResponse200Item
from .typed import Typed
from .typed_values import TypedValues
from .unit_system import UnitSystem
from .unlabel_response_200_item import UnlabelResponse200Item
from .verdict_response_verdict import VerdictResponseVerdict
from .what import What
from .withdraw_response_201_item import WithdrawResponse201Item
from .workout import Workout

__all__ = (
    "AccessResponse200Item",
    "AlertsResponse200Item",
    "AlgorithmResponseAlgorithm",
    "AnswerResponseAnswer",
    "AnswersResponse200Item",
    "Athlete",
    "BodyUpload",
    "BriefResponseBrief",
    "Choice",
    "CommentResponseComment",
    "CommentsResponse200Item",
    "ConsentsResponse200Item",
    "ExplanationResponseExplanation",
    "GiveResponse201Item",
    "Given",
    "HealthResponseHealth",
    "Job",
    "JobState",
    "LabelResponse201Item",
    "LabelsResponse200Item",
    "LogIn",
    "PageAthlete",
    "PageWorkout",
    "PagedictstrAny",
    "PagedictstrAnyItemsItem",
    "Problem",
    "Refresh",
    "Remark",
    "ReplayResponseReplay",
    "Report",
    "ReportProblemsItem",
    "RowsResponse200Item",
    "Run",
    "RunInputs",
    "RunParameters",
    "Said",
    "Session",
    "SquadResponseSquad",
    "StateResponseState",
    "Stated",
    "StatedFields",
    "StatedResponse200Item",
    "Typed",
    "TypedValues",
    "UnitSystem",
    "UnlabelResponse200Item",
    "VerdictResponseVerdict",
    "What",
    "WithdrawResponse201Item",
    "Workout",
)
