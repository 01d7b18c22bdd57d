"""PURE: methods that take a list of figures: the sequence of jobs, and a forecast by periods.

They import no models. Their pages are in `concepts.views.worksheets`.
"""
