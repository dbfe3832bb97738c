"""The whole of fitintel on one machine: every process under one manager (supervisord), behind one gateway.

`processes` is the one list of what runs; the manager's configuration, Prometheus's targets and the check of
deploy/compose.yaml are made from it.
"""
