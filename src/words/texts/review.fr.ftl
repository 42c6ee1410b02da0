### Machine-translated; to be checked by a person.
### Pages: the situation report
tab-situation = Rapport de situation
tab-review = Examen
situation-title = Rapport de situation
situation-printed = Établi le { $when } par { $who }.
situation-languages = Langue de ce rapport
situation-instance = permanence de ce serveur
situation-conditions = Conditions
situation-assessed = Évaluation
situation-not_assessed = Aucune évaluation n’est ouverte à ce compte.
situation-article = Ce que l’on sait (article 17.3)
situation-none_said = Rien de cela n’est ouvert à ce compte.
situation-item = Élément
situation-known = Degré de connaissance
situation-said = Ce qui est dit
situation-from = Provenance
situation-actions = Actions
situation-told = États et organisations informés
situation-told_none = Personne n’a encore été informé.
situation-runs = Plans d’action
situation-needs = Besoins
situation-decision = Prochaine décision :
situation-decision_none = aucune n’est attendue.
situation-alarms = Non joints
situation-alarms_none = Personne n’est connu comme injoignable.
situation-owed = Réponses attendues
situation-owed_none = Aucune.
situation-steps = Étapes ouvertes
situation-steps_none = Aucune étape n’est ouverte.
situation-step = Étape
situation-role = Rôle
situation-state = Où elle en est
situation-step_late = en retard
situation-step_open = ouverte
situation-step_proof = faite, attend une preuve ou une autre personne
situation-latest = Dernières entrées de la chronologie
situation-entries = { $number ->
    [one] La chronologie a une entrée.
   *[other] La chronologie a { $number } entrées ; au plus les vingt dernières figurent ici.
}
situation-log = Journal { $log }, dernière entrée { $head }.
data-set = Jeu de données
data-version = Version
data-date = Date

### Deadlines
deadline-title = Délais
deadline-none = Aucun délai n’a encore été tenu ni dépassé.
deadline-still_open = { $number ->
    [one] Un délai est ouvert. Il échoit le
   *[other] { $number } délais sont ouverts. Le prochain échoit le
}
deadline-waiting = Délais ouverts
deadline-what = Quoi
deadline-due = Échéance
deadline-met_at = Fait
deadline-standing = À temps ?
deadline-acknowledgement = { $of } accuse réception
deadline-verification = Le rapport est confirmé, ou non
deadline-second_person = Une seconde personne décide de la proposition { $number }
deadline-gap = À compléter : { $gap }
deadline-step = Étape { $step } : { $title }
deadline-met = à temps, { $span } avant
deadline-late = en retard de { $span }
deadline-missed = non fait, en retard de { $span }
deadline-open = ouvert, reste { $span }
span-less = moins d’une minute
span-minutes = { $minutes } min
span-hours = { $hours } h { $minutes } min
span-days = { $days } j { $hours } h

### Pages: the review
review-kinds = Types d’entrées affichés
review-at = Qui avait été informé de quoi, à ce moment (UTC)
review-at_unread = Ce moment est illisible. Écrivez-le ainsi : 2026-03-02T14:30, en temps universel.
review-show = Afficher
review-timeline = Chronologie
review-counted = { $all } entrées ; { $hidden ->
    [0] aucune n’est masquée par le choix des types
    [one] une est masquée par le choix des types
   *[other] { $hidden } sont masquées par le choix des types
}{ $elsewhere ->
    [0] .
   *[other] , { $elsewhere } figurent sur d’autres pages.
}
review-clocks = En haut le temps universel (UTC), en bas l’heure de : { $state }.
review-clocks_unknown = Les heures sont en temps universel (UTC) ; pour { $state }, plusieurs heures ont cours ou aucune n’est connue ici.
review-clocks_universal = Les heures sont en temps universel (UTC).
review-occurred = Survenu
review-known = Connu
review-recorded = Enregistré
review-entry = Quoi
review-afterwards = saisi après coup
review-who = Qui avait été informé de quoi le
review-first = Informé d’abord
review-farthest = Où en était le message
review-messages = Messages
review-read = lire ce qui a été envoyé
review-not_told = non informé
review-sent = Envoyé à
review-sound = Le texte correspond à l’empreinte du journal :
review-unsound = Le texte ne correspond PAS à l’empreinte du journal :
review-export = Extraire dans un fichier
review-export_why = Ce qui est extrait est inscrit au registre des accès.
strand-facts = faits
strand-decisions = décisions
strand-reach = qui est à portée
strand-notices = notifications
strand-sending = envoi
strand-answers = réponses
strand-work = plans d’action
strand-notes = notes et registres
message-pending = attend d’être envoyé
message-sending = en cours d’envoi
message-sent = remis au transport
message-delivered = livré
message-read = ouvert
message-failed-retrying = échoué, nouvel essai prévu
message-failed = échoué
message-superseded = remplacé par un plus récent

