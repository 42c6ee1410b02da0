# machine translation, not yet checked by a person

-protocol = Protocolo de Cartagena

### Pathways
pathway-pollen = polen
pathway-seed = semillas llevadas por el viento, el agua o los animales
pathway-vegetative = fragmentos de plantas
pathway-flight = vuelo
pathway-wind_borne = viento en altura
pathway-swimming = nado
pathway-water = ríos y corrientes
pathway-aerosol = gotículas y polvo
pathway-host_contact = contacto entre huéspedes
pathway-seed_spill = semillas perdidas en el transporte
pathway-transport = transporte
pathway-trade = comercio
pathway-unknown = vía desconocida

### Rings
ring-touched = en contacto con el lugar
ring-p50 = donde se sitúa la mitad de los desplazamientos
ring-p95 = donde se sitúan casi todos los desplazamientos
ring-max = la mayor distancia verosímil
ring-cannot_exclude = no se puede excluir a la escala de este mapa
ring-named = designación expresa, sea cual sea la distancia
sector-in = Una parte se encuentra hacia donde el viento o la corriente lleva el organismo.
sector-out = Ninguna parte se encuentra hacia donde el viento o la corriente lleva el organismo; el alcance no cambia.
season-in = Liberado en un mes en que se desplaza.
season-out = Liberado fuera de los meses en que suele desplazarse; el alcance no cambia.
overlap = Alrededor del { $percent } % del alcance se encuentra en él.
viability = Sigue vivo o fértil en el trayecto unas { $hours } horas.

### Reasons
reason-place_inside = El lugar se encuentra dentro o lo toca.
reason-whole_state = No se conoce ningún lugar, por lo que se toma el Estado entero.
reason-within_reach = A { $reach } como máximo, { $ring } (vía: { $pathway }).
reason-cannot_exclude = A más de { $reach } (vía: { $pathway }), pero la exactitud del mapa y del lugar no es mejor que { $margin }: no se puede excluir.
reason-destination = Designación como destino (vía: { $pathway }); no se aplica ninguna distancia.
reason-reported = Quien presentó el informe piensa que este Estado puede resultar afectado.
reason-told_before = Señalado por una evaluación anterior, por lo que se le debe una notificación; el mapa actual por sí solo no lo indicaría.
reason-nearest_coast = La costa está a 200 millas marinas como máximo (regla de la costa más cercana, no una delimitación jurídica).
reason-relation = Existe una relación con una zona al alcance ({ $area }: { $basis }). La inclusión no implica toma de posición alguna sobre la condición de ningún territorio.
reason-beyond_reach = Más lejos que { $reach }, lo máximo que alcanza cualquiera de las vías.
reason-no_destination_named = Lo llevan las personas ({ $pathway }) y no se designó ningún destino.

basis-administers = administra
basis-claims = reivindica
basis-shared = comparte
basis-undetermined = sin determinar
basis-international = arreglo internacional

### Evidence
grade-A = varios estudios de campo
grade-B = un solo estudio de campo o una sola prospección
grade-C = modelo o inferencia
grade-D = sin verificar

### Centres of origin and wild relatives
centre-origin = centro de origen de { $species }
centre-diversity = centro de diversidad de { $species }
centre-wild_relative = pariente silvestre: { $taxon } ({ $compatibility })
centre-in_area = { $finding }, en la zona { $area }
compatibility-same_species = misma especie
compatibility-crosses_readily = se cruza fácilmente
compatibility-crosses_with_difficulty = se cruza con dificultad
compatibility-unknown = se desconoce si se cruza

### Gaps
gap-missing = no se indicó nada
gap-unknown = declarado como desconocido
gap-withheld = información reservada
gap-no_zone = hora sin huso horario; puede ser esa hora en cualquier lugar
gap-not_a_time = las palabras no indican ningún momento
gap-future = el momento indicado está en el futuro
gap-unknown_state = no figura en la tabla de Estados
gap-state_differs = el lugar está en un Estado distinto del indicado
gap-not_an_identifier = no tiene la forma de un identificador de la OCDE
gap-check_digit = el dígito de control no concuerda
gap-former_identifier = identificador antiguo; se usa el actual
gap-unknown_organism = el organismo no figura en la tabla, por lo que se toma el mayor alcance aplicable
gap-unknown_reach = no se conoce ningún alcance de este organismo por esta vía, por lo que se toma el mayor aplicable
gap-route_needed = se necesita una ruta
gap-destinations_needed = se necesitan destinos
gap-doubtful_geometry = la geometría es dudosa; se usó de todos modos

field-organism = Qué se liberó
field-place = Lugar
field-released = Cuándo se liberó
field-known = Cuándo tuvo usted conocimiento
field-pathways = Cómo puede desplazarse
field-quantities = Cantidades (17.3 a)
field-traits = Características y rasgos (17.3 a)
field-circumstances = Circunstancias (17.3 b)
field-use = Uso en el Estado de origen (17.3 b)
field-adverse_effects = Posibles efectos adversos (17.3 c)
field-risk_management = Posibles medidas (17.3 c)
field-other = Otra información (17.3 d)
field-point_of_contact = Punto de contacto (17.3 e)
field-affected_states = Quiénes pueden resultar afectados

