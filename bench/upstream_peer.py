"""The upstream dashboard's side, for an interpreter with its dependencies: commands in, CPU seconds and answers out.

Its own code is run as it is, on a MariaDB of its own; only the address of the database and the day it takes for today
are set from outside. `python upstream_peer.py CHECKOUT PORT USER PASSWORD TODAY`, in a folder for its models.
"""

import contextlib
import datetime
import json
import os
import resource
import sys


def cpu():
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return spent.ru_utime + spent.ru_stime


def database(port, user, password):
    """Point upstream's connections at our server: its port and its database's name are fixed in its code."""
    import pymysql

    connect = pymysql.connect
    with connect(host="127.0.0.1", port=port, user=user, password=password) as made, made.cursor() as cursor:
        cursor.execute("CREATE DATABASE IF NOT EXISTS sweat")
    pymysql.connect = lambda **given: connect(**{**given, "port": port})
    os.environ.update(
        FITNESS_DASHBOARD_ENV="production", RDS_ENDPOINT="127.0.0.1", RDS_USER=user, RDS_PASSWORD=password
    )


def on_the_day(today):
    """Let `today` be the present for upstream's modules."""
    fixed = datetime.datetime.fromisoformat(today)

    class Then(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return fixed if tz is None else fixed.astimezone(tz)

    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in ("services", "utils", "ml") and getattr(module, "datetime", None) is datetime.datetime:
            module.datetime = Then


class Commands:
    """What can be asked; each answers something that JSON can say."""

    def __init__(self, today):
        from config.database import TABLE_SCHEMA
        from ml import model_manager
        from services.database_service import DatabaseService
        from services.intelligence_service import FitnessIntelligenceService
        from utils import utilities

        self.models, self.make, self.utilities = model_manager, FitnessIntelligenceService, utilities
        on_the_day(today)
        self.base = DatabaseService()
        self.base.execute_update(TABLE_SCHEMA["workout_summary"])
        self.service = None

    def load(self, path):
        """Its own reading, cleaning and inserting of a history."""
        import pandas as pd

        self.base.execute_update("DELETE FROM workout_summary")
        rows = self.utilities.enrich_data(self.utilities.clean_data(pd.read_csv(path)))
        self.base.insert_dataframe(rows)
        return self.totals()

    def totals(self):
        (row,) = self.base.execute_query(
            "SELECT COUNT(*) AS n, SUM(duration_sec) AS seconds, SUM(distance_mi) AS miles FROM workout_summary"
        )
        return {name: float(value) for name, value in row.items()}

    def train(self):
        """Train, and read the model back: before a restart no row of it is found."""
        trained = self.models.train_new_model(force_retrain=True)
        self.models._load_active_model()
        return {"success": bool(trained.get("success", trained.get("model_ready", True)))}

    def cold(self):
        self.service = self.make()
        return self.cached()

    def cached(self):
        made = self.service.generate_daily_intelligence_brief()
        assert "error" not in made, made
        return {"workouts": made["total_workouts_analyzed"], "recent": made["recent_workouts_analyzed"]}

    def classify(self):
        """Labels of all rows by the stored model, newest first."""
        rows = self.service._load_workout_data() if self.service else None
        plain = rows.drop(columns=[name for name in rows.columns if "class" in name])
        before = cpu()
        found = self.models.classify_workouts(plain)
        return {"rows": len(found), "seconds": cpu() - before}


def main():
    checkout, port, user, password, today = sys.argv[1:]
    sys.path.insert(0, os.path.join(checkout, "src"))
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # it prints and logs on standard output
    database(int(port), user, password)
    commands = Commands(today)
    print(json.dumps("ready"), file=answers, flush=True)
    for line in sys.stdin:
        name, *given = json.loads(line)
        before = cpu()
        with contextlib.redirect_stdout(sys.stderr):
            answer = getattr(commands, name)(*given)
        print(json.dumps({"seconds": cpu() - before, "answer": answer}), file=answers, flush=True)


if __name__ == "__main__":
    main()
