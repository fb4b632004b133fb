"""A figure is an expression over the published tables: a set of rows, and a way to sum it. Python evaluates none of it.

`grammar` reads a text to a tree of ten kinds of node, `evaluation` makes a figure of it, `lineage` tells what it
rests on. The facts that can be asked of are declared in `language`, the functions in `functions`, each once.
"""
