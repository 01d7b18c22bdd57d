"""The course as files: read, check, compare with the database, write.

`reading` turns files into values that remember their lines; `keys` and `kinds` say, once for each model,
what its file holds and which fields that means; `folder` walks a course and `checks` looks at it as a whole.
None of these asks the database for anything. `plan` compares the files with what is stored, and `writing`
carries the plan out.
"""
