"""Scenarios: the validated model, loading it from YAML, its cross-reference rules, and the library of all of them."""
