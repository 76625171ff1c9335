"""What each cell does, and what that means."""
