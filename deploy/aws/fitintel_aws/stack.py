"""One stage as one stack."""

from __future__ import annotations

from typing import Any

import aws_cdk as cdk
from constructs import Construct

from fitintel_aws.alarms import Alarms
from fitintel_aws.edge import Edge
from fitintel_aws.network import Network
from fitintel_aws.programs import Programs
from fitintel_aws.stages import Stage
from fitintel_aws.stores import Stores
from fitintel_aws.suppressed import suppress


class FitintelStack(cdk.Stack):
    """Network, stores, programs, the way in, alarms."""

    def __init__(self, scope: Construct, id: str, stage: Stage, image: str, **more: Any) -> None:
        super().__init__(scope, id, termination_protection=stage.several_zones, **more)
        self.network = Network(self, "Network", several_zones=stage.several_zones)
        self.stores = Stores(self, "Stores", self.network, stage)
        self.programs = Programs(self, "Programs", self.network, self.stores, stage, image)
        self.edge = Edge(self, "Edge", self.network, self.programs, self.stores)
        self.alarms = Alarms(self, "Alarms", self.edge, self.programs, self.stores)
        cdk.CfnOutput(self, "Address", value=self.edge.distribution.distribution_domain_name)
        suppress(self, stage, self.get_logical_id(self.stores.files.node.default_child))
