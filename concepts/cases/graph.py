"""A case as a graph: its stages, the ways between them, what is doubtful about it, and every way through.

This is the door: drawing is in ``ways``, warnings in ``cautions``, playing every path in ``exploring``.
"""

from concepts.cases.cautions import Caution, warnings
from concepts.cases.exploring import Explored, best_known, paths
from concepts.cases.ways import Edge, Graph, graph

__all__ = ["Caution", "Edge", "Explored", "Graph", "best_known", "graph", "paths", "warnings"]
