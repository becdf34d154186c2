"""Matching rounds: who fits whom, why, and the best pairs for whole programmes at once.

Three sorts of modules. The shapes (`people`, `order`, `outcome`) and the rules read one pair at a time (`limits`,
`criteria`, `reasons`) are plain Python for everybody. What reckons with everybody at once (`crowd`, `pairs`,
`candidates`, `assignment`, `peers`, `round`, `report`) needs numpy and SciPy, and runs in a process of its own, which
`process` starts. No part knows a database, a chat or a sentence.
"""
