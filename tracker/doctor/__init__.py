"""What an installation stands on, checked one by one, each with what to do about it."""
