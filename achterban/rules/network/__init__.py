"""Who knows whom around a dossier, and what follows from it.

``reach`` says whom we can come to and along which warm way, ``gaps`` who matters and is
not known yet, ``components``, ``cut_points`` and ``bridges`` what hangs together and on
whom or what that rests, ``rests_on`` whom we reach through one person only, ``brokers``
who sits between others. ``layered`` and ``field`` lay a network out so that it can be
read.

Which relations count (their kind, the days they held) is for the caller, who passes no
others. Not covered: influence that nobody wrote down. A network is what was noted, and
who was looked at most has most relations.
"""

from achterban.rules.network.betweenness import Broker, Brokers, brokers
from achterban.rules.network.graph import Network, Relation, UnknownPerson
from achterban.rules.network.groups import (
    Bridge,
    CutPoint,
    Rest,
    bridges,
    components,
    cut_points,
    rests_on,
)
from achterban.rules.network.picture import MOST, Picture, Place, field, layered
from achterban.rules.network.ways import Gap, Step, Way, gaps, reach

__all__ = [
    "MOST",
    "Bridge",
    "Broker",
    "Brokers",
    "CutPoint",
    "Gap",
    "Network",
    "Picture",
    "Place",
    "Relation",
    "Rest",
    "Step",
    "UnknownPerson",
    "Way",
    "bridges",
    "brokers",
    "components",
    "cut_points",
    "field",
    "gaps",
    "layered",
    "reach",
    "rests_on",
]
