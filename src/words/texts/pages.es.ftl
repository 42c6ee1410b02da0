### Machine-translated; to be checked by a person.
### Pages: what links in mails open
link-acknowledge = Acusar recibo
link-acknowledged = Recibo acusado:
link-superseded = Un mensaje más reciente ha sustituido a este. Lo que figura aquí no es la última información.
link-unknown = Este enlace no abre nada
link-unknown_help = Compruebe que se ha copiado entero, hasta el último carácter. Un enlace solo vale en el servidor que lo envió. Si sigue sin abrirse, acuse recibo por teléfono o con su cuenta.
link-trouble = No se ha guardado nada
link-trouble_help = El servidor no puede hacerlo en este momento. Inténtelo de nuevo dentro de un minuto; si es urgente, acuse recibo por teléfono.
