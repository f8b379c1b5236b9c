"""Training of the shipped adapters: what they learnt from, and how.

``python -m evals.training judge|reader|rewriter|speller OUT [--questions FILE] [--pairs FILE]
[--from ADAPTER]`` writes an adapter (LoRA) for the shipped model, or goes on from one; see
``examples``, ``reading``, ``asked``, ``follow_ups`` and ``spellings`` for the data and ``train``
for the method. It takes up to an hour on two cores and 10 GB of memory, and the packages of the
extra ``training``.
"""
