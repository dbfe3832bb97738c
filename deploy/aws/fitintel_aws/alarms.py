"""What a person is called for; the alerts of deploy/monitoring say the rest."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as watch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_elasticloadbalancingv2 as balancing
from aws_cdk import aws_sns as sns
from constructs import Construct

from fitintel_aws.edge import Edge
from fitintel_aws.programs import Programs
from fitintel_aws.stores import Stores


class Alarms(Construct):
    """Alarms that post to one topic."""

    def __init__(self, scope: Construct, id: str, edge: Edge, programs: Programs, stores: Stores) -> None:
        super().__init__(scope, id)
        self.topic = sns.Topic(self, "Topic", enforce_ssl=True, master_key=stores.key)
        minute = cdk.Duration.minutes(1)
        self._alarm("Errors", edge.balancer.metrics.http_code_elb(
            balancing.HttpCodeElb.ELB_5XX_COUNT,
            period=minute), 20)  # fmt: skip
        self._alarm("Slow", edge.balancer.metrics.target_response_time(period=minute, statistic="p99"), 5)
        self._alarm("DatabaseBusy", stores.database.metric_cpu_utilization(period=minute), 80)
        self._alarm("DatabaseFull", stores.database.metric_free_storage_space(period=minute), 10 * 1024**3, below=True)
        for name, service in programs.services.items():
            self._alarm(f"{name}-busy", service.metric_cpu_utilization(period=minute), 90)

    def _alarm(self, name: str, metric: watch.IMetric, limit: float, *, below: bool = False) -> None:
        worse = watch.ComparisonOperator
        made = watch.Alarm(
            self, name, metric=metric, threshold=limit, evaluation_periods=5, datapoints_to_alarm=3,
            comparison_operator=worse.LESS_THAN_THRESHOLD if below else worse.GREATER_THAN_THRESHOLD,
            treat_missing_data=watch.TreatMissingData.NOT_BREACHING,
        )  # fmt: skip
        made.add_alarm_action(actions.SnsAction(self.topic))
