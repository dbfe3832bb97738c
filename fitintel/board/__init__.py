"""Pages that coaches use: each shows what `views` made of what the Workbench gave, and hands clicks to its verbs."""
