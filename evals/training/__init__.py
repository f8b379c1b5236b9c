"""Training of the shipped judge: what it learnt from, and how.

``python -m evals.training OUT [--questions FILE] [--pairs FILE]`` writes an adapter (LoRA) for the
shipped model; see ``examples`` for the data and ``train`` for the method. It takes an hour on two
cores and 10 GB of memory, and the packages of the extra ``training``.
"""
