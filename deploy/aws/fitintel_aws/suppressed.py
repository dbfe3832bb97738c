"""Findings of cdk-nag that we live with, each with its reason."""

from __future__ import annotations

from aws_cdk import Acknowledgment, Stack, Validations

from fitintel_aws.stages import Stage

REASONS = {
    "AwsSolutions-SMG4": "Keys of seals and of the audit chain are rotated by fitintel keys rotate, which re-encrypts.",
    "AwsSolutions-CFR1": "Athletes travel: there is no country from which they may not read their brief.",
    "AwsSolutions-CFR2": "The firewall stands at the load balancer, which takes requests from CloudFront alone.",
    "AwsSolutions-CFR4": "The certificate of the organisation is added with its host name when it is deployed.",
    "AwsSolutions-ECS2": "They are addresses of stores, without passwords; what is secret comes from Secrets Manager.",
    "AwsSolutions-S1": "It is the bucket of access logs itself.",
    "AwsSolutions-RDS11": "The port is no secret: only programs of the stack reach it.",
    "AwsSolutions-AEC5": "The port is no secret: only programs of the stack reach it.",
    "AwsSolutions-AEC6": "Who reaches the cache is decided by security groups; nothing is only there.",
    "AwsSolutions-EC23": "Only CloudFront's prefix list is let in; its id is a parameter, which the check cannot read.",
}
STAGING = {
    "AwsSolutions-RDS3": "Staging may be away while a zone is.",
    "AwsSolutions-AEC4": "Staging may be away while a zone is.",
}

SERVICE_ROLES = ("AmazonRDSEnhancedMonitoringRole", "AWSBackupServiceRolePolicyForBackup")
ACTIONS = ("kms:GenerateDataKey*", "kms:ReEncrypt*", "s3:Abort*", "s3:DeleteObject*", "s3:GetBucket*", "s3:GetObject*",
           "s3:List*")  # fmt: skip


def finely(files: str) -> dict[str, str]:
    """Findings inside policies, each by itself, as a wider wildcard must not hide behind these; `files`: the bucket."""
    managed = "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/{}]"
    return {
        **{managed.format(role): "The service of AWS asks for its own policy." for role in SERVICE_ROLES},
        **{
            f"AwsSolutions-IAM5[Action::{one}]": "What CDK grants for reading and writing one bucket."
            for one in ACTIONS
        },
        f"AwsSolutions-IAM5[Resource::<{files}.Arn>/*]": "Every object of the one bucket of files.",
    }


def suppress(stack: Stack, stage: Stage, files: str) -> None:
    """Say why to the check."""
    reasons = {**REASONS, **finely(files), **({} if stage.several_zones else STAGING)}
    for name, why in reasons.items():
        Validations.of(stack).acknowledge(Acknowledgment(id=name, reason=why))
