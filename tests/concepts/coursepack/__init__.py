"""Tests of reading, checking, comparing and writing course files."""
