"""A night: everybody's brief of a day, made by several processes, each athlete on their own."""
