"""Takes in what people, mail servers and providers send back, and records each mail or message once."""
