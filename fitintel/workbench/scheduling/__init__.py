"""The schedule: everybody's brief at their own morning, whoever starts it and however often."""
