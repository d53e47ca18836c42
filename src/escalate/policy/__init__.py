"""The language: text with positions, models of what it says, and whether it makes sense."""
