"""SqlStore: the Store on SQLite, MySQL and MariaDB. One class per noun, one statement form for every database."""

from __future__ import annotations

from fitintel.storage.engine import Database
from fitintel.storage.migrate import prepare
from fitintel.storage.rights import watch
from fitintel.storage.sql_accounts import SqlAccounts
from fitintel.storage.sql_athletes import SqlAthletes
from fitintel.storage.sql_audit import SqlAudit
from fitintel.storage.sql_briefs import SqlBriefs
from fitintel.storage.sql_comments import SqlComments
from fitintel.storage.sql_connections import SqlConnections
from fitintel.storage.sql_details import SqlDetails
from fitintel.storage.sql_erasing import SqlErasing
from fitintel.storage.sql_events import SqlEvents
from fitintel.storage.sql_fleet import SqlFleet
from fitintel.storage.sql_imports import SqlImports
from fitintel.storage.sql_labels import SqlLabels
from fitintel.storage.sql_links import SqlLinks
from fitintel.storage.sql_made import SqlMade
from fitintel.storage.sql_memberships import SqlMemberships
from fitintel.storage.sql_mornings import SqlMornings
from fitintel.storage.sql_nights import SqlNights
from fitintel.storage.sql_owned import SqlOwned
from fitintel.storage.sql_performance import SqlPerformance
from fitintel.storage.sql_preferences import SqlPreferences
from fitintel.storage.sql_promotions import SqlPromotions
from fitintel.storage.sql_recordings import SqlRecordings
from fitintel.storage.sql_requests import SqlRequests
from fitintel.storage.sql_resealing import SqlResealing
from fitintel.storage.sql_sessions import SqlSessions
from fitintel.storage.sql_told import SqlTold
from fitintel.storage.sql_tombstones import SqlTombstones
from fitintel.storage.sql_wellness import SqlWellness
from fitintel.storage.sql_workouts import SqlWorkouts


class SqlStore(
    SqlAthletes,
    SqlDetails,
    SqlWorkouts,
    SqlImports,
    SqlRecordings,
    SqlLinks,
    SqlLabels,
    SqlBriefs,
    SqlMade,
    SqlFleet,
    SqlWellness,
    SqlConnections,
    SqlTombstones,
    SqlTold,
    SqlPromotions,
    SqlAudit,
    SqlPerformance,
    SqlAccounts,
    SqlMemberships,
    SqlSessions,
    SqlPreferences,
    SqlErasing,
    SqlResealing,
    SqlOwned,
    SqlComments,
    SqlNights,
    SqlMornings,
    SqlEvents,
    SqlRequests,
):
    """Facts in a database; the schema is created or upgraded when it is opened.

    Raises StorageUnavailable when the database cannot be reached, SchemaMismatch when it is newer or another program's.
    """

    def __init__(self, database_url: str) -> None:
        self._database = Database(database_url)
        self.identity = prepare(self._database)
        """a random name that the database keeps for life; caches are kept apart by it"""
        watch(self._database.engine)

    def close(self) -> None:
        """Release connections."""
        self._database.close()
