"""The benchmarks: `python -m benchmarks [NAME...]`. Each part is a module that measures and returns figures."""
