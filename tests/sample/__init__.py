"""The sample rounds in `raw/` and how they are made: `python -m tests.sample [folder]`.

What is printed in the source document is data beside the code (`annex_2023.csv`, `margins.yaml`), headers and
cell texts are the form declarations' own, and the rest is drawn from a fixed seed. No module here names a
municipality.
"""
