"""What the world sees: CloudFront, the firewall, the load balancer."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_certificatemanager as certificates
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_elasticloadbalancingv2 as balancing
from aws_cdk import aws_wafv2 as waf
from constructs import Construct

from fitintel_aws.network import Network
from fitintel_aws.programs import FRONT, GATEWAY_PORT, Programs
from fitintel_aws.stores import Stores

PATHS = ["/", "/api/*", "/auth/*", "/app/*", "/coach/*"]
RULES = ("AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesSQLiRuleSet",
         "AWSManagedRulesAmazonIpReputationList")  # fmt: skip
LARGE_BODIES = "SizeRestrictions_BODY"
"""a rule of the common set that refuses bodies over 8 KiB: every file of a workout is larger"""
MOST = 3000
"""requests of one address in five minutes"""


class Edge(Construct):
    """The way in."""

    def __init__(self, scope: Construct, id: str, network: Network, programs: Programs, stores: Stores) -> None:
        super().__init__(scope, id)
        self.balancer = balancing.ApplicationLoadBalancer(
            self, "Balancer", vpc=network.vpc, internet_facing=True, security_group=network.balancer,
            drop_invalid_header_fields=True, deletion_protection=True,
        )  # fmt: skip
        self.balancer.log_access_logs(stores.log, "balancer")
        network.balancer.add_ingress_rule(ec2.Peer.prefix_list(self._cloudfront()), ec2.Port.tcp(443), "CloudFront")
        certificate = certificates.Certificate.from_certificate_arn(self, "Certificate", cdk.Fn.import_value(
            "fitintel-certificate"))  # fmt: skip
        listener = self.balancer.add_listener(
            "Tls", port=443, certificates=[certificate], ssl_policy=balancing.SslPolicy.TLS13_RES, open=False,
            default_action=balancing.ListenerAction.fixed_response(404),
        )  # fmt: skip
        listener.add_targets(
            "Front", port=GATEWAY_PORT, protocol=balancing.ApplicationProtocol.HTTPS, priority=10,
            conditions=[balancing.ListenerCondition.path_patterns(PATHS)],
            targets=[programs.services[FRONT].load_balancer_target(container_name="gateway",
                                                                   container_port=GATEWAY_PORT)],
            # what somebody has open lives in one process
            stickiness_cookie_duration=cdk.Duration.hours(8), deregistration_delay=cdk.Duration.seconds(60),
            health_check=balancing.HealthCheck(path="/api/v1/health", healthy_http_codes="200"),
        )  # fmt: skip
        self.firewall = self._firewall()
        waf.CfnWebACLAssociation(self, "Guarded", resource_arn=self.balancer.load_balancer_arn,
                                 web_acl_arn=self.firewall.attr_arn)  # fmt: skip
        self.distribution = cloudfront.Distribution(
            self, "Distribution", minimum_protocol_version=cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
            log_bucket=stores.log, log_file_prefix="edge/", http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            default_behavior=cloudfront.BehaviorOptions(
                origin=origins.LoadBalancerV2Origin(self.balancer,
                                                    protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY),
                # health data are kept by nobody on the way
                cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
                origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER,
                allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
                viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
            ),
        )  # fmt: skip

    def _firewall(self) -> waf.CfnWebACL:
        def seen(name: str) -> waf.CfnWebACL.VisibilityConfigProperty:
            return waf.CfnWebACL.VisibilityConfigProperty(cloud_watch_metrics_enabled=True, metric_name=name,
                                                          sampled_requests_enabled=False)  # fmt: skip

        rules = [
            waf.CfnWebACL.RuleProperty(
                name=name, priority=number, visibility_config=seen(name),
                override_action=waf.CfnWebACL.OverrideActionProperty(none={}),
                statement=waf.CfnWebACL.StatementProperty(
                    managed_rule_group_statement=waf.CfnWebACL.ManagedRuleGroupStatementProperty(
                        vendor_name="AWS", name=name,
                        rule_action_overrides=[waf.CfnWebACL.RuleActionOverrideProperty(
                            name=LARGE_BODIES, action_to_use=waf.CfnWebACL.RuleActionProperty(count={}))]
                        if name == RULES[0] else None,
                    )
                ),
            )
            for number, name in enumerate(RULES, 1)
        ]  # fmt: skip
        rules.append(waf.CfnWebACL.RuleProperty(
            name="rate", priority=0, visibility_config=seen("rate"),
            action=waf.CfnWebACL.RuleActionProperty(block={}),
            statement=waf.CfnWebACL.StatementProperty(
                rate_based_statement=waf.CfnWebACL.RateBasedStatementProperty(aggregate_key_type="IP", limit=MOST)),
        ))  # fmt: skip
        return waf.CfnWebACL(self, "Firewall", scope="REGIONAL", rules=rules, visibility_config=seen("firewall"),
                             default_action=waf.CfnWebACL.DefaultActionProperty(allow={}))  # fmt: skip

    def _cloudfront(self) -> str:
        listed = cdk.CfnParameter(self, "CloudFrontPrefixes", default="pl-3b927c52",
                                  description="prefix list com.amazonaws.global.cloudfront.origin-facing")  # fmt: skip
        return listed.value_as_string
