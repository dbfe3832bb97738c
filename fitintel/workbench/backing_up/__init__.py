"""Backup and restore of a workspace through restic: encrypted, deduplicated, verified by reading all of it.

A backup is two snapshots. `data` holds the databases (each as it was at one moment, taken first), then the files,
which are never changed once they are written: what a database names is there, whatever is imported meanwhile. `keys`
holds keys and the list of erased athletes, and is forgotten after 30 days: a key that was destroyed is then nowhere.
A restore takes the data of the day that is asked for, and always the newest keys.
"""
