"""Take in what people, mail servers and providers send back, and record each mail or message once."""
