"""Cards become registered models in MLflow, briefs become runs. MLflow is imported when it is used, not before."""
