"""The ground floor: errors, clocks, seeded draws, text cleaning, strict YAML, paths. Imports nothing of the house."""
