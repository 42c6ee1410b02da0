### Machine-translated; to be checked by a person.
### Pages: at work
tab-evidence = Preuves
evidence-kept = Ce qui a été conservé
evidence-none = Rien n’a encore été conservé.
evidence-withdrawn = Ne compte plus :
evidence-to = à
evidence-keep = Conserver quelque chose
evidence-keep_it = Conserver
evidence-step = Pour quelle étape
evidence-kind = Nature
evidence-file = Fichier
evidence-note = Ce que cela montre, où c’est pris
evidence-measured = Une mesure
evidence-of = De quoi
evidence-value = Valeur
evidence-unit = Unité
evidence-custody = Chaque main par laquelle elle passe est notée
evidence-choose_step = Choisissez l’étape concernée.
evidence-not_a_number = La valeur d’une mesure est un nombre.
step-sign_off = Approuver (autre personne que l’auteur)
step-undo = Cela ne tient pas : annuler
step-undo_help = La trace reste ; les étapes qui en dépendaient se rouvrent.
step-reason = Motif
step-keep_evidence = Conserver une preuve
step-started_by = commencé par
board-search = Chercher
board-filter = Référence, organisme ou lieu
board-show = Afficher
board-show_all = tous
board-show_open = ouverts
board-show_mine = ce qui m’attend
board-hidden =
    { $count ->
        [one] { $count } incident est masqué.
        *[other] { $count } incidents sont masqués.
    }
board-show_all_link = Tout afficher
timeline-add = Ajouter une entrée
timeline-text = Ce qui s’est passé
timeline-when_help = Une ligne, une entrée. Une heure peut précéder : 14:32 (UTC, aujourd’hui ou hier), 2026-11-23 14:32 ou 2026-11-23T14:32+01:00. Sans heure : maintenant.
timeline-understood = Ces { $number } entrées sont comprises ainsi. Appuyez encore pour les ajouter.
timeline-add_it = Ajouter
live-on = en direct
live-reconnecting = reconnexion…
live-changed = Il y a du nouveau. Afficher
live-behind = minutes de retard
