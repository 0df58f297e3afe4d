"""Plant faults on purpose: each is one mutation of the product, in one sentence, which the simulation has to find."""

from tests.simulation.faults import answering, changing, councils, deciding, sending, time
from tests.simulation.faults.planting import FAULTS, Fault, planted

__all__ = ["FAULTS", "Fault", "answering", "changing", "councils", "deciding", "planted", "sending", "time"]
