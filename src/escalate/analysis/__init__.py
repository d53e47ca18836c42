"""What can be said of a policy without a ticket: its conditions as regions, and what a
catalogue of checks finds by them."""
