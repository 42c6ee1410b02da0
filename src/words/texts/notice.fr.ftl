# machine translation, not yet checked by a person

### Kinds of notices
notice-initial = Notification initiale au titre de l’article 17 du Protocole de Cartagena sur la prévention des risques biotechnologiques
notice-illegal = Notification initiale d’un mouvement transfrontière illicite (Protocole de Cartagena sur la prévention des risques biotechnologiques, article 25)
notice-follow_up = Notification complémentaire : quelque chose a changé
notice-all_clear = Fin d’alerte : le danger est passé
notice-withdrawal = Retrait : ce qui vous a été communiqué l’a été par erreur
notice-closing = Clôture : l’incident est clos
notice-verification = Demande de vérification d’un signalement
notice-advisory = Avis : NON VÉRIFIÉ
notice-reachability = Essai de la liaison : rien ne s’est produit
notice-step_overdue = Une étape d’un plan est en retard
notice-escalation = Au responsable de permanence : veuillez agir

### Kinds of notices, in the subject of a mail
subject-initial = Notification initiale (article 17)
subject-illegal = Notification initiale (article 25)
subject-follow_up = Complément
subject-all_clear = Fin d’alerte
subject-withdrawal = Retrait
subject-closing = Clos
subject-verification = À vérifier
subject-advisory = Avis non vérifié
subject-reachability = Essai de la liaison
subject-step_overdue = Une étape est en retard
subject-escalation = Permanence : veuillez agir
subject-reminder = Rappel
subject-mode_exercise = EXERCICE
subject-mode_test = ESSAI

### What a notice says first
opening-initial = Un organisme vivant modifié a été libéré. Il a franchi une frontière, ou pourrait en franchir une.
opening-illegal = Un organisme vivant modifié a franchi une frontière, ou pourrait en franchir une, lors d’un mouvement signalé comme illicite.
opening-follow_up = Ce qui vous a été communiqué sur cet incident a changé. On trouvera d’abord ce qui a changé, puis tout ce que l’on sait à présent.
opening-all_clear = Le danger est passé. Aucune autre mesure n’est nécessaire.
opening-withdrawal = Cet incident vous a été communiqué par erreur. Ce qui en a été dit n’est pas valable.
opening-closing = L’incident est clos. Ceci n’est pas une fin d’alerte : il appartient à chaque destinataire de juger si des mesures restent nécessaires.
opening-verification = Un signalement indique qu’un organisme vivant modifié a été libéré. Aucun responsable ne l’a encore confirmé. Veuillez établir ce qu’il en est, puis le confirmer ou le démentir.
opening-advisory = Un signalement indique qu’un organisme vivant modifié a été libéré et pourrait vous atteindre. Ceci n’est PAS VÉRIFIÉ : les responsables du lieu indiqué ne l’ont pas confirmé.
opening-reachability = Ce message vérifie seulement que vous pouvez être joint. Rien ne s’est produit. Veuillez y répondre comme à un message réel.
opening-step_overdue = Des étapes du plan « { $playbook } » que suit votre équipe sont en retard. Personne n’a consigné qu’elles ont été faites. Veuillez y veiller, ou consigner ce qui a été fait.
opening-escalation = Aucune réponse, ou personne ne peut être joint : { $about }. Veuillez joindre vous-même quelqu’un sur place et le consigner.
opening-undecided = Personne n’a statué à temps sur ce signalement. Veuillez décider : ouvrir l’incident, prolonger le délai en donnant un motif, ou le retirer.

