### Machine-translated; to be checked by a person.
### Pages: what links in mails open
link-acknowledge = Accuser réception
link-acknowledged = Réception accusée :
link-superseded = Un message plus récent a remplacé celui-ci. Ce qui figure ici n’est pas la dernière information.
link-unknown = Ce lien n’ouvre rien
link-unknown_help = Vérifiez qu’il a été copié en entier, jusqu’au dernier caractère. Un lien n’est valable que sur le serveur qui l’a envoyé. S’il ne s’ouvre toujours pas, accusez réception par téléphone ou avec votre compte.
link-trouble = Rien n’a été enregistré
link-trouble_help = Le serveur ne peut pas le faire pour le moment. Réessayez dans une minute ; en cas d’urgence, accusez réception par téléphone.
