# machine translation, not yet checked by a person

-protocol = Protocole de Cartagena

### Pathways
pathway-pollen = dispersion du pollen
pathway-seed = semences portées par le vent, l’eau ou les animaux
pathway-vegetative = fragments de plantes
pathway-flight = vol
pathway-wind_borne = vent en altitude
pathway-swimming = nage
pathway-water = cours d’eau et courants
pathway-aerosol = gouttelettes et poussières
pathway-host_contact = contact entre hôtes
pathway-seed_spill = semences perdues pendant le transport
pathway-transport = transports
pathway-trade = commerce
pathway-unknown = voie inconnue

### Rings
ring-touched = au contact du lieu
ring-p50 = là où se situe la moitié des déplacements
ring-p95 = là où se situent presque tous les déplacements
ring-max = distance plausible la plus grande
ring-cannot_exclude = ne peut être exclu à l’échelle de cette carte
ring-named = désignation expresse, quelle que soit la distance
sector-in = Une partie se trouve là où le vent ou le courant porte l’organisme.
sector-out = Aucune partie ne se trouve là où le vent ou le courant porte l’organisme ; la portée reste la même.
season-in = Libéré pendant un mois où il se déplace.
season-out = Libéré hors des mois où il se déplace d’ordinaire ; la portée reste la même.
overlap = Environ { $percent } % de la portée s’y trouve.
viability = Il reste vivant ou fertile en chemin pendant environ { $hours } heures.

### Reasons
reason-place_inside = Le lieu s’y trouve ou y touche.
reason-whole_state = Aucun lieu n’est connu : l’État tout entier en tient donc lieu.
reason-within_reach = À { $reach } au plus, { $ring } (voie : { $pathway }).
reason-cannot_exclude = Au-delà de { $reach } (voie : { $pathway }), mais la précision de la carte et du lieu n’est pas meilleure que { $margin } : cela ne peut être exclu.
reason-destination = Désignation comme destination (voie : { $pathway }) ; aucune distance ne s’applique.
reason-reported = L’auteur du signalement pense que cet État peut être touché.
reason-told_before = Désigné par une évaluation antérieure, de sorte qu’une notification lui est due ; la carte actuelle ne suffirait pas à le dire.
reason-nearest_coast = La côte se trouve à 200 milles marins au plus (règle de la côte la plus proche, et non délimitation juridique).
reason-relation = Il existe un lien avec une zone à portée ({ $area } : { $basis }). Cette inclusion n’implique aucune prise de position quant au statut d’un quelconque territoire.
reason-beyond_reach = Plus loin que { $reach }, distance maximale atteinte par une voie quelconque.
reason-no_destination_named = Ce sont des personnes qui le transportent ({ $pathway }), et aucune destination n’a été désignée.

basis-administers = administre
basis-claims = revendique
basis-shared = partage
basis-undetermined = non déterminé
basis-international = arrangement international

### Evidence
grade-A = plusieurs études de terrain
grade-B = une seule étude de terrain ou un seul relevé
grade-C = modèle ou inférence
grade-D = non vérifié

### Centres of origin and wild relatives
centre-origin = centre d’origine de { $species }
centre-diversity = centre de diversité de { $species }
centre-wild_relative = apparenté sauvage : { $taxon } ({ $compatibility })
centre-in_area = { $finding }, dans la zone { $area }
compatibility-same_species = même espèce
compatibility-crosses_readily = se croise facilement
compatibility-crosses_with_difficulty = se croise difficilement
compatibility-unknown = on ignore s’il se croise

### Gaps
gap-missing = rien n’a été indiqué
gap-unknown = déclaré inconnu
gap-withheld = information non divulguée
gap-no_zone = heure sans fuseau horaire ; elle peut valoir pour n’importe quel endroit
gap-not_a_time = les mots n’indiquent aucun moment
gap-future = le moment indiqué est dans l’avenir
gap-unknown_state = ne figure pas dans la table des États
gap-state_differs = le lieu se trouve dans un autre État que celui indiqué
gap-not_an_identifier = n’a pas la forme d’un identificateur de l’OCDE
gap-check_digit = le chiffre de contrôle ne correspond pas
gap-former_identifier = ancien identificateur ; l’identificateur actuel est utilisé
gap-unknown_organism = l’organisme ne figure pas dans la table ; la plus grande portée applicable est donc retenue
gap-unknown_reach = aucune portée n’est connue pour cet organisme par cette voie ; la plus grande portée applicable est donc retenue
gap-route_needed = un itinéraire est nécessaire
gap-destinations_needed = des destinations sont nécessaires
gap-doubtful_geometry = la géométrie est douteuse ; elle a néanmoins été utilisée

