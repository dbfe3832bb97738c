"""The programs as Fargate services that grow and shrink by their load."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_logs as logs
from constructs import Construct

from fitintel_aws.network import Network
from fitintel_aws.stages import Stage
from fitintel_aws.stores import Stores


@dataclass(frozen=True)
class Part:
    """One container of a task."""

    command: tuple[str, ...] = ()
    entry: tuple[str, ...] = ("fitintel",)
    gateway: bool = False
    """of the image with nginx and the firewall"""


@dataclass(frozen=True)
class Program:
    """One kind of task. Its containers share a loopback, as the processes of one machine do."""

    parts: Mapping[str, Part]
    port: int | None = None
    """that is asked from outside the task"""
    processor: int = 512
    """1024 is one core"""
    memory: int = 2048
    """MiB"""
    alone: bool = False
    """one task, always"""


FRONT, WORKER, GATEWAY_PORT = "front", "dask-worker", 8443
PROGRAMS = {
    FRONT: Program({
        "gateway": Part(gateway=True, entry=("nginx",), command=("-c", "/tmp/fitintel/production/gateway/nginx.conf",
                                                                  "-g", "daemon off;")),
        "api": Part(("serve", "api", "--port", "8000")),
        "app": Part(("serve", "app", "--port", "8501")),
        "coach": Part(("serve", "coach", "--port", "8866")),
    }, GATEWAY_PORT, 2048, 8192),
    "schedule": Program({"schedule": Part(("schedule",))}, alone=True),
    "dask-scheduler": Program({"dask": Part(("scheduler", "--no-dashboard"), ("dask",))}, 8786, alone=True),
    WORKER: Program({"dask": Part(("worker", "tcp://dask-scheduler.fitintel:8786", "--no-dashboard"), ("dask",))},
                    processor=2048, memory=4096),
}  # fmt: skip


class Programs(Construct):
    """A cluster with every program."""

    def __init__(self, scope: Construct, id: str, network: Network, stores: Stores, stage: Stage, image: str) -> None:
        super().__init__(scope, id)
        self._stores, self._stage, self._image = stores, stage, image
        self.cluster = ecs.Cluster(self, "Cluster", vpc=network.vpc,
                                   container_insights_v2=ecs.ContainerInsights.ENABLED)  # fmt: skip
        self.cluster.add_default_cloud_map_namespace(name="fitintel")
        self.log = logs.LogGroup(self, "Log", retention=logs.RetentionDays.THREE_MONTHS, encryption_key=None,
                                 removal_policy=cdk.RemovalPolicy.RETAIN)  # fmt: skip
        self.services = {name: self._service(name, one, network) for name, one in PROGRAMS.items()}

    def _service(self, name: str, program: Program, network: Network) -> ecs.FargateService:
        task = ecs.FargateTaskDefinition(
            self, f"{name}-task", cpu=program.processor, memory_limit_mib=program.memory,
            runtime_platform=ecs.RuntimePlatform(cpu_architecture=ecs.CpuArchitecture.X86_64),
            volumes=[ecs.Volume(name="passing")],
        )  # fmt: skip
        for part_name, part in program.parts.items():
            container = task.add_container(
                part_name, image=ecs.ContainerImage.from_registry(self._image + ("-gateway" if part.gateway else "")),
                entry_point=list(part.entry), command=list(part.command), user="10001:10001",
                readonly_root_filesystem=True, stop_timeout=cdk.Duration.seconds(60),
                logging=ecs.LogDrivers.aws_logs(stream_prefix=f"{name}-{part_name}", log_group=self.log),
                port_mappings=[ecs.PortMapping(container_port=program.port)]
                if program.port and part is next(iter(program.parts.values())) else None,
                secrets={} if part.gateway else {
                    f"FITINTEL_{key.upper()}": ecs.Secret.from_secrets_manager(held)
                    for key, held in self._stores.secrets.items()
                },
            )  # fmt: skip
            # settings are no secrets: addresses of stores, without passwords
            for key, value in self._settings().items():
                container.add_environment(key, value)
            container.add_mount_points(ecs.MountPoint(container_path="/tmp", source_volume="passing", read_only=False))
        self._stores.files.grant_read_write(task.task_role)
        service = ecs.FargateService(
            self, name, cluster=self.cluster, task_definition=task, security_groups=[network.programs],
            desired_count=1 if program.alone else self._stage.least, assign_public_ip=False,
            vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS),
            circuit_breaker=ecs.DeploymentCircuitBreaker(rollback=True),
            min_healthy_percent=0 if program.alone else 100, max_healthy_percent=100 if program.alone else 200,
            cloud_map_options=ecs.CloudMapOptions(name=name) if program.port else None,
        )  # fmt: skip
        if not program.alone:
            most = self._stage.workers if name == WORKER else self._stage.most
            grows = service.auto_scale_task_count(min_capacity=self._stage.least, max_capacity=most)
            grows.scale_on_cpu_utilization("Busy", target_utilization_percent=60,
                                           scale_in_cooldown=cdk.Duration.minutes(5),
                                           scale_out_cooldown=cdk.Duration.seconds(60))  # fmt: skip
        return service

    def _settings(self) -> dict[str, str]:
        cache = self._stores.cache
        return {
            "FITINTEL_ACCESS": "gate", "FITINTEL_FILES_URL": f"s3://{self._stores.files.bucket_name}/files",
            "FITINTEL_CACHE_URL": f"rediss://{cache.attr_primary_end_point_address}:6379/0",
            "FITINTEL_HOME": "/tmp/fitintel",
        }  # fmt: skip
