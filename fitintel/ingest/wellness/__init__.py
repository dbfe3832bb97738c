"""Tables of wellness: one row a day or a measurement, columns of metrics. Which sources there are is in `source.py`."""
