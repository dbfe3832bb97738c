"""REST, GraphQL and live events for other software. Thin: each route asks a workbench verb, and `views` words it."""
