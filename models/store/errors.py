"""What can be wrong with the store, said to people."""


class StoreError(Exception):
    """The database cannot be used; its text is one sentence: what, where, and what was expected."""


class OnHold(StoreError):
    """Nothing may be erased: a legal hold stands."""
