"""What is kept: MySQL, Redis, files. Everything is encrypted with a key of ours, on the disk and on the way."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_backup as backup
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_elasticache as elasticache
from aws_cdk import aws_events as events
from aws_cdk import aws_kms as kms
from aws_cdk import aws_rds as rds
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secrets
from constructs import Construct

from fitintel_aws.network import Network
from fitintel_aws.stages import Stage


class Stores(Construct):
    """Database, cache, files, secrets, and the plan of backups."""

    def __init__(self, scope: Construct, id: str, network: Network, stage: Stage) -> None:
        super().__init__(scope, id)
        self.key = kms.Key(self, "Key", enable_key_rotation=True, description=f"fitintel {stage.name}")
        self.database = self._database(network, stage)
        self.cache = self._cache(network, stage)
        self.log = self._bucket("Log", None)
        self.files = self._bucket("Files", self.log)
        self.secrets = {
            name: secrets.Secret(
                self, name.title().replace("_", ""), description=f"{name} of fitintel", encryption_key=self.key,
                generate_secret_string=secrets.SecretStringGenerator(password_length=44, exclude_punctuation=True),
            )
            for name in ("secret_key", "audit_key", "identity_key")
        }  # fmt: skip
        password = self.database.secret.secret_value_from_json("password").unsafe_unwrap()
        self.secrets["database_url"] = secrets.Secret(
            self, "DatabaseUrl", description="address of the database of fitintel", encryption_key=self.key,
            # the password stays a reference in the template; CloudFormation fills it in
            secret_string_value=cdk.SecretValue.unsafe_plain_text(
                f"mysql://fitintel:{password}@{self.database.db_instance_endpoint_address}/fitintel"),
        )  # fmt: skip
        self._backups(stage)

    def _database(self, network: Network, stage: Stage) -> rds.DatabaseInstance:
        engine = rds.DatabaseInstanceEngine.mysql(version=rds.MysqlEngineVersion.of("8.0.46", "8.0"))
        return rds.DatabaseInstance(
            self, "Database", engine=engine, instance_type=ec2.InstanceType(stage.database), vpc=network.vpc,
            vpc_subnets=ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED),
            security_groups=[network.stores], multi_az=stage.several_zones, database_name="fitintel", port=3306,
            credentials=rds.Credentials.from_generated_secret("fitintel", encryption_key=self.key),
            allocated_storage=stage.storage, max_allocated_storage=10 * stage.storage, storage_encrypted=True,
            storage_encryption_key=self.key, iam_authentication=True, deletion_protection=True,
            backup_retention=cdk.Duration.days(stage.kept), copy_tags_to_snapshot=True,
            removal_policy=cdk.RemovalPolicy.RETAIN, monitoring_interval=cdk.Duration.seconds(60),
            cloudwatch_logs_exports=["error", "slowquery"],
            parameter_group=rds.ParameterGroup(self, "Durable", engine=engine, parameters={
                "require_secure_transport": "ON", "innodb_flush_log_at_trx_commit": "1", "sync_binlog": "1",
            }),
        )  # fmt: skip

    def _cache(self, network: Network, stage: Stage) -> elasticache.CfnReplicationGroup:
        subnets = elasticache.CfnSubnetGroup(
            self, "CacheSubnets", description="isolated",
            subnet_ids=network.vpc.select_subnets(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED).subnet_ids,
        )  # fmt: skip
        return elasticache.CfnReplicationGroup(
            self, "Cache", replication_group_description="fitintel: nothing is only here", engine="redis",
            cache_node_type=stage.cache, num_cache_clusters=2 if stage.several_zones else 1,
            automatic_failover_enabled=stage.several_zones, multi_az_enabled=stage.several_zones,
            at_rest_encryption_enabled=True, transit_encryption_enabled=True, kms_key_id=self.key.key_id,
            cache_subnet_group_name=subnets.ref, security_group_ids=[network.stores.security_group_id], port=6379,
        )  # fmt: skip

    def _bucket(self, id: str, log: s3.Bucket | None) -> s3.Bucket:
        more = {"server_access_logs_bucket": log, "server_access_logs_prefix": "files/"} if log else {}
        return s3.Bucket(
            self, id, encryption=s3.BucketEncryption.KMS if log else s3.BucketEncryption.S3_MANAGED,
            encryption_key=self.key if log else None, versioned=log is not None, enforce_ssl=True,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL, removal_policy=cdk.RemovalPolicy.RETAIN,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED if log else s3.ObjectOwnership.OBJECT_WRITER,
            # what was erased is gone from old versions within the time that the notice names
            lifecycle_rules=[s3.LifecycleRule(noncurrent_version_expiration=cdk.Duration.days(30))] if log else
            [s3.LifecycleRule(expiration=cdk.Duration.days(90))], **more,
        )  # fmt: skip

    def _backups(self, stage: Stage) -> None:
        vault = backup.BackupVault(self, "Vault", backup_vault_name=f"fitintel-{stage.name}", encryption_key=self.key,
                                   removal_policy=cdk.RemovalPolicy.RETAIN)  # fmt: skip
        plan = backup.BackupPlan(self, "Plan", backup_vault=vault)
        plan.add_rule(backup.BackupPlanRule(
            rule_name="daily", delete_after=cdk.Duration.days(stage.kept), enable_continuous_backup=True,
            schedule_expression=events.Schedule.cron(hour="1", minute="30"),
        ))  # fmt: skip
        plan.add_selection("Everything", resources=[
            backup.BackupResource.from_rds_database_instance(self.database),
            backup.BackupResource.from_arn(self.files.bucket_arn),
        ])  # fmt: skip
