### Machine-translated; to be checked by a person.
### Pages: the library of playbooks
page-playbooks = Planes de emergencia
page-contacts = Contactos
page-exercises = Ejercicios
page-health = Estado del servicio
playbooks-about = Medidas de emergencia por escrito. Los planes de respuesta de emergencia nunca son confidenciales (artículo 21.6 d): cualquiera puede leerlos, imprimirlos y difundirlos.
playbooks-search = Buscar en títulos, resúmenes y pasos
playbooks-go = Buscar
playbooks-all = Mostrar todos
playbooks-count = { $count ->
    [0] Ningún plan contiene estas palabras.
    [one] Un plan.
   *[other] { $count } planes.
}
playbooks-hidden = { $count ->
    [one] La búsqueda oculta otro.
   *[other] La búsqueda oculta otros { $count }.
}
playbooks-found_in = Encontrado en estos pasos:
playbook-steps = { $count ->
    [one] un paso
   *[other] { $count } pasos
}
playbook-version = versión { $version }
playbook-back = Todos los planes
playbook-print = Imprima esta página para trabajar en papel: cada paso tiene su código y una casilla. Para guardar como archivo:
playbook-yaml = como fue escrito (YAML)
playbook-cacao = para otros programas (CACAO 2.0)
playbook-roles = Funciones
playbook-clocks = Relojes
playbook-clocks_about = Los plazos se cuentan desde estos momentos. El artículo 17 no fija horas: cada plazo es una elección de los autores.
playbook-what = Pasos
translation-human = Traducido por una persona.
translation-machine = Traducido por una máquina y aún no revisado por una persona. En caso de duda vale el texto inglés.
translation-none = No traducido a este idioma: el texto se muestra en inglés.
translation-stale = { $count ->
    [one] Un texto se muestra en inglés porque cambió después de traducirse.
   *[other] { $count } textos se muestran en inglés porque cambiaron después de traducirse.
}
translation-missing = { $count ->
    [one] Un texto se muestra en inglés porque nadie lo ha traducido.
   *[other] { $count } textos se muestran en inglés porque nadie los ha traducido.
}
applies-for = Para:
applies-when = Cuándo:
applies-class = Clase de incidente:
applies-kind = Tipo de organismo:
applies-pathway = Por:
applies-incident = Tipo de incidente:
applies-group = Organismos:
applies-surroundings = Entorno:
applies-shared = solo cuando otro plan lo ejecuta
applies-fallback = cuando no se conoce nada más adecuado
audience-state_of_release = el Estado de la liberación
audience-affected_state = los Estados afectados o que puedan estarlo
audience-desk = los oficiales de guardia de esta instancia
organism_kind-plant = planta
organism_kind-alga = alga
organism_kind-fish = pez
organism_kind-insect = insecto
organism_kind-mammal = mamífero
organism_kind-microorganism = microorganismo
organism_kind-virus = virus
organism_group-insect_pollinated = plantas polinizadas por insectos
organism_group-plant_other = otras plantas
organism_group-insect_other = otros insectos
organism_group-fish_other = otros peces
organism_group-fruit_flies = moscas de la fruta
organism_group-bacteria = bacterias
organism_group-microalgae = microalgas
organism_group-rhdv = virus de la enfermedad hemorrágica del conejo
surroundings-airport = aeropuerto
surroundings-animal_house = bioterio
surroundings-aquarium = acuario
surroundings-bait_area = zona de cebos
surroundings-canal = canal
surroundings-centre_of_origin = centro de origen
surroundings-city = ciudad
surroundings-ditch = zanja
surroundings-estuary = estuario
surroundings-facility = instalación cerrada
surroundings-fallow = barbecho
surroundings-feed_mill = fábrica de piensos
surroundings-fermenter = fermentador
surroundings-field = campo
surroundings-field_cage = jaula de campo
surroundings-field_trial = ensayo de campo
surroundings-fish_farm = piscifactoría
surroundings-forest = bosque
surroundings-former_trial = antiguo ensayo
surroundings-garden_centre = centro de jardinería
surroundings-golf_course = campo de golf
surroundings-greenhouse = invernadero
surroundings-harbour = puerto pesquero
surroundings-insectary = insectario
surroundings-island = isla
surroundings-laboratory = laboratorio
surroundings-lake = lago
surroundings-landrace_field = campo de variedades locales
surroundings-mill = molino
surroundings-net_pen = jaula de red
surroundings-nursery = vivero
surroundings-open_pond = estanque abierto
surroundings-orchard = huerto frutal
surroundings-parcel = paquete
surroundings-plantation = plantación
surroundings-pond = estanque
surroundings-port = puerto
surroundings-protected_area = área protegida
surroundings-rail_yard = patio ferroviario
surroundings-railway = vía férrea
surroundings-release_site = lugar de liberación
surroundings-research_station = estación de investigación
surroundings-retail = comercio minorista
surroundings-river = río
surroundings-road_accident = accidente de carretera
surroundings-roadside = borde de carretera
surroundings-seed_field = campo de semillas
surroundings-seed_store = almacén de semillas
surroundings-shop = tienda
surroundings-silo = silo
surroundings-village = aldea
surroundings-warehouse = almacén
surroundings-waste_water = aguas residuales
surroundings-wild_population = población silvestre
delay-minute = { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
}
delay-hour = { $count ->
    [one] { $count } hora
   *[other] { $count } horas
}
delay-day = { $count ->
    [one] { $count } día
   *[other] { $count } días
}
delay-week = { $count ->
    [one] { $count } semana
   *[other] { $count } semanas
}
delay-month = { $count ->
    [one] { $count } mes
   *[other] { $count } meses
}
delay-year = { $count ->
    [one] { $count } año
   *[other] { $count } años
}
due-clock = { $delay }, desde «{ $clock }»
due-step = { $delay }, desde el final del paso { $step }
step_kind-decide = por decidir
step_kind-together = a la vez
step_kind-repeat = repetir
step_kind-run_playbook = otro plan
required-must = obligatorio
required-could = opcional
required-must_unless_documented = obligatorio, salvo motivo por escrito
sheet_step-due = Plazo:
sheet_step-runs = Ejecuta:
sheet_step-when = Solo si:
sheet_step-after = Después de los pasos:
sheet_step-members = Formado por los pasos:
sheet_step-cases = Respuestas:
sheet_step-every = Cada:
sheet_step-until = Hasta que:
sheet_step-evidence = Pruebas que conservar:
sheet_step-signoff = Deben aprobarlo otros:
sheet_step-survey = Muestreo:
sheet_step-sign = Hecho (hora, nombre): …………………………………………
case-end = { $answer }: nada más aquí
case-opens = { $answer } → { $steps }
evidence-plain = { $count } × { $kind }
evidence-with_hands = { $count } × { $kind }, con registro de cada entrega
evidence-document = documento
evidence-lab_report = informe de laboratorio
evidence-log = anotación de registro
evidence-measurement = medición
evidence-photo = fotografía
evidence-sample = muestra
signoff-persons = { $count ->
    [one] una persona distinta de quien lo hizo
   *[other] { $count } personas distintas de quien lo hizo
}
survey-samples = { $samples } muestras, cada una: { $unit }, hasta el anillo: { $ring }. Detectan una proporción del { $prevalence } % con una confianza del { $confidence } %.
figure-unverified = sin verificar
figure-calculated = calculado
### Pages: contact points
contacts-about = A quién hay que avisar, por Estado y organización, y si es posible.
contacts-stale_after = { $days ->
   *[other] Una confirmación se considera caducada a los { $days } días.
}
contacts-silent_parties = { $count ->
    [0] Todas las Partes tienen a alguien a quien avisar.
    [one] Una Parte no tiene a nadie a quien avisar.
   *[other] { $count } Partes no tienen a nadie a quien avisar.
}
contacts-see_silent = Verlas
contacts-search = Estado u organización
contacts-show = Mostrar
contacts-show_all = todos
contacts-show_silent = nadie a quien avisar
contacts-show_unconfirmed = nunca confirmados
contacts-show_stale = confirmados hace demasiado tiempo
contacts-show_no_article17 = ninguno para el artículo 17
contacts-show_well = todo en orden
contacts-go = Mostrar
contacts-count = { $count ->
    [0] Nada coincide.
    [one] Se muestra uno.
   *[other] Se muestran { $count }.
}
contacts-hidden = { $count ->
    [one] El filtro oculta uno.
   *[other] El filtro oculta { $count }.
}
contacts-points = Puntos de contacto
contacts-confirmed = Última confirmación
contacts-matter = Qué falla
contacts-own = el suyo
contacts-instance = Esta instancia
contacts-clearing_house = Centro de Intercambio de Información sobre Seguridad de la Biotecnología
contacts-back = Todos los contactos
contacts-order = Se les avisa uno tras otro: por tipo en este orden; dentro de un tipo, primero quien está de servicio y luego el confirmado más recientemente.
contacts-none = No hay ningún punto de contacto registrado.
contacts-not_yours = Esta cuenta no puede cambiar ese punto de contacto
contacts-not_yours_help = Los administradores y oficiales de guardia cambian los puntos de contacto de su Estado; los de la instancia, todos.
contacts-changed_meanwhile = No se guardó nada: alguien cambió este punto de contacto después de que usted lo viera. Mírelo de nuevo y confirme.
finding-no_contact_point = sin punto de contacto: nadie a quien avisar
finding-no_usable_channel = ningún medio que este servidor pueda usar: nadie a quien avisar
finding-unconfirmed = nadie ha comprobado que responda
finding-stale = última confirmación demasiado antigua
finding-no_article17 = ninguno para el artículo 17
kind-ORG = oficina de una organización
kind-DUTY = oficial de guardia
channel-gone = su receptor dijo que ya no existe; no se usa
channel-not_served = este servidor no usa este canal
contact-reads = Lee:
contact-staffed = Horario:
contact-confirmed = Confirmado:
contact-never = Nunca confirmado
contact-confirm = He comprobado que responde
contact-change = Cambiar
contact-new = Añadir un punto de contacto
contact-not_stored = No se guardó nada. Corrija esto:
contact-stale = No se guardó nada: alguien lo cambió entretanto
contact-stale_help = Así está ahora; abajo está lo que usted escribió. Guarde de nuevo para sustituirlo.
contact-kind = Función
contact-name = Nombre de la oficina
contact-ways = Cómo contactar, primero lo mejor
contact-ways_help = Vacíe lo que deba quitarse. El canal en vivo lleva el identificador de una cuenta; la suya es
contact-by = Canal
contact-way = Dirección o número
contact-again = Su receptor dijo que ya no existe. Usarla de nuevo.
contact-languages = Idiomas que lee, primero el mejor (dos letras, por ejemplo es, en)
contact-hours = Horario de atención
contact-hours_help = Déjelo todo vacío si no se sabe o si siempre hay alguien. Un final anterior al comienzo significa la mañana siguiente.
contact-from = Desde
contact-to = Hasta
contact-zone = Zona horaria
contact-store = Guardar
contact-bad_kind = Elija su función.
contact-bad_name = Dé un nombre de 1 a 300 caracteres en una línea.
contact-bad_email = Dé una dirección de correo como desk@example.org.
contact-bad_webhook = Dé una dirección https completa como https://example.org/alerts.
contact-bad_number = Dé un número de teléfono o fax con prefijo, como +33 1 23 45 67 89.
contact-bad_live = Dé el identificador de una cuenta; la suya figura junto al campo.
contact-bad_way = Elija el canal.
contact-too_many = Se guardan como máximo 20 medios.
contact-bad_languages = Escriba los idiomas con dos letras, como máximo 20, por ejemplo es, en.
contact-bad_hours = Dé días, comienzo, final y una zona como Africa/Nairobi, o déjelo todo vacío.
contact-bad_addressee = No se puede registrar un punto de contacto para este destinatario.
day-1 = lunes
day-2 = martes
day-3 = miércoles
day-4 = jueves
day-5 = viernes
day-6 = sábado
day-7 = domingo
line-title = Prueba de la línea
### Pages: exercises and the test of the line
exercises-about = Un ejercicio se trabaja como un incidente real: el mismo informe, los mismos avisos, los mismos plazos y planes. Cada página y cada mensaje lo dice, y nada se mezcla nunca con los incidentes reales.
exercises-begin = Comienza con un informe para el que se eligió «ejercicio»; eso no puede cambiarse después. Se valora a quién se avisó, quién acusó recibo y quién lo hizo sin recordatorio.
exercises-line_about = Una prueba de la línea envía un mensaje que dice que no ha pasado nada y pide acuse de recibo. Muestra en tiempos normales a quién se puede localizar; quien responde queda confirmado.
exercises-exercises = Ejercicios realizados
exercises-tests = Pruebas de la línea
exercises-none = Ninguno por ahora.
drill-score = { $acknowledged } de { $asked } acusaron recibo, { $in_time } de ellos sin recordatorio. Sin nadie a quien avisar: { $unreachable }.
drill-answered = Su Estado ha acusado recibo.
drill-unanswered = Su Estado aún no ha acusado recibo.
drill-nobody = No había que avisar a nadie.
drill-own_only = Solo ve la respuesta de su propio Estado.
drill-open = Abrir el incidente
drill-answers = Respuestas
drill-took = Tiempo de respuesta
drill-remark = Observación
rung-reminder = tras un recordatorio
rung-next_contact = por el siguiente punto de contacto
rung-next_kind = por el siguiente tipo de punto de contacto
line-who = A quién
line-chosen = Enviar a los elegidos
line-everybody = { $count ->
    [one] Enviar al único
   *[other] Enviar a los { $count }
}
line-nobody = No se envió nada: elija a quién o envíe a todos.
line-not_sent = No se envió nada. Revise lo elegido e inténtelo de nuevo.
line-sent = La prueba de la línea está en camino. Esta cuenta no ve respuestas; los oficiales de guardia sí.
line-not_yours = Esta cuenta no puede enviar una prueba de la línea
line-not_yours_help = La envían los administradores y oficiales de guardia de la instancia. Pídaselo a uno de ellos.
### Pages: health
health-well = Nada requiere atención en este momento.
health-hold = Desde { $since } no sale ningún correo ni webhook: este servidor se restauró de una copia hecha en { $made }.
health-failed = { $count ->
    [one] Un mensaje no pudo entregarse por su canal.
   *[other] { $count } mensajes no pudieron entregarse por su canal.
}
health-layer = No se puede leer una capa del mapa, y el mapa funciona sin ella: { $layer }
health-clock = El reloj de la máquina se atrasó { $seconds } s. Compruébelo.
health-alarms = { $count ->
    [one] Un destinatario de un incidente real no es localizable o no responde.
   *[other] { $count } destinatarios de incidentes reales no son localizables o no responden.
}
health-no_duty_officer = Esta instancia no tiene un oficial de guardia al que avisar cuando un Estado no responde.
health-gone = { $count ->
    [one] Un canal no se usa: su receptor dijo que ya no existe.
   *[other] { $count } canales no se usan: sus receptores dijeron que ya no existen.
}
health-hold_title = La bandeja de salida está retenida
health-hold_help = Averigüe qué se había enviado entre la copia y la pérdida: pregunte al servidor de correo o a los receptores. Lo que usted diga enviado queda así registrado; el resto sale de inmediato.
health-made = Creado
health-what_sent = ¿Qué se había enviado?
health-sent_until = Todo lo creado hasta esta hora:
health-until = Hora (UTC)
health-sent_none = Nada: enviarlo todo ahora
health-release = Registrar y liberar
health-release_unread = No se cambió nada: elija qué se había enviado y, si hace falta, la hora.
health-alarms_title = Destinatarios no localizables o sin respuesta
health-no_alarms = Ninguno.
health-incident = Incidente
health-since = Desde
health-server = Este servidor
health-waiting = Mensajes que aún no han llegado a nadie
health-timers = Temporizadores activos
health-events = Sucesos en el registro
health-log = Registro
health-backup = Última copia de seguridad
health-backup_unknown = no se sabe aquí: mire la hora en el MANIFEST de la última copia
health-backup_of = restaurado de la hecha en { $made }; aquí no se conocen otras más nuevas
health-version = Versión del programa
health-now = Hora de esta página
