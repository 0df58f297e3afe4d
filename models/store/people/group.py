"""Keep the people whom the timeline and the imports name."""

from models.store.base.transaction import StoreGroup, reads, writes
from models.store.people import directory, imported, teams_chats


class People(StoreGroup):
    """Keep the people whom the timeline and the imports name."""

    listed = reads(imported.listed)
    previous_addresses = reads(directory.previous_addresses)
    imported = reads(imported.stored)
    teams_chat = reads(teams_chats.chat_with)
    newest_teams_chat = reads(teams_chats.newest_chat)
    open_teams_chat = writes(teams_chats.open_chat)
    close_teams_chat = writes(teams_chats.close_chat)
    keep_waiting_chat = writes(teams_chats.keep_waiting_chat)
    drop_waiting_chat = writes(teams_chats.drop_waiting_chat)
