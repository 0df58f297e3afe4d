"""The people whom the timeline and the imports name."""

from models.store.base.transaction import StoreGroup, reads
from models.store.people import directory, imported


class People(StoreGroup):
    """The people whom the timeline and the imports name."""

    listed = reads(imported.listed)
    previous_addresses = reads(directory.previous_addresses)
    imported = reads(imported.stored)
