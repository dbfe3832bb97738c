"""Tables of challengers: evaluations, promotions and their approvals, the figures that changed, and shadow runs."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Double, ForeignKey, Integer, PrimaryKeyConstraint, String, Table

from fitintel.storage.columns import DIGEST, ID, LongText, metadata

VERSION = String(32)
FIGURE = 255
"""characters of the name of a figure"""

evaluations = Table(
    "evaluations",
    metadata,
    Column("id", ID, primary_key=True),
    Column("algorithm", ID, nullable=False),
    Column("champion", VERSION, nullable=False),
    Column("challenger", VERSION, nullable=False),
    Column("by", ID, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("policy", DIGEST, nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("document", LongText, nullable=False),
)

promotions = Table(
    "promotions",
    metadata,
    Column("id", ID, primary_key=True),
    Column("algorithm", ID, nullable=False),
    Column("version", VERSION, nullable=False),
    Column("before", VERSION, nullable=False),
    Column("step", String(16), nullable=False),
    Column("by", ID, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("why", LongText, nullable=False),
    Column("evaluation_id", ID, ForeignKey("evaluations.id")),
    Column("alone", Boolean, nullable=False),
)

approvals = Table(
    "approvals",
    metadata,
    Column("promotion_id", ID, ForeignKey("promotions.id"), nullable=False),
    Column("by", ID, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("why", LongText, nullable=False),
    PrimaryKeyConstraint("promotion_id", "by"),
)

shadows = Table(
    "shadows",
    metadata,
    Column("algorithm", ID, nullable=False),
    Column("version", VERSION, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("on", Boolean, nullable=False),
    Column("by", ID, nullable=False),
    PrimaryKeyConstraint("algorithm", "version", "at"),
)

shadow_runs = Table(
    "shadow_runs",
    metadata,
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("day", Integer, nullable=False),
    Column("algorithm", ID, nullable=False),
    Column("version", VERSION, nullable=False),
    # a run id says algorithm, version, parameters and inputs: equal data leave one row
    Column("beside", ID, nullable=False),
    Column("run_id", ID),
    Column("error", LongText, nullable=False),
    PrimaryKeyConstraint("athlete_id", "day", "algorithm", "version", "beside"),
)

affected_figures = Table(
    "affected_figures",
    metadata,
    Column("promotion_id", ID, ForeignKey("promotions.id"), nullable=False),
    Column("athlete_id", ID, ForeignKey("athletes.id"), nullable=False),
    Column("figure", String(FIGURE), nullable=False),
    Column("day", Integer, nullable=False),
    Column("before", Double),
    Column("after", Double),
    PrimaryKeyConstraint("promotion_id", "athlete_id", "figure"),
)
