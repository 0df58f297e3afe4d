"""Sign in to Exchange Online as an app registration (OAuth2), and send mail through Microsoft Graph."""