### Contact points and channels
kind-CPB-A17-FP = punto de contacto del artículo 17
kind-BCH-FP = punto focal del Centro de Intercambio de Información
kind-CPB-FP1 = punto focal del Protocolo
kind-CNA = autoridad nacional competente
kind-MISSION = misión diplomática
channel-live = conexión en directo
channel-email = correo electrónico
channel-webhook = llamada HTTP automática (webhook)
channel-by_hand = teléfono, llamada de una persona
hop-no_channel = se pasó por alto: no hay modo de comunicarse
hop-channel_not_served = se pasó por alto: este servidor no atiende sus canales

### Modes
mode-actual = REAL
mode-exercise = EJERCICIO — no es un suceso real
mode-test = PRUEBA — no es un suceso real

### States of an incident
state-under_verification = en verificación
state-open = abierto
state-contained = bajo contención
state-monitoring = en seguimiento
state-closed = cerrado
state-withdrawn = retirado
state-merged = fusionado

### Events of a timeline
event-report_received = Informe recibido; { $gaps ->
    [0] no falta nada
    [one] una laguna
    [many] { $gaps } de lagunas
   *[other] { $gaps } lagunas
}
event-incident_opened = Incidente { $reference } creado: { $state }
event-assessed = Evaluación hecha: { $states ->
    [0] ningún otro Estado al alcance
    [one] un Estado al alcance
    [many] { $states } de Estados al alcance
   *[other] { $states } Estados al alcance
}, { $hotspots ->
    [0] ningún punto crítico de biodiversidad
    [one] un punto crítico de biodiversidad
    [many] { $hotspots } de puntos críticos de biodiversidad
   *[other] { $hotspots } puntos críticos de biodiversidad
}
event-assessed_anew = Nueva evaluación, porque cambiaron datos del mapa ({ $layers }): { $states ->
    [0] ningún otro Estado al alcance
    [one] un Estado al alcance
    [many] { $states } de Estados al alcance
   *[other] { $states } Estados al alcance
}, { $hotspots ->
    [0] ningún punto crítico de biodiversidad
    [one] un punto crítico de biodiversidad
    [many] { $hotspots } de puntos críticos de biodiversidad
   *[other] { $hotspots } puntos críticos de biodiversidad
}
event-playbook_chosen = Planes de intervención elegidos para { $role ->
    [state_of_release] el Estado de la liberación
   *[affected_state] los Estados avisados
}: { $playbooks }
event-verification_requested = Solicitud de verificación del informe dirigida a: { $addressee }
event-verification_decided = Decisión sobre la verificación: { $state }
event-verification_overdue = El plazo de verificación ha vencido: debe decidir el oficial de guardia de la instancia
event-duty_identified = Se debe una notificación a: { $addressee }
event-clearing_house_informed = Se ha informado al Centro de Intercambio de Información sobre Seguridad de la Biotecnología
event-notice_issued = Notificación emitida para: { $addressee }
event-notice_issued_again = Notificación emitida de nuevo, al siguiente punto de contacto, para: { $addressee }
event-addressee_unreachable = ALARMA: no se puede localizar a nadie para { $addressee }
event-message_delivered = Notificación entregada a: { $addressee }
event-notice_acknowledged = { $addressee } ha acusado recibo
event-addressee_silent = ALARMA: { $addressee } no ha acusado recibo y la cadena se ha agotado
event-assessed_facts = Nueva evaluación, porque los hechos han cambiado
event-assessed_absorbed = La evaluación se entregó a los Estados que vienen de un incidente fusionado
event-message_sending = Enviando a { $addressee }: intento { $attempt }
event-message_sent = Entregado para su envío a: { $addressee }
event-message_read = Una persona ha abierto la notificación: { $addressee }
event-message_failed = No entregado a { $addressee } ({ $detail })
event-call_recorded = Llamada registrada: { $addressee }
event-escalated_to_instance = Se avisó al responsable de guardia de esta instancia: { $addressee ->
    [none] nadie ha decidido sobre el informe
   *[other] { $addressee } no responde o no puede ser localizado
}
event-facts_changed = Los hechos han cambiado: { $count ->
    [one] un elemento
   *[other] { $count } elementos
}
event-state_changed = El incidente está ahora: { $state }
event-type_changed = El incidente se clasifica ahora como: { $type }
event-significance_changed = Efectos adversos significativos: { $likelihood }
event-change_proposed = Un cambio espera a una segunda persona
event-proposal_decided = { $approved ->
    [yes] Una segunda persona aprobó el cambio
   *[no] El cambio propuesto fue devuelto o no se decidió a tiempo
}
event-addressees_named = Destinatarios designados: { $addressees }
event-run_started = Ha comenzado el trabajo según «{ $playbook }»
event-deed_recorded = Paso «{ $step }»: { $what }
event-step_overdue = El paso «{ $step }» está retrasado
event-playbook_adopted = El trabajo según «{ $playbook }» sigue ahora otro texto
event-role_recorded = Función «{ $role }»: { $what }
event-run_ended = La ejecución ha terminado
event-left_open = Lo que queda pendiente al terminar el incidente
event-sharing_changed = { $shared ->
    [yes] Los Estados avisados ven a qué otros se avisó
   *[no] Los Estados avisados no ven a qué otros se avisó
}
event-absorbed = El incidente { $reference } continúa en este
event-merged_into = Este incidente continúa como { $reference }
event-consultation_opened = Consulta abierta con: { $addressee }
event-consultation_said = Comunicación en la consulta con: { $addressee }
event-measures_agreed = Medidas acordadas con: { $addressee }
event-consultation_closed = Consulta cerrada con: { $addressee }
event-response_recorded = { $addressee } ha respondido
event-state_assessed = { $addressee } ha evaluado los efectos por su cuenta
event-liability_recorded = { $addressee } ha registrado operadores, daños, medidas o costos
event-note_added = Anotación
event-arrival_possible = Desde ahora el organismo puede haber llegado a: { $addressee }
event-words_erased = Se borraron palabras de una persona del evento { $event }
event-erased = Se borró una anotación por una decisión registrada

