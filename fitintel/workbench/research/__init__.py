"""Research without names: a workspace of pseudonyms built by a service, and sets released from it behind a gate.

`project` makes pseudonyms and shifts dates, `build` fills the workspace, `tracks` cuts positions; `release` makes the
coarse set, `anonymity` and `attack` are its gate.
"""
