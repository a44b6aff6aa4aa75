"""Prefect flows and the processes around them. Orchestration only: what is done is in `monitor.pipeline`.

Importing this package doesn't import Prefect: `environment` has to be set first, and that belongs to who starts.
"""
