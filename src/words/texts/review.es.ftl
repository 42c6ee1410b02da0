### Machine-translated; to be checked by a person.
### Pages: the situation report
tab-situation = Informe de situación
tab-review = Revisión
situation-title = Informe de situación
situation-printed = Hecho el { $when } por { $who }.
situation-languages = Idioma de este informe
situation-instance = guardia de este servidor
situation-conditions = Condiciones
situation-assessed = Evaluación
situation-not_assessed = Ninguna evaluación está abierta a esta cuenta.
situation-article = Lo que se sabe (artículo 17.3)
situation-none_said = Nada de ello está abierto a esta cuenta.
situation-item = Elemento
situation-known = Grado de conocimiento
situation-said = Lo que se dice
situation-from = De dónde procede
situation-actions = Acciones
situation-told = Estados y organizaciones informados
situation-told_none = Todavía no se ha informado a nadie.
situation-runs = Planes de actuación
situation-needs = Necesidades
situation-decision = Próxima decisión:
situation-decision_none = no se espera ninguna.
situation-alarms = Sin contacto
situation-alarms_none = No consta que nadie sea ilocalizable.
situation-owed = Respuestas pendientes
situation-owed_none = Ninguna.
situation-steps = Pasos abiertos
situation-steps_none = No hay ningún paso abierto.
situation-step = Paso
situation-role = Función
situation-state = Cómo está
situation-step_late = atrasado
situation-step_open = abierto
situation-step_proof = hecho, espera pruebas u otra persona
situation-latest = Últimas entradas de la cronología
situation-entries = { $number ->
    [one] La cronología tiene una entrada.
   *[other] La cronología tiene { $number } entradas; aquí están como máximo las veinte últimas.
}
situation-log = Registro { $log }, entrada más reciente { $head }.
data-set = Conjunto de datos
data-version = Versión
data-date = Fecha

### Deadlines
deadline-title = Plazos
deadline-none = Ningún plazo se ha cumplido ni vencido todavía.
deadline-still_open = { $number ->
    [one] Hay un plazo abierto. Vence el
   *[other] Hay { $number } plazos abiertos. El próximo vence el
}
deadline-waiting = Plazos abiertos
deadline-what = Qué
deadline-due = Vence
deadline-met_at = Hecho
deadline-standing = ¿A tiempo?
deadline-acknowledgement = { $of } acusa recibo
deadline-verification = El informe se confirma, o no
deadline-second_person = Una segunda persona decide sobre la propuesta { $number }
deadline-gap = Por completar: { $gap }
deadline-step = Paso { $step }: { $title }
deadline-met = a tiempo, { $span } antes
deadline-late = con { $span } de retraso
deadline-missed = sin hacer, con { $span } de retraso
deadline-open = abierto, quedan { $span }
span-less = menos de un minuto
span-minutes = { $minutes } min
span-hours = { $hours } h { $minutes } min
span-days = { $days } d { $hours } h

### Pages: the review
review-kinds = Tipos de entradas que se muestran
review-at = A quién se había informado de qué, en este momento (UTC)
review-at_unread = Este momento no se puede leer. Escríbalo así: 2026-03-02T14:30, en tiempo universal.
review-show = Mostrar
review-timeline = Cronología
review-counted = { $all } entradas; { $hidden ->
    [0] ninguna queda oculta por la elección de tipos
    [one] una queda oculta por la elección de tipos
   *[other] { $hidden } quedan ocultas por la elección de tipos
}{ $elsewhere ->
    [0] .
   *[other] , { $elsewhere } están en otras páginas.
}
review-clocks = Arriba el tiempo universal (UTC), abajo la hora de { $state }.
review-clocks_unknown = Las horas están en tiempo universal (UTC); en { $state } rigen varias, o aquí no se conoce ninguna.
review-clocks_universal = Las horas están en tiempo universal (UTC).
review-occurred = Ocurrido
review-known = Conocido
review-recorded = Registrado
review-entry = Qué
review-afterwards = introducido después
review-who = A quién se había informado de qué el
review-first = Informado por primera vez
review-farthest = Hasta dónde había llegado
review-messages = Mensajes
review-read = leer lo que se envió
review-not_told = no informado
review-sent = Enviado a
review-sound = El texto coincide con la huella del registro:
review-unsound = El texto NO coincide con la huella del registro:
review-export = Extraer como archivo
review-export_why = Lo que se extrae se anota en el registro de accesos.
strand-facts = hechos
strand-decisions = decisiones
strand-reach = quién está al alcance
strand-notices = notificaciones
strand-sending = envío
strand-answers = respuestas
strand-work = planes de actuación
strand-notes = notas y registros
message-pending = espera su envío
message-sending = en envío
message-sent = entregado al transporte
message-delivered = entregado
message-read = abierto
message-failed-retrying = fallido, se reintenta
message-failed = fallido
message-superseded = sustituido por otro más reciente

