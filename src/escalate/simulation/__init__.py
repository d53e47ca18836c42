"""Time travel: a ticket followed through its life, as a desk would."""
