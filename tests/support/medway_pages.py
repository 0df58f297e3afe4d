"""Give the settings of the pages of Medway, without caught mail and without Prefect."""

from web.pages import PageSettings


def medway_pages(base_url: str) -> PageSettings:
    return PageSettings(
        council_name="Medway Council",
        programme_name="Improvement programme",
        base_url=base_url,
        prefect_url="http://127.0.0.1:1",
    )