### Pages: statistics
statistics-title = Estadísticas
statistics-year = Abiertos en
statistics-all = todos
statistics-number = Número
statistics-counted = { $counted ->
    [one] Se cuenta un incidente
   *[other] Se cuentan { $counted } incidentes
}; { $hidden ->
    [0] la elección no excluye ninguno.
    [one] la elección excluye uno.
   *[other] la elección excluye { $hidden }.
}
statistics-own = Solo se cuentan los incidentes que esta cuenta puede ver.
statistics-few = n = { $number }: demasiado pocos para decir algo.
statistics-state = Cómo están los incidentes
statistics-state_head = Situación
statistics-type = Tipos
statistics-type_head = Tipo
statistics-kind_unintentional = involuntario (art. 17)
statistics-kind_illegal = ilícito (art. 25)
statistics-kind_domestic = nacional
statistics-kind_unclassified = sin clasificar
statistics-class = Clases
statistics-class_head = Clase
statistics-class_unknown = desconocida
statistics-class_of = { $class }: { $name }
statistics-month = Abiertos por mes
statistics-month_head = Mes (UTC)
statistics-earlier = { $number ->
    [one] Un incidente se abrió antes de estos meses.
   *[other] { $number } incidentes se abrieron antes de estos meses.
}
statistics-notice = Del conocimiento a la notificación
statistics-notice_head = Entre el conocimiento por el Estado de liberación y la notificación, por destinatario
statistics-acknowledgement = De la notificación al acuse de recibo
statistics-acknowledgement_head = Entre la notificación y el acuse de recibo, por destinatario
statistics-up_to = hasta { $to }
statistics-between = más de { $from }, hasta { $to }
statistics-over = más de { $from }
statistics-hours = { $hours } h
statistics-days = { $days } d
statistics-median = La mitad no tardó más de { $median }, nueve décimas partes no más de { $nine }.
statistics-unknown = { $number ->
    [one] Se excluye un caso, porque no consta desde cuándo lo sabía el Estado de liberación.
   *[other] Se excluyen { $number } casos, porque no consta desde cuándo lo sabía el Estado de liberación.
}
statistics-answers = Acuses de recibo a tiempo
statistics-answers_head = Acuse de recibo
statistics-in_time = a tiempo
statistics-late = con retraso
statistics-missing = falta, plazo vencido
statistics-awaited = pendiente, en plazo
statistics-share = { $percent } % a tiempo, de los { $decided } que respondieron o cuyo plazo venció.
statistics-in_time_means = A tiempo es lo que llegó antes de cualquier recordatorio.
statistics-unseen = { $number ->
    [one] Se excluye una obligación: esta cuenta no puede ver su respuesta.
   *[other] Se excluyen { $number } obligaciones: esta cuenta no puede ver sus respuestas.
}
case-A = oleaginosa asilvestrada por transporte
case-B = gramínea perenne o árbol
case-C = evento no aprobado en el comercio de semillas o granos
case-D = planta espontánea de un ensayo
case-E = ornamental en el comercio
case-F = centro de origen
case-G = ensayo de cultivo frutal
case-H = peces
case-I = insecto autolimitante
case-J = impulsor genético
case-K = microorganismo
case-L = virus
case-M = uso confinado o transporte
case-N = desconocido o deliberado
