"""Evidence: a version read back over SQL by another tool, Great Expectations, and held against every rule.

`examiner` is what the rest of the program uses. It starts `child`, and only the child imports Great Expectations: the
import takes seconds, and what is read cannot harm the program that reads it.
"""
