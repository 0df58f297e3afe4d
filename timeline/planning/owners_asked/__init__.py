"""Plan what each owner of an open action of the programme is asked every month."""
