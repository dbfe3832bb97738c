"""The network: only the load balancer stands in public subnets; stores have no way out at all."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from constructs import Construct


class Network(Construct):
    """A VPC with three kinds of subnets, its traffic logged."""

    def __init__(self, scope: Construct, id: str, *, several_zones: bool) -> None:
        super().__init__(scope, id)
        self.vpc = ec2.Vpc(
            self, "Vpc", max_azs=2, nat_gateways=2 if several_zones else 1,
            subnet_configuration=[
                ec2.SubnetConfiguration(name="public", subnet_type=ec2.SubnetType.PUBLIC, cidr_mask=24),
                ec2.SubnetConfiguration(name="programs", subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS, cidr_mask=22),
                ec2.SubnetConfiguration(name="stores", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED, cidr_mask=24),
            ],
        )  # fmt: skip
        self.vpc.add_flow_log("Traffic")
        # files and secrets do not pass the public network
        self.vpc.add_gateway_endpoint("Files", service=ec2.GatewayVpcEndpointAwsService.S3)
        self.programs = self._group("Programs", "front ends and workers")
        self.balancer = self._group("Balancer", "the load balancer")
        self.stores = self._group("Stores", "database and cache", out=False)
        self.programs.add_ingress_rule(self.balancer, ec2.Port.tcp_range(5000, 9000), "the load balancer asks")
        self.programs.add_ingress_rule(self.programs, ec2.Port.tcp_range(5000, 9000), "programs ask each other")
        for port, what in ((3306, "MySQL"), (6379, "Redis")):
            self.stores.add_ingress_rule(self.programs, ec2.Port.tcp(port), f"programs use {what}")
        cdk.Tags.of(self).add("part", "network")

    def _group(self, id: str, says: str, *, out: bool = True) -> ec2.SecurityGroup:
        return ec2.SecurityGroup(self, id, vpc=self.vpc, description=says, allow_all_outbound=out)
