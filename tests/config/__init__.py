"""Settings, health, sign-up and the make targets."""
