"""Keep the data of each person: shown, forgotten, and erased when its time is over."""

from models.store.base.transaction import StoreGroup, reads, writes
from models.store.privacy import forgetting, identity, person_data, retention


class Privacy(StoreGroup):
    """Keep the data of each person: shown, forgotten, and erased when its time is over."""

    erase_texts = writes(forgetting.erase_texts)
    find_people = reads(identity.find_people)
    forgettable = reads(forgetting.forgettable)
    forget_person = writes(forgetting.forget_person)
    erase_expired = writes(retention.erase_expired)
    expired_files = writes(retention.expired_files)
    person_data = reads(person_data.person_data)
