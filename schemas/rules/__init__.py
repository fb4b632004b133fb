"""The rulebook (`book/`, YAML), the kinds of rule, and what each kind compiles to."""
