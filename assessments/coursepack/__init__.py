"""The bank as files: what `concepts.coursepack` does for the course, for questions and assessments."""
