# machine translation, not yet checked by a person

### Kinds of notices
notice-initial = Notificación inicial con arreglo al artículo 17 del Protocolo de Cartagena sobre Seguridad de la Biotecnología
notice-illegal = Notificación inicial de un movimiento transfronterizo ilícito (Protocolo de Cartagena sobre Seguridad de la Biotecnología, artículo 25)
notice-follow_up = Notificación complementaria: algo ha cambiado
notice-all_clear = Fin de la alerta: el peligro ha pasado
notice-withdrawal = Retirada: lo que se le comunicó fue un error
notice-closing = Cierre: el incidente está cerrado
notice-verification = Solicitud de verificación de un informe
notice-advisory = Aviso: SIN VERIFICAR
notice-reachability = Prueba de la línea: no ha ocurrido nada
notice-step_overdue = Un paso de un plan está retrasado
notice-escalation = Al responsable de guardia: se ruega actuar

### Kinds of notices, in the subject of a mail
subject-initial = Notificación inicial (artículo 17)
subject-illegal = Notificación inicial (artículo 25)
subject-follow_up = Complemento
subject-all_clear = Fin de la alerta
subject-withdrawal = Retirada
subject-closing = Cerrado
subject-verification = Se ruega verificar
subject-advisory = Aviso sin verificar
subject-reachability = Prueba de la línea
subject-step_overdue = Un paso está retrasado
subject-escalation = Guardia: se ruega actuar
subject-reminder = Recordatorio
subject-mode_exercise = EJERCICIO
subject-mode_test = PRUEBA

### What a notice says first
opening-initial = Se ha liberado un organismo vivo modificado. Ha cruzado una frontera o puede cruzarla.
opening-illegal = Un organismo vivo modificado ha cruzado una frontera, o puede cruzarla, en un movimiento que se señala como ilícito.
opening-follow_up = Lo que se le comunicó sobre este incidente ha cambiado. Primero figura lo que ha cambiado y después todo lo que se sabe ahora.
opening-all_clear = El peligro ha pasado. No se necesitan más medidas.
opening-withdrawal = Este incidente se le comunicó por error. Lo que se dijo en él no es válido.
opening-closing = El incidente está cerrado. Esto no es un fin de la alerta: corresponde a cada destinatario juzgar si aún se necesitan medidas.
opening-verification = Un informe dice que se ha liberado un organismo vivo modificado. Ningún responsable lo ha confirmado todavía. Se ruega averiguar si es así y confirmarlo o desmentirlo.
opening-advisory = Un informe dice que se ha liberado un organismo vivo modificado y que puede llegar hasta ustedes. Está SIN VERIFICAR: los responsables del lugar indicado no lo han confirmado.
opening-reachability = Este mensaje solo comprueba si es posible comunicarse con ustedes. No ha ocurrido nada. Se ruega responder como si fuera real.
opening-step_overdue = Hay pasos retrasados del plan «{ $playbook }» que sigue su equipo. Nadie ha registrado que se hayan hecho. Ocúpese de ello o registre lo que se ha hecho.
opening-escalation = Sin respuesta, o no se puede localizar a nadie: { $about }. Se ruega localizar personalmente a alguien y dejar constancia de ello.
opening-undecided = Nadie ha decidido a tiempo sobre este informe. Se ruega decidir: abrir el incidente, ampliar el plazo con un motivo o retirarlo.

### Why an addressee is told
why-release = Según el informe, ocurrió bajo su jurisdicción, y no procede de su punto de contacto ni de su autoridad.
why-instance = Usted es responsable de guardia de este servidor.
why-team = Usted es punto de contacto del Estado cuyo equipo sigue este plan. Retrasados:
late-step = { $step } (plazo { $due })
why-contact = Figura en la lista de puntos de contacto.
why-told = Ya se le comunicó este incidente.
why-union = Se avisa a un Estado miembro de la Unión, y la propia Unión es Parte en el Protocolo.
why-organization = Los responsables de este incidente consideran oportuno informar a su organización.
why-named = Los responsables de este incidente piensan que puede verse afectado o concernido.
why-distance = Punto más cercano: a { $distance } ({ $bearing }) del lugar; con una exactitud de { $accuracy }.
why-distance_only = Punto más cercano: a { $distance } del lugar; con una exactitud de { $accuracy }.
why-ring = Anillo: { $ring }.
why-arrival = Llegada, como muy pronto: { $time }.

### How well something is known
knowledge-known = se conoce
knowledge-estimated = estimación
knowledge-unknown = no se conoce
knowledge-withheld = se conoce, pero se reserva

### Addressees that are not States
addressee-BCH = Centro de Intercambio de Información sobre Seguridad de la Biotecnología
addressee-INSTANCE = responsable de guardia del servidor { $instance }

### Headings
heading-why = POR QUÉ SE LE AVISA
heading-changes = QUÉ HA CAMBIADO
heading-reason = MOTIVO
heading-facts = LO QUE SE SABE (artículo 17.3)
heading-notes = OBSERVACIONES

### Labels
label-reference = Referencia
label-to = Para
label-from = De
label-issued = Emitido
label-state_of_release = Estado de la liberación
label-type = Tipo de caso
label-status = Situación
label-message = Mensaje
label-before = antes
label-now = ahora
label-source = Fuente
label-significance = Efectos adversos significativos
label-arrival = Llegada
label-reach = Lo que el mapa dice de ustedes

### Sentences of a letter
letter-pair = { $label }: { $value }
letter-reminder = RECORDATORIO: su acuse de recibo aún no ha llegado.
letter-ask = Se ruega acusar recibo antes de: { $time }.
letter-ask_local = Se ruega acusar recibo antes de: { $time } ({ $local }, { $zone }).
letter-no_ask = No se pide acuse de recibo.
letter-link = Para leer este mensaje y acusar recibo, abra:
letter-link_read = Para leer este mensaje, abra:
letter-link_own = El enlace solo vale para este mensaje y su oficina. Se ruega no transmitirlo.
letter-account = Para acusar recibo con una cuenta en este servidor: POST { $path }
letter-verdict = Para confirmar o desmentir, con una cuenta en este servidor: POST { $path }
letter-voice = Por teléfono: diga a quien llama que lo ha recibido e indique su oficina y la referencia.
letter-receipt = Acusar recibo significa que ha recibido el mensaje. No supone estar de acuerdo con él.
letter-released = Momento de la liberación (17.3 b)
letter-no_zone = { $said } (sin huso horario indicado)
letter-arrival_possible = posible desde ahora
letter-nothing = nada
letter-cut = [cortado aquí; el texto completo tiene { $count } caracteres]
letter-cut_link = [cortado aquí; el texto completo tiene { $count } caracteres: { $link }]
letter-supersedes = Este mensaje sustituye al mensaje { $message }.
letter-quoted = Las líneas que empiezan por «>» son las palabras de quienes informaron o decidieron, tal como las escribieron; no están traducidas.
letter-machine = Este texto lo tradujo una máquina y ninguna persona lo ha comprobado. Prevalece el texto en inglés que figura más abajo.
letter-english = TEXTO EN INGLÉS

### Still open as a case ends
heading-open = QUEDA PENDIENTE
open-notice = No se le informó.
open-acknowledgement = No ha llegado su acuse de recibo.
open-consultation = No se abrió con usted ninguna consulta conforme al artículo 17.4.
open-consultation_closing = La consulta con usted no se ha cerrado.
open-gap = No se conoce: { $what }
letter-decide = Confirme o desmienta el informe antes del { $time }.
letter-decide_local = Confirme o desmienta el informe antes del { $time } ({ $local } en { $zone }).