### Pages: statistics
statistics-title = Statistiques
statistics-year = Ouverts en
statistics-all = tous
statistics-number = Nombre
statistics-counted = { $counted ->
    [one] { $counted } incident est compté
   *[other] { $counted } incidents sont comptés
} ; { $hidden ->
    [0] le choix n’en écarte aucun.
    [one] le choix en écarte un.
   *[other] le choix en écarte { $hidden }.
}
statistics-own = Seuls sont comptés les incidents que ce compte peut voir.
statistics-few = n = { $number } : trop peu pour en dire quoi que ce soit.
statistics-state = Où en sont les incidents
statistics-state_head = État d’avancement
statistics-type = Types
statistics-type_head = Type
statistics-kind_unintentional = non intentionnel (art. 17)
statistics-kind_illegal = illicite (art. 25)
statistics-kind_domestic = national
statistics-kind_unclassified = pas encore classé
statistics-class = Classes
statistics-class_head = Classe
statistics-class_unknown = inconnue
statistics-class_of = { $class } : { $name }
statistics-month = Ouverts par mois
statistics-month_head = Mois (UTC)
statistics-earlier = { $number ->
    [one] Un incident a été ouvert avant ces mois.
   *[other] { $number } incidents ont été ouverts avant ces mois.
}
statistics-notice = De la connaissance à la notification
statistics-notice_head = Entre la connaissance par l’État de libération et la notification, par destinataire
statistics-acknowledgement = De la notification à l’accusé de réception
statistics-acknowledgement_head = Entre la notification et l’accusé de réception, par destinataire
statistics-up_to = jusqu’à { $to }
statistics-between = plus de { $from }, jusqu’à { $to }
statistics-over = plus de { $from }
statistics-hours = { $hours } h
statistics-days = { $days } j
statistics-median = La moitié n’a pas pris plus de { $median }, neuf dixièmes pas plus de { $nine }.
statistics-unknown = { $number ->
    [one] Un cas est écarté, car on ne sait pas depuis quand l’État de libération savait.
   *[other] { $number } cas sont écartés, car on ne sait pas depuis quand l’État de libération savait.
}
statistics-answers = Accusés de réception à temps
statistics-answers_head = Accusé de réception
statistics-in_time = à temps
statistics-late = en retard
statistics-missing = manquant, délai passé
statistics-awaited = attendu, dans le délai
statistics-share = { $percent } % à temps, sur les { $decided } qui ont répondu ou dont le délai est passé.
statistics-in_time_means = À temps : ce qui est venu avant tout rappel.
statistics-unseen = { $number ->
    [one] Une obligation est écartée : ce compte ne peut pas en voir la réponse.
   *[other] { $number } obligations sont écartées : ce compte ne peut pas en voir les réponses.
}
case-A = oléagineux féral issu du transport
case-B = graminée vivace ou arbre
case-C = événement non approuvé dans le commerce de semences ou de grains
case-D = repousse d’un essai
case-E = plante ornementale dans le commerce
case-F = centre d’origine
case-G = essai de culture fruitière
case-H = poisson
case-I = insecte autolimitant
case-J = forçage génétique
case-K = micro-organisme
case-L = virus
case-M = utilisation confinée ou transport
case-N = inconnu ou délibéré
