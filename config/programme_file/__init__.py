"""Read the programme file of a council: its judgements, plan, risks and measures, each with its source."""
