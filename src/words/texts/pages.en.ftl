### Pages: what links in mails open
link-acknowledge = Acknowledge receipt
link-acknowledged = Receipt acknowledged:
link-superseded = A newer message has taken the place of this one. What stands here is not the latest word.
link-unknown = This link does not open anything
link-unknown_help = Check that it was copied whole, to its last character. A link is good only on the server that sent it. If it still does not open, acknowledge by telephone or with your account.
link-trouble = Nothing was stored
link-trouble_help = The server cannot do it at the moment. Try again in a minute; if it is urgent, acknowledge by telephone.
