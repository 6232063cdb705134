"""What administrators do: accounts, links to hand over, resets, limits of sessions."""
