### Machine-translated; to be checked by a person.
### Pages: the library of playbooks
page-playbooks = Plans d’urgence
page-contacts = Contacts
page-exercises = Exercices
page-health = État du service
playbooks-about = Mesures d’urgence écrites. Les plans d’intervention d’urgence ne sont jamais confidentiels (article 21.6 d) : chacun peut les lire, les imprimer et les transmettre.
playbooks-search = Chercher dans les titres, résumés et étapes
playbooks-go = Chercher
playbooks-all = Tout afficher
playbooks-count = { $count ->
    [0] Aucun plan ne contient ces mots.
    [one] Un plan.
   *[other] { $count } plans.
}
playbooks-hidden = { $count ->
    [one] Un autre est masqué par la recherche.
   *[other] { $count } autres sont masqués par la recherche.
}
playbooks-found_in = Trouvé dans ces étapes :
playbook-steps = { $count ->
    [one] une étape
   *[other] { $count } étapes
}
playbook-version = version { $version }
playbook-back = Tous les plans
playbook-print = Imprimez cette page pour travailler sur papier : chaque étape y a son code et une case à cocher. À conserver comme fichier :
playbook-yaml = tel qu’écrit (YAML)
playbook-cacao = pour d’autres programmes (CACAO 2.0)
playbook-roles = Rôles
playbook-clocks = Horloges
playbook-clocks_about = Les échéances se comptent à partir de ces moments. L’article 17 ne fixe aucune heure : toute durée indiquée ici est un choix des auteurs.
playbook-what = Étapes
translation-human = Traduit par une personne.
translation-machine = Traduit par une machine, pas encore vérifié par une personne. En cas de doute, le texte anglais fait foi.
translation-none = Non traduit dans cette langue : le texte est affiché en anglais.
translation-stale = { $count ->
    [one] Un texte est affiché en anglais, car il a changé depuis sa traduction.
   *[other] { $count } textes sont affichés en anglais, car ils ont changé depuis leur traduction.
}
translation-missing = { $count ->
    [one] Un texte est affiché en anglais, car personne ne l’a traduit.
   *[other] { $count } textes sont affichés en anglais, car personne ne les a traduits.
}
applies-for = Pour :
applies-when = Quand :
applies-class = Classe d’incident :
applies-kind = Sorte d’organisme :
applies-pathway = Par :
applies-incident = Type d’incident :
applies-group = Organismes :
applies-surroundings = Milieu :
applies-shared = seulement lorsqu’un autre plan le lance
applies-fallback = quand rien de plus précis n’est connu
audience-state_of_release = l’État de la libération
audience-affected_state = les États touchés ou susceptibles de l’être
audience-desk = les permanents de cette instance
organism_kind-plant = plante
organism_kind-alga = algue
organism_kind-fish = poisson
organism_kind-insect = insecte
organism_kind-mammal = mammifère
organism_kind-microorganism = micro-organisme
organism_kind-virus = virus
organism_group-insect_pollinated = plantes pollinisées par des insectes
organism_group-plant_other = autres plantes
organism_group-insect_other = autres insectes
organism_group-fish_other = autres poissons
organism_group-fruit_flies = mouches des fruits
organism_group-bacteria = bactéries
organism_group-microalgae = microalgues
organism_group-rhdv = virus de la maladie hémorragique du lapin
surroundings-airport = aéroport
surroundings-animal_house = animalerie
surroundings-aquarium = aquarium
surroundings-bait_area = zone d’appâts
surroundings-canal = canal
surroundings-centre_of_origin = centre d’origine
surroundings-city = ville
surroundings-ditch = fossé
surroundings-estuary = estuaire
surroundings-facility = installation fermée
surroundings-fallow = jachère
surroundings-feed_mill = fabrique d’aliments pour animaux
surroundings-fermenter = fermenteur
surroundings-field = champ
surroundings-field_cage = cage de plein champ
surroundings-field_trial = essai au champ
surroundings-fish_farm = pisciculture
surroundings-forest = forêt
surroundings-former_trial = ancien essai
surroundings-garden_centre = jardinerie
surroundings-golf_course = terrain de golf
surroundings-greenhouse = serre
surroundings-harbour = port de plaisance ou de pêche
surroundings-insectary = insectarium
surroundings-island = île
surroundings-laboratory = laboratoire
surroundings-lake = lac
surroundings-landrace_field = champ de variétés locales
surroundings-mill = moulin
surroundings-net_pen = cage en filet
surroundings-nursery = pépinière
surroundings-open_pond = bassin ouvert
surroundings-orchard = verger
surroundings-parcel = colis
surroundings-plantation = plantation
surroundings-pond = étang
surroundings-port = port
surroundings-protected_area = aire protégée
surroundings-rail_yard = gare de triage
surroundings-railway = voie ferrée
surroundings-release_site = site de libération
surroundings-research_station = station de recherche
surroundings-retail = commerce de détail
surroundings-river = rivière
surroundings-road_accident = accident de la route
surroundings-roadside = bord de route
surroundings-seed_field = champ semencier
surroundings-seed_store = entrepôt de semences
surroundings-shop = magasin
surroundings-silo = silo
surroundings-village = village
surroundings-warehouse = entrepôt
surroundings-waste_water = eaux usées
surroundings-wild_population = population sauvage
delay-minute = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
delay-hour = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}
delay-day = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
delay-week = { $count ->
    [one] { $count } semaine
   *[other] { $count } semaines
}
delay-month = { $count ->
    [one] { $count } mois
   *[other] { $count } mois
}
delay-year = { $count ->
    [one] { $count } an
   *[other] { $count } ans
}
due-clock = { $delay }, à compter de « { $clock } »
due-step = { $delay }, à compter de la fin de l’étape { $step }
step_kind-decide = à décider
step_kind-together = ensemble
step_kind-repeat = à répéter
step_kind-run_playbook = autre plan
required-must = obligatoire
required-could = facultatif
required-must_unless_documented = obligatoire, sauf motif consigné
sheet_step-due = Échéance :
sheet_step-runs = Lance :
sheet_step-when = Seulement si :
sheet_step-after = Après les étapes :
sheet_step-members = Composée des étapes :
sheet_step-cases = Réponses :
sheet_step-every = Chaque :
sheet_step-until = Jusqu’à ce que :
sheet_step-evidence = Preuves à conserver :
sheet_step-signoff = À approuver par d’autres :
sheet_step-survey = Relevé :
sheet_step-sign = Fait (heure, nom) : …………………………………………
case-end = { $answer } : rien de plus ici
case-opens = { $answer } → { $steps }
evidence-plain = { $count } × { $kind }
evidence-with_hands = { $count } × { $kind }, chaque remise consignée
evidence-document = document
evidence-lab_report = rapport de laboratoire
evidence-log = entrée de journal
evidence-measurement = mesure
evidence-photo = photographie
evidence-sample = échantillon
signoff-persons = { $count ->
    [one] une personne, autre que l’exécutant
   *[other] { $count } personnes, autres que l’exécutant
}
survey-samples = { $samples } échantillons, chacun : { $unit }, jusqu’au cercle : { $ring }. Ils décèlent une part de { $prevalence } % avec une confiance de { $confidence } %.
figure-unverified = non vérifié
figure-calculated = calculé
### Pages: contact points
contacts-about = Qui doit être averti, par État et organisation, et si c’est possible.
contacts-stale_after = { $days ->
   *[other] Une confirmation est jugée périmée après { $days } jours.
}
contacts-silent_parties = { $count ->
    [0] Chaque Partie a quelqu’un qui peut être averti.
    [one] Une Partie n’a personne qui puisse être averti.
   *[other] { $count } Parties n’ont personne qui puisse être averti.
}
contacts-see_silent = Les voir
contacts-search = État ou organisation
contacts-show = Afficher
contacts-show_all = tous
contacts-show_silent = personne ne peut être averti
contacts-show_unconfirmed = jamais confirmés
contacts-show_stale = confirmés il y a trop longtemps
contacts-show_no_article17 = aucun pour l’article 17
contacts-show_well = tout est en ordre
contacts-go = Afficher
contacts-count = { $count ->
    [0] Rien ne correspond.
    [one] Un affiché.
   *[other] { $count } affichés.
}
contacts-hidden = { $count ->
    [one] Le filtre en masque un.
   *[other] Le filtre en masque { $count }.
}
contacts-points = Points de contact
contacts-confirmed = Dernière confirmation
contacts-matter = Ce qui ne va pas
contacts-own = le vôtre
contacts-instance = Cette instance
contacts-clearing_house = Centre d’échange pour la prévention des risques biotechnologiques
contacts-back = Tous les contacts
contacts-order = Ils sont avertis l’un après l’autre : par type dans cet ordre, à type égal d’abord qui est en service, puis le dernier confirmé.
contacts-none = Aucun point de contact n’est inscrit ici.
contacts-not_yours = Ce compte ne peut pas modifier ce point de contact
contacts-not_yours_help = Les administrateurs et permanents modifient les points de contact de leur propre État ; ceux de l’instance les modifient tous.
contacts-changed_meanwhile = Rien n’a été enregistré : ce point de contact a été modifié depuis que vous l’avez vu. Regardez-le à nouveau, puis confirmez.
finding-no_contact_point = aucun point de contact : personne ne peut être averti
finding-no_usable_channel = aucun moyen utilisable par ce serveur : personne ne peut être averti
finding-unconfirmed = personne n’a jamais vérifié qu’il répond
finding-stale = dernière confirmation trop ancienne
finding-no_article17 = aucun pour l’article 17
kind-ORG = bureau d’une organisation
kind-DUTY = permanent
channel-gone = son destinataire a dit qu’elle n’existe plus ; inutilisée
channel-not_served = ce serveur ne dessert pas ce canal
contact-reads = Lit :
contact-staffed = En service :
contact-confirmed = Confirmé :
contact-never = Jamais confirmé
contact-confirm = J’ai vérifié qu’il répond
contact-change = Modifier
contact-new = Ajouter un point de contact
contact-not_stored = Rien n’a été enregistré. À corriger :
contact-stale = Rien n’a été enregistré : quelqu’un l’a modifié entre-temps
contact-stale_help = Voici l’état actuel ; votre saisie est ci-dessous. Enregistrez de nouveau pour la substituer.
contact-kind = Fonction
contact-name = Nom du bureau
contact-ways = Comment le joindre, le meilleur moyen d’abord
contact-ways_help = Videz ce qui doit être retiré. Le canal direct prend l’identifiant d’un compte ; le vôtre est
contact-by = Canal
contact-way = Adresse ou numéro
contact-again = Son destinataire a dit qu’elle n’existe plus. L’utiliser à nouveau.
contact-languages = Langues lues, la meilleure d’abord (deux lettres, par exemple fr, en)
contact-hours = Heures de service
contact-hours_help = Laissez tout vide si ce n’est pas connu, ou si quelqu’un est toujours présent. Une fin avant le début signifie le lendemain matin.
contact-from = De
contact-to = À
contact-zone = Fuseau horaire
contact-store = Enregistrer
contact-bad_kind = Choisissez sa fonction.
contact-bad_name = Donnez un nom de 1 à 300 caractères sur une ligne.
contact-bad_email = Donnez une adresse électronique comme desk@example.org.
contact-bad_webhook = Donnez une adresse https complète comme https://example.org/alerts.
contact-bad_number = Donnez un numéro de téléphone ou de fax avec l’indicatif, comme +33 1 23 45 67 89.
contact-bad_live = Donnez l’identifiant d’un compte ; le vôtre figure près du champ.
contact-bad_way = Choisissez le canal.
contact-too_many = Vingt moyens au plus sont conservés.
contact-bad_languages = Écrivez les langues en deux lettres, vingt au plus, par exemple fr, en.
contact-bad_hours = Donnez les jours, le début, la fin et un fuseau comme Africa/Nairobi, ou laissez tout vide.
contact-bad_addressee = Aucun point de contact ne peut être inscrit pour ce destinataire.
day-1 = lundi
day-2 = mardi
day-3 = mercredi
day-4 = jeudi
day-5 = vendredi
day-6 = samedi
day-7 = dimanche
line-title = Essai de la ligne
### Pages: exercises and the test of the line
exercises-about = Un exercice se traite comme un incident réel : même signalement, mêmes avis, mêmes délais et mêmes plans. Chaque page et chaque message le dit, et rien ne se mêle jamais aux incidents réels.
exercises-begin = Il commence par un signalement marqué « exercice » ; cela ne peut plus être changé. Sont notés : qui a été averti, qui a accusé réception, et qui l’a fait sans rappel.
exercises-line_about = Un essai de la ligne envoie un message disant qu’il ne s’est rien passé et demande un accusé de réception. Il montre en temps normal qui est joignable ; qui répond compte comme confirmé.
exercises-exercises = Exercices menés
exercises-tests = Essais de la ligne
exercises-none = Aucun jusqu’ici.
drill-score = { $acknowledged } sur { $asked } ont accusé réception, dont { $in_time } sans rappel. Personne à avertir : { $unreachable }.
drill-answered = Votre État a accusé réception.
drill-unanswered = Votre État n’a pas encore accusé réception.
drill-nobody = Personne ne devait être averti.
drill-own_only = Vous ne voyez que la réponse de votre propre État.
drill-open = Ouvrir l’incident
drill-answers = Réponses
drill-took = Délai de réponse
drill-remark = Remarque
rung-reminder = après un rappel
rung-next_contact = par le point de contact suivant
rung-next_kind = par le type suivant de point de contact
line-who = À qui
line-chosen = Envoyer aux choisis
line-everybody = { $count ->
    [one] Envoyer au seul inscrit
   *[other] Envoyer aux { $count }
}
line-nobody = Rien n’a été envoyé : choisissez les destinataires, ou envoyez à tous.
line-not_sent = Rien n’a été envoyé. Vérifiez le choix et réessayez.
line-sent = L’essai de la ligne est parti. Ce compte ne voit pas les réponses ; les permanents les voient.
line-not_yours = Ce compte ne peut pas envoyer d’essai de la ligne
line-not_yours_help = Les administrateurs et permanents de l’instance l’envoient. Adressez-vous à l’un d’eux.
### Pages: health
health-well = Rien ne demande d’intervention pour l’instant.
health-hold = Aucun courriel ni webhook ne part depuis { $since } : ce serveur a été restauré d’une sauvegarde faite à { $made }.
health-failed = { $count ->
    [one] Un message n’a pas pu être remis par son canal.
   *[other] { $count } messages n’ont pas pu être remis par leur canal.
}
health-layer = Une couche de la carte est illisible, la carte s’en passe : { $layer }
health-clock = L’horloge de la machine a été reculée de { $seconds } s. Vérifiez-la.
health-alarms = { $count ->
    [one] Un destinataire d’un incident réel est injoignable ou ne répond pas.
   *[other] { $count } destinataires d’incidents réels sont injoignables ou ne répondent pas.
}
health-no_duty_officer = Cette instance n’a pas de permanent à avertir quand un État ne répond pas.
health-gone = { $count ->
    [one] Un canal n’est pas utilisé : son destinataire a dit qu’il n’existe plus.
   *[other] { $count } canaux ne sont pas utilisés : leurs destinataires ont dit qu’ils n’existent plus.
}
health-hold_title = La boîte d’envoi est en attente
health-hold_help = Établissez ce qui avait été envoyé entre la sauvegarde et la perte : demandez au relais ou aux destinataires. Ce que vous dites envoyé est consigné ainsi ; le reste part aussitôt.
health-made = Créé
health-what_sent = Qu’est-ce qui avait été envoyé ?
health-sent_until = Tout ce qui a été créé jusqu’à cette heure :
health-until = Heure (UTC)
health-sent_none = Rien : tout envoyer maintenant
health-release = Consigner et libérer
health-release_unread = Rien n’a été changé : choisissez ce qui avait été envoyé et, au besoin, l’heure.
health-alarms_title = Destinataires injoignables ou sans réponse
health-no_alarms = Aucun.
health-incident = Incident
health-since = Depuis
health-server = Ce serveur
health-waiting = Messages qui n’ont encore atteint personne
health-timers = Minuteries actives
health-events = Événements du journal
health-log = Journal
health-backup = Dernière sauvegarde
health-backup_unknown = inconnue ici : voyez l’heure dans le MANIFEST de la dernière sauvegarde
health-backup_of = restaurée depuis celle de { $made } ; les suivantes sont inconnues ici
health-version = Version du programme
health-now = Heure de cette page
