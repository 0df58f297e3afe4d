"""Read a mail within two seconds and 64 MB, whatever it holds: in a process of its own, which a mail may break."""
