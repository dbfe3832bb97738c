"""Grafana's dashboards as code: `python deploy/monitoring/dashboards.py` writes them to `dashboards/`.

Needs grafana-foundation-sdk (requirements.txt beside this file), in an environment of its own. A test holds every
query to figures that there are, and asks a running Prometheus each of them; Grafana itself is not started by any test.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from grafana_foundation_sdk.builders import prometheus, stat, timeseries
from grafana_foundation_sdk.builders.dashboard import Dashboard, Row
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.common import GraphGradientMode
from grafana_foundation_sdk.models.dashboard import DataSourceRef

FOLDER = Path(__file__).resolve().parent / "dashboards"
SOURCE = DataSourceRef(type_val="prometheus", uid="prometheus")
Line = tuple[str, str, str, str]
"""title, query, unit, name of a series"""

OVERVIEW: dict[str, Sequence[Line]] = {
    "Is it up": (
        ("Processes that run", "sum(fitintel_process_up)", "short", ""),
        ("Database", "fitintel_database_up", "short", ""),
        ("Certificate", "fitintel_certificate_seconds", "s", ""),
        ("Alerts", 'count(ALERTS{alertstate="firing"})', "short", ""),
    ),
    "Requests": (
        ("Rate", "sum by (surface) (rate(fitintel_requests_total[5m]))", "reqps", "{{surface}}"),
        ("Statuses", "sum by (status) (rate(fitintel_requests_total[5m]))", "reqps", "{{status}}"),
        ("Duration, 99 %", "histogram_quantile(0.99, sum by (surface, le) (rate(fitintel_request_seconds_bucket[5m])))",
         "s", "{{surface}}"),
        ("Duration, median",
         "histogram_quantile(0.5, sum by (surface, le) (rate(fitintel_request_seconds_bucket[5m])))", "s",
         "{{surface}}"),
    ),
}  # fmt: skip
WORK: dict[str, Sequence[Line]] = {
    "What is here": (
        ("Athletes", "fitintel_athletes", "short", ""), ("Workouts", "fitintel_workouts", "short", ""),
        ("Rows of files", "fitintel_imported_rows", "short", "{{outcome}}"),
        ("Put aside", "fitintel_problems", "short", "{{status}}"),
    ),
    "Nights": (
        ("Briefs of the newest night", "fitintel_night_athletes", "short", "{{state}}"),
        ("Age of the newest night", "time() - (fitintel_night_day_seconds > 0)", "s", ""),
        ("Deliveries", "fitintel_outbox", "short", "{{state}}"),
        ("Briefs that wait for MLflow", "fitintel_untracked_briefs", "short", ""),
    ),
    "Algorithms": (
        ("Coverage of forecasts", 'fitintel_performance{figure="coverage"}', "percentunit", "{{algorithm}}"),
        ("Latency, 95 %", 'fitintel_performance{figure="latency_p95"}', "s", "{{algorithm}}"),
        ("Figures outside their limits", "fitintel_performance_outside", "short", "{{algorithm}}"),
    ),
    "Backups": (
        ("Age", "fitintel_backup_age_seconds", "s", ""),
        ("Since it was read whole", "fitintel_backup_verified_age_seconds", "s", ""),
        ("Damaged files", "fitintel_backup_damaged_files", "short", ""),
    ),
}  # fmt: skip
SECURITY: dict[str, Sequence[Line]] = {
    "Coming in": (
        ("Log-ins", "sum by (outcome) (increase(fitintel_log_ins_total[1h]))", "short", "{{outcome}}"),
        ("Too many requests", "sum by (what) (increase(fitintel_limits_total[1h]))", "short", "{{what}}"),
        ("Identities", "sum by (outcome) (increase(fitintel_identities_total[1h]))", "short", "{{outcome}}"),
        ("Tokens that came a second time", "sum(increase(fitintel_stolen_tokens_total[1h]))", "short", ""),
    ),
    "Refused": (
        ("By the policy", "sum by (surface) (increase(fitintel_denials_total[1h]))", "short", "{{surface}}"),
        ("By the firewall", 'sum by (surface) (increase(fitintel_requests_total{status="403"}[1h]))', "short",
         "{{surface}}"),
        ("Models", "sum by (why) (increase(fitintel_models_refused_total[1h]))", "short", "{{why}}"),
        ("Seals", "sum by (outcome) (increase(fitintel_seals_total[1h]))", "short", "{{outcome}}"),
    ),
    "Evidence": (
        ("Rows of the audit chain", "sum by (kind) (increase(fitintel_audit_rows_total[1h]))", "short", "{{kind}}"),
        ("Checks of it", "sum by (outcome) (increase(fitintel_audit_checks_total[1h]))", "short", "{{outcome}}"),
    ),
}  # fmt: skip
DASHBOARDS = {"overview": ("Overview", OVERVIEW), "work": ("Work", WORK), "security": ("Security", SECURITY)}


def dashboard(name: str, title: str, rows: dict[str, Sequence[Line]]) -> Dashboard:
    """One dashboard: a row for each noun, four panels wide."""
    made = Dashboard(f"fitintel: {title}").uid(f"fitintel-{name}").tags(["fitintel"]).refresh("30s")
    made = made.time("now-6h", "now").timezone("browser").editable()
    for row, lines in rows.items():
        made = made.with_row(Row(row))
        for said, query, unit, series in lines:
            kind = timeseries.Panel() if series else stat.Panel()
            if series:
                kind = kind.gradient_mode(GraphGradientMode.NONE)
            target = prometheus.Dataquery().expr(query).legend_format(series).ref_id("A")
            made = made.with_panel(kind.title(said).unit(unit).datasource(SOURCE).with_target(target).span(6).height(7))
    return made


def main() -> None:
    """Write them."""
    FOLDER.mkdir(exist_ok=True)
    for name, (title, rows) in DASHBOARDS.items():
        made = dashboard(name, title, rows).build()
        text = json.dumps(json.loads(JSONEncoder(sort_keys=True).encode(made)), indent=1, sort_keys=True)
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