field-organism = Ce qui a été libéré
field-place = Lieu
field-released = Moment de la libération
field-known = Moment où vous en avez eu connaissance
field-pathways = Voies de déplacement possibles
field-quantities = Quantités (17.3 a)
field-traits = Caractéristiques et traits (17.3 a)
field-circumstances = Circonstances (17.3 b)
field-use = Utilisation dans l’État d’origine (17.3 b)
field-adverse_effects = Effets défavorables possibles (17.3 c)
field-risk_management = Mesures possibles (17.3 c)
field-other = Autres informations (17.3 d)
field-point_of_contact = Point de contact (17.3 e)
field-affected_states = États qui peuvent être touchés

### Contact points and channels
kind-CPB-A17-FP = point de contact au titre de l’article 17
kind-BCH-FP = correspondant du Centre d’échange
kind-CPB-FP1 = correspondant du Protocole
kind-CNA = autorité nationale compétente
kind-MISSION = mission diplomatique
channel-live = liaison en direct
channel-email = courrier électronique
channel-webhook = appel HTTP automatique (webhook)
channel-by_hand = téléphone, appel par une personne
hop-no_channel = étape sautée : aucun moyen de joindre ce point
hop-channel_not_served = étape sautée : ce serveur ne dessert pas ses canaux

### Modes
mode-actual = RÉEL
mode-exercise = EXERCICE — pas un événement réel
mode-test = ESSAI — pas un événement réel

### States of an incident
state-under_verification = en cours de vérification
state-open = ouvert
state-contained = circonscrit
state-monitoring = sous surveillance
state-closed = clos
state-withdrawn = retiré
state-merged = fusionné

### Events of a timeline
event-report_received = Signalement reçu ; { $gaps ->
    [0] rien ne manque
    [one] une lacune
    [many] { $gaps } de lacunes
   *[other] { $gaps } lacunes
}
event-incident_opened = Incident { $reference } créé : { $state }
event-assessed = Évaluation faite : { $states ->
    [0] aucun autre État à portée
    [one] un État à portée
    [many] { $states } d’États à portée
   *[other] { $states } États à portée
}, { $hotspots ->
    [0] aucun point chaud de biodiversité
    [one] un point chaud de biodiversité
    [many] { $hotspots } de points chauds de biodiversité
   *[other] { $hotspots } points chauds de biodiversité
}
event-assessed_anew = Nouvelle évaluation, car des données de la carte ont changé ({ $layers }) : { $states ->
    [0] aucun autre État à portée
    [one] un État à portée
    [many] { $states } d’États à portée
   *[other] { $states } États à portée
}, { $hotspots ->
    [0] aucun point chaud de biodiversité
    [one] un point chaud de biodiversité
    [many] { $hotspots } de points chauds de biodiversité
   *[other] { $hotspots } points chauds de biodiversité
}
event-playbook_chosen = Plans d’intervention choisis pour { $role ->
    [state_of_release] l’État de la libération
   *[affected_state] les États avertis
} : { $playbooks }
event-verification_requested = Demande de vérification du signalement adressée à : { $addressee }
event-verification_decided = Décision prise sur la vérification : { $state }
event-verification_overdue = Le délai de vérification est dépassé : le responsable de permanence de l’instance doit décider
event-duty_identified = Une notification est due à : { $addressee }
event-clearing_house_informed = Le Centre d’échange pour la prévention des risques biotechnologiques a été informé
event-notice_issued = Notification émise à l’intention de : { $addressee }
event-notice_issued_again = Notification émise de nouveau, au point de contact suivant, à l’intention de : { $addressee }
event-addressee_unreachable = ALARME : personne ne peut être joint pour { $addressee }
event-message_delivered = Notification remise à : { $addressee }
event-notice_acknowledged = { $addressee } a accusé réception
event-addressee_silent = ALARME : { $addressee } n’a pas accusé réception et la chaîne est épuisée
event-assessed_facts = Nouvelle évaluation, car les faits ont changé
event-assessed_absorbed = L’évaluation a été transmise aux États venus d’un incident fusionné
event-message_sending = Envoi à { $addressee } : tentative { $attempt }
event-message_sent = Remis pour acheminement à : { $addressee }
event-message_read = Une personne a ouvert la notification : { $addressee }
event-message_failed = Non remis à { $addressee } ({ $detail })
event-call_recorded = Appel consigné : { $addressee }
event-escalated_to_instance = Le responsable de permanence de cette instance a été averti : { $addressee ->
    [none] personne n’a statué sur le signalement
   *[other] { $addressee } ne répond pas ou ne peut être joint
}
event-facts_changed = Les faits ont changé : { $count ->
    [one] un élément
   *[other] { $count } éléments
}
event-state_changed = L’incident est désormais : { $state }
event-type_changed = L’incident est désormais classé comme : { $type }
event-significance_changed = Effets défavorables importants : { $likelihood }
event-change_proposed = Une modification attend une deuxième personne
event-proposal_decided = { $approved ->
    [yes] Une deuxième personne a approuvé la modification
   *[no] La modification proposée a été renvoyée ou n’a pas été décidée à temps
}
event-addressees_named = Destinataires désignés : { $addressees }
event-run_started = Le travail selon « { $playbook } » a commencé
event-deed_recorded = Étape « { $step } » : { $what }
event-step_overdue = L’étape « { $step } » est en retard
event-playbook_adopted = Le travail selon « { $playbook } » suit désormais un autre texte
event-role_recorded = Rôle « { $role } » : { $what }
event-run_ended = L’exécution est terminée
event-left_open = Ce qui reste en suspens à la fin de l’incident
event-sharing_changed = { $shared ->
    [yes] Les États avertis voient quels autres l’ont été
   *[no] Les États avertis ne voient pas quels autres l’ont été
}
event-absorbed = L’incident { $reference } se poursuit dans celui-ci
event-merged_into = Cet incident se poursuit sous la référence { $reference }
event-consultation_opened = Consultation ouverte avec : { $addressee }
event-consultation_said = Échange dans la consultation avec : { $addressee }
event-measures_agreed = Mesures convenues avec : { $addressee }
event-consultation_closed = Consultation close avec : { $addressee }
event-response_recorded = { $addressee } a répondu
event-state_assessed = { $addressee } a évalué les effets pour sa part
event-liability_recorded = { $addressee } a consigné des exploitants, dommages, mesures ou coûts
event-note_added = Note
event-arrival_possible = Dès maintenant, l’organisme peut être arrivé : { $addressee }
event-words_erased = Des mots d’une personne ont été effacés de l’événement { $event }
event-erased = Une inscription a été effacée par une décision consignée au journal

