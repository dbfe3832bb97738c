"""Ways on which a finished brief reaches somebody: one file each. None knows where briefs come from."""
