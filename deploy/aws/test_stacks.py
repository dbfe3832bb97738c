"""What the stacks promise, asserted on their templates: `make check` in this folder, in an environment of its own."""

from __future__ import annotations

import json
from pathlib import Path

import aws_cdk as cdk
import cdk_nag
import pytest
from app import made
from aws_cdk.assertions import Match, Template

PRODUCTION, STAGING = 1, 0


@pytest.fixture(scope="module")
def templates() -> list[Template]:
    """Of staging and of production."""
    app = cdk.App()
    return [Template.from_stack(stack) for stack in made(app)]


def test_nothing_that_cdk_nag_finds_is_without_a_reason(tmp_path: Path) -> None:
    app = cdk.App(outdir=str(tmp_path))
    made(app)
    cdk.Validations.of(app).add_plugins(cdk_nag.AwsSolutionsChecks(app))
    app.synth()
    report = tmp_path / "validation-report.json"
    assert not report.exists() or '"conclusion": "failure"' not in report.read_text()


def test_everything_that_is_kept_is_encrypted_with_our_key(templates: list[Template]) -> None:
    for template in templates:
        template.has_resource_properties(
            "AWS::RDS::DBInstance", {"StorageEncrypted": True, "KmsKeyId": Match.any_value()}
        )
        template.has_resource_properties("AWS::ElastiCache::ReplicationGroup", {
            "AtRestEncryptionEnabled": True, "TransitEncryptionEnabled": True,
            "KmsKeyId": Match.any_value()})  # fmt: skip
        template.has_resource_properties("AWS::S3::Bucket", {"VersioningConfiguration": {"Status": "Enabled"}})
        template.has_resource_properties("AWS::KMS::Key", {"EnableKeyRotation": True})
        for bucket in template.find_resources("AWS::S3::Bucket").values():
            blocked = bucket["Properties"]["PublicAccessBlockConfiguration"]
            assert all(blocked.values())
            assert len(blocked) == 4


def test_stores_have_no_way_out_and_no_public_address(templates: list[Template]) -> None:
    for template in templates:
        template.has_resource_properties("AWS::RDS::DBInstance", {"PubliclyAccessible": False})
        for service in template.find_resources("AWS::ECS::Service").values():
            network = service["Properties"]["NetworkConfiguration"]["AwsvpcConfiguration"]
            assert network["AssignPublicIp"] == "DISABLED"


def test_production_outlives_the_loss_of_a_zone(templates: list[Template]) -> None:
    template = templates[PRODUCTION]
    template.has_resource_properties("AWS::RDS::DBInstance", {"MultiAZ": True, "DeletionProtection": True})
    template.has_resource_properties("AWS::ElastiCache::ReplicationGroup", {"MultiAZEnabled": True})
    template.has_resource_properties(
        "AWS::ApplicationAutoScaling::ScalableTarget", {"MinCapacity": 2, "MaxCapacity": 12}
    )
    template.has_resource_properties(
        "AWS::ApplicationAutoScaling::ScalableTarget", {"MinCapacity": 2, "MaxCapacity": 16}
    )


def test_no_password_stands_in_a_template(templates: list[Template]) -> None:
    for template in templates:
        text = json.dumps(template.to_json())
        assert "{{resolve:secretsmanager:" in text
        for task in template.find_resources("AWS::ECS::TaskDefinition").values():
            for container in task["Properties"]["ContainerDefinitions"]:
                names = {one["Name"] for one in container.get("Environment", ())}
                assert not {name for name in names if "KEY" in name or "DATABASE_URL" in name}
                assert container["ReadonlyRootFilesystem"] is True
                assert container["User"] == "10001:10001"


def test_the_balancer_speaks_tls_behind_the_firewall_and_health_data_are_not_kept_at_the_edge(
    templates: list[Template],
) -> None:
    for template in templates:
        template.has_resource_properties("AWS::ElasticLoadBalancingV2::Listener", {"Protocol": "HTTPS", "Port": 443})
        template.resource_count_is("AWS::ElasticLoadBalancingV2::Listener", 1)
        template.resource_count_is("AWS::WAFv2::WebACLAssociation", 1)
        template.has_resource_properties("AWS::CloudFront::Distribution", Match.object_like({
            "DistributionConfig": {"DefaultCacheBehavior": {"ViewerProtocolPolicy": "redirect-to-https",
                                   # CachingDisabled, as AWS names it
                                   "CachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"}}}))  # fmt: skip


def test_everything_is_backed_up_every_day(templates: list[Template]) -> None:
    for template in templates:
        template.resource_count_is("AWS::Backup::BackupPlan", 1)
        template.resource_count_is("AWS::Backup::BackupSelection", 1)


def test_a_person_is_called(templates: list[Template]) -> None:
    for template in templates:
        alarms = template.find_resources("AWS::CloudWatch::Alarm")
        assert len(alarms) >= 8
        assert all(alarm["Properties"]["AlarmActions"] for alarm in alarms.values())
