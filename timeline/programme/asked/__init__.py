"""Ask owners for what the programme needs of them, and read what they answer in lines."""
