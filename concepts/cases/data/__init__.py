"""The figures of the shipped cases, made by seeded scripts: each module gives ``tables()`` by exhibit."""
