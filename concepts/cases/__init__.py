"""PURE: cases as documents. Reading and checking one, playing it, what a decision is worth, its graph."""
