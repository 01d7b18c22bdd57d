"""Tests of `manage.py load_course`."""
