"""The anonymisation gate: what in a text could tell who somebody is, and how to write it otherwise."""

from .findings import Finding, Kind, Report
from .inspection import inspect, inspect_file

__all__ = ["Finding", "Kind", "Report", "inspect", "inspect_file"]
