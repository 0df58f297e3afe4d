"""Hand messages over by mail, Teams, GOV.UK Notify and any other channel of Apprise, and give a receipt."""
