"""Staging and production on AWS: `cdk synth`, from settings in cdk.json alone."""

from __future__ import annotations

import aws_cdk as cdk
import cdk_nag
from fitintel_aws.stack import FitintelStack
from fitintel_aws.stages import STAGES


def made(app: cdk.App) -> list[FitintelStack]:
    """A stack for each stage."""
    image = app.node.try_get_context("image") or "public.ecr.aws/docker/library/python:3.11-slim"
    place = cdk.Environment(account=app.node.try_get_context("account"),
                            region=app.node.try_get_context("region") or "eu-central-1")  # fmt: skip
    return [FitintelStack(app, f"fitintel-{name}", stage, image, env=place) for name, stage in STAGES.items()]


if __name__ == "__main__":
    app = cdk.App()
    made(app)
    # a finding without a reason ends the synthesis with an error
    cdk.Validations.of(app).add_plugins(cdk_nag.AwsSolutionsChecks(app))
    app.synth()
