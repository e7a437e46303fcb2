"""Receptions and progress as documents for others: text out, nothing is read or written here."""