### Types of incidents
type-unintentional = mouvement transfrontière non intentionnel (article 17)
type-illegal = mouvement transfrontière illicite (article 25)
type-domestic = aucun franchissement de frontière attendu
type-unclassified = pas encore classé

### Likelihood
likelihood-likely = probables
likelihood-unlikely = improbables
likelihood-unknown = non connus ; comptent comme probables

### Compass
bearing-n = nord
bearing-ne = nord-est
bearing-e = est
bearing-se = sud-est
bearing-s = sud
bearing-sw = sud-ouest
bearing-w = ouest
bearing-nw = nord-ouest

### The sheet of an assessment
sheet-place = Lieu
sheet-points = { $count } points
sheet-line = ligne de { $count } positions
sheet-area = zone de { $count } positions
sheet-whole = l’État entier
sheet-uncertain = connu à { $distance } près
sheet-lies_in = Situé en
sheet-no_one_state = aucun État à lui seul ; ceux qu’il touche figurent ci-dessous
sheet-no_state = la terre d’aucun État : en mer, ou inconnu
sheet-organism = Organisme
sheet-released = Libéré
sheet-reach = Portée
sheet-reach_far = la moitié en deçà de { $p50 }, presque tout en deçà de { $p95 }, plus loin crédible { $max }
sheet-reach_none = aucune distance propre
sheet-implied = découle du déversement ou de l’évasion
sheet-widest = la plus large applicable : organisme ou voie inconnu
sheet-grade = éléments de preuve : { $grade }
sheet-states = États à portée ou concernés
sheet-no_states = Aucun autre État n’est à portée.
sheet-excluded = Non avertis, du plus proche au plus lointain
sheet-hotspots = Points chauds de biodiversité à portée
sheet-no_hotspots = Aucun point chaud de biodiversité n’est à portée.
sheet-centres = Centres d’origine et parents sauvages dans ces États
sheet-layers = Autres couches à portée
sheet-approximate = Tracé approximatif : son bord peut être faux de { $distance } au plus.
sheet-gaps = Manquant ou douteux
sheet-data = Données
sheet-status = Le fait qu’un État ou une zone figure ou non dans cette liste n’implique aucune prise de position sur le statut d’un territoire. La règle de la côte la plus proche n’est pas une délimitation juridique.
sheet-exactness = Les distances ne sont pas plus précises que la carte et le lieu.
column-state = État
column-hotspot = Point chaud
column-layer = Couche
column-ring = Anneau
column-distance = Distance
column-bearing = Direction
column-arrival = Au plus tôt
column-why = Motif
mark-touched = touché
mark-p50 = p50
mark-p95 = p95
mark-max = max
mark-cannot_exclude = non exclu
mark-named = nommé
bearing-meridian = le long de { $meridian }
arrival-at_once = aussitôt
arrival-hours = après { $count } h
arrival-days = après { $count } j

### What was done about a step of a run
deed-done = faite
deed-round = un tour fait
deed-skipped = omise
deed-signed_off = visée
deed-noted = annotée
deed-undone = annulée
deed-evidence_kept = preuve conservée
deed-evidence_handed_over = preuve remise en d’autres mains
deed-evidence_withdrawn = preuve retirée
deed-step_added = étape ajoutée
deed-role_offered = proposé
deed-role_taken = repris
deed-role_laid_down = quitté
