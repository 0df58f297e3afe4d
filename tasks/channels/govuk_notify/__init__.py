"""Send e-mail and text messages through GOV.UK Notify."""