### Types of incidents
type-unintentional = movimiento transfronterizo involuntario (artículo 17)
type-illegal = movimiento transfronterizo ilícito (artículo 25)
type-domestic = no se espera que cruce una frontera
type-unclassified = aún sin clasificar

### Likelihood
likelihood-likely = probables
likelihood-unlikely = improbables
likelihood-unknown = no se sabe; cuentan como probables

### Compass
bearing-n = norte
bearing-ne = noreste
bearing-e = este
bearing-se = sudeste
bearing-s = sur
bearing-sw = sudoeste
bearing-w = oeste
bearing-nw = noroeste

### The sheet of an assessment
sheet-place = Lugar
sheet-points = { $count } puntos
sheet-line = línea de { $count } posiciones
sheet-area = zona de { $count } posiciones
sheet-whole = todo el Estado
sheet-uncertain = conocido con un error de { $distance }
sheet-lies_in = Situado en
sheet-no_one_state = ningún Estado por sí solo; los que toca figuran abajo
sheet-no_state = tierra de ningún Estado: en el mar, o desconocido
sheet-organism = Organismo
sheet-released = Liberado
sheet-reach = Alcance
sheet-reach_far = la mitad dentro de { $p50 }, casi todo dentro de { $p95 }, lo más lejano creíble { $max }
sheet-reach_none = sin distancia propia
sheet-implied = se sigue del derrame o de la fuga
sheet-widest = el más amplio aplicable: no se conoce el organismo o la vía
sheet-grade = pruebas: { $grade }
sheet-states = Estados al alcance o afectados
sheet-no_states = Ningún otro Estado está al alcance.
sheet-excluded = No avisados, del más cercano al más lejano
sheet-hotspots = Puntos críticos de biodiversidad al alcance
sheet-no_hotspots = Ningún punto crítico de biodiversidad está al alcance.
sheet-centres = Centros de origen y parientes silvestres en estos Estados
sheet-layers = Otras capas al alcance
sheet-approximate = Trazado aproximado: su borde puede desviarse hasta { $distance }.
sheet-gaps = Falta o es dudoso
sheet-data = Datos
sheet-status = Que un Estado o una zona figure o no en la lista no implica posición alguna sobre la condición jurídica de ningún territorio. La regla de la costa más cercana no es una delimitación jurídica.
sheet-exactness = Las distancias no se muestran con más precisión que la del mapa y del lugar.
column-state = Estado
column-hotspot = Punto crítico
column-layer = Capa
column-ring = Anillo
column-distance = Distancia
column-bearing = Rumbo
column-arrival = Lo antes
column-why = Motivo
mark-touched = tocado
mark-p50 = p50
mark-p95 = p95
mark-max = máx
mark-cannot_exclude = no excluido
mark-named = nombrado
bearing-meridian = por { $meridian }
arrival-at_once = de inmediato
arrival-hours = tras { $count } h
arrival-days = tras { $count } d

### What was done about a step of a run
deed-done = hecho
deed-round = una vuelta hecha
deed-skipped = omitido
deed-signed_off = refrendado
deed-noted = anotado
deed-undone = deshecho
deed-evidence_kept = prueba conservada
deed-evidence_handed_over = prueba entregada en otras manos
deed-evidence_withdrawn = prueba retirada
deed-step_added = paso añadido
deed-role_offered = ofrecida
deed-role_taken = asumida
deed-role_laid_down = dejada
