"""Signs in to Exchange Online as an app registration (OAuth2), and sends mail through Microsoft Graph."""
