"""List addresses that are no webhook of Teams, with the sentence for each."""

SECRET = "a-signature-that-nobody-may-read"
BAD_URLS = [
    "",
    "https://host.example/path",
    "daymarkteams://",
    "daymarkteams://host.example",
    "daymarkteams://host.example/",
    "daymarkteams:///path",
    "daymarkteams://host.example:0/path",
    "daymarkteams://host.example:99999/path",
    "daymarkteams://host.example:x/path",
    f"daymarkteams://user:{SECRET}@host.example/path",
    f"daymarkteams://host.example/path?sig={SECRET}#x",
    f"daymarkteams://host.example/pa th?sig={SECRET}",
    f"daymarkteams://host.example/path?sig={SECRET}\n",
    f"daymarkteams://host.example/päth?sig={SECRET}",
    f"daymarkteams://[host.example/path?sig={SECRET}",
    f"daymarkteams://host.example/path?sig={SECRET}&verify=maybe",
]
