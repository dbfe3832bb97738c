"""Connected accounts: one file per external API, on one contract.

`contract` says what a connector can do, `safe` where requests may go and how much may come back, `wire` retries and
waits, `oauth` gets and renews tokens, `access` uses them, `answers` reads JSON strictly. `strava` and `intervals` are
the services; how their answers become recordings stands in `ingest/sources`, like every other format.
"""
