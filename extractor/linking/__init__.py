"""Mentions -> records. Linkers read mentions and the parse; they never look for entities in raw text again."""
