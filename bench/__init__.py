"""What we measure, and the floor beside it. `make bench` runs it; nothing here is part of the product."""
