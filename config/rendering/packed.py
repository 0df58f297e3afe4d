"""Pack a file of Office (Word, Excel) so that the same records give the same bytes, whenever it is packed."""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_SET_AT_SAVING = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def alike(content: bytes, *, modified: bytes) -> bytes:
    """Give the file with every part packed as at the beginning of 1980, and modified at that instant."""
    packed = BytesIO()
    with ZipFile(BytesIO(content)) as given, ZipFile(packed, "w", ZIP_DEFLATED) as made:
        for name in given.namelist():
            part = _SET_AT_SAVING.sub(rb"\g<1>" + modified, given.read(name)) if name == _CORE else given.read(name)
            # The time of day would be that of this machine; this one is the earliest that a zip file knows.
            # A picture is packed already.
            made.writestr(ZipInfo(name), part, ZIP_STORED if name.endswith(".png") else ZIP_DEFLATED)
    return packed.getvalue()


_CORE = "docProps/core.xml"
