"""How Takt is put together and run: settings, addresses, sign-in, health."""
