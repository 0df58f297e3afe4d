"""Hold the migrations, ten numbers a folder: a folder of all of them would soon be too long to look over.

A new version goes to the last folder, and the first of the next ten begins another, such as `from_0031`. Alembic and
`version.known` look into every folder; `down_revision` alone says the order.
"""
