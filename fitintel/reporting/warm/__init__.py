"""The papermill engine `fitintel-warm`: notebooks run in forks of a process that has imported everything already."""