### Why an addressee is told
why-release = Selon le signalement, cela s’est produit sous votre juridiction, et il ne provient ni de votre point de contact ni de votre autorité.
why-instance = Vous êtes responsable de permanence de ce serveur.
why-team = Vous êtes un point de contact de l’État dont l’équipe suit ce plan. En retard :
late-step = { $step } (échéance { $due })
why-contact = Vous figurez sur la liste des points de contact.
why-told = Cet incident vous a déjà été communiqué.
why-union = Un État membre de l’Union est averti, et l’Union est elle-même Partie au Protocole.
why-organization = Les responsables de cet incident jugent utile d’informer votre organisation.
why-named = Les responsables de cet incident pensent que vous pourriez être touché ou concerné.
why-distance = Point le plus proche : à { $distance } ({ $bearing }) du lieu ; à { $accuracy } près.
why-distance_only = Point le plus proche : à { $distance } du lieu ; à { $accuracy } près.
why-ring = Anneau : { $ring }.
why-arrival = Arrivée au plus tôt : { $time }.

### How well something is known
knowledge-known = connu
knowledge-estimated = estimé
knowledge-unknown = inconnu
knowledge-withheld = connu, mais non divulgué

### Addressees that are not States
addressee-BCH = Centre d’échange pour la prévention des risques biotechnologiques
addressee-INSTANCE = responsable de permanence du serveur { $instance }

### Headings
heading-why = POURQUOI VOUS ÊTES AVERTI
heading-changes = CE QUI A CHANGÉ
heading-reason = MOTIF
heading-facts = CE QUE L’ON SAIT (article 17.3)
heading-notes = REMARQUES

### Labels
label-reference = Référence
label-to = À
label-from = De
label-issued = Émis
label-state_of_release = État de la libération
label-type = Nature du cas
label-status = Situation
label-message = Message n°
label-before = avant
label-now = à présent
label-source = Origine
label-significance = Effets défavorables importants
label-arrival = Arrivée
label-reach = Ce que la carte indique à votre sujet

### Sentences of a letter
letter-pair = { $label } : { $value }
letter-reminder = RAPPEL : votre accusé de réception n’est pas encore parvenu.
letter-ask = Veuillez accuser réception avant : { $time }.
letter-ask_local = Veuillez accuser réception avant : { $time } ({ $local }, { $zone }).
letter-no_ask = Aucun accusé de réception n’est demandé.
letter-link = Pour lire ce message et en accuser réception, ouvrez :
letter-link_read = Pour lire ce message, ouvrez :
letter-link_own = Ce lien ne vaut que pour ce message et votre service. Veuillez ne pas le transmettre.
letter-account = Pour accuser réception avec un compte sur ce serveur : POST { $path }
letter-verdict = Pour confirmer ou démentir, avec un compte sur ce serveur : POST { $path }
letter-voice = Par téléphone : dites à votre correspondant que vous l’avez reçu, en indiquant votre service et la référence.
letter-receipt = Accuser réception signifie que vous avez reçu le message. Ce n’est pas en approuver le contenu.
letter-released = Moment de la libération (17.3 b)
letter-no_zone = { $said } (fuseau horaire non indiqué)
letter-arrival_possible = possible dès maintenant
letter-nothing = rien
letter-cut = [coupé ici ; le texte entier compte { $count } caractères]
letter-cut_link = [coupé ici ; le texte entier compte { $count } caractères : { $link }]
letter-supersedes = Ce message remplace le message { $message }.
letter-quoted = Les lignes qui commencent par « > » reproduisent les mots de ceux qui ont signalé ou décidé, tels quels ; elles ne sont pas traduites.
letter-machine = Ce texte a été traduit par une machine et n’a été vérifié par personne. Le texte anglais ci-dessous fait foi.
letter-english = TEXTE ANGLAIS

### Still open as a case ends
heading-open = RESTE EN SUSPENS
open-notice = Vous n’avez pas été informé.
open-acknowledgement = Votre accusé de réception n’est pas parvenu.
open-consultation = Aucune consultation au titre de l’article 17.4 n’a été ouverte avec vous.
open-consultation_closing = La consultation avec vous n’a pas été close.
open-gap = Non connu : { $what }
letter-decide = Veuillez confirmer ou démentir le signalement avant le { $time }.
letter-decide_local = Veuillez confirmer ou démentir le signalement avant le { $time } ({ $local } à { $zone }).
