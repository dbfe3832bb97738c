"""fitintel on AWS, one file a noun."""
