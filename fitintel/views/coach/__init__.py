"""What coaches see: view-models of the squad, an athlete, plans and algorithms, and their HTML."""
