"""Reads the rule files that travel in the package and hands typed objects to the pure rooms."""
