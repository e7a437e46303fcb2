"""Tools for those who write scenarios: lint, graph, schema, a first file to begin with, watching, coverage."""
