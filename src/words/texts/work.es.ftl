### Machine-translated; to be checked by a person.
### Pages: at work
tab-evidence = Pruebas
evidence-kept = Lo que se ha guardado
evidence-none = Aún no se ha guardado nada.
evidence-withdrawn = Ya no cuenta:
evidence-to = a
evidence-keep = Guardar algo
evidence-keep_it = Guardar
evidence-step = Para qué paso
evidence-kind = Qué es
evidence-file = Archivo
evidence-note = Qué muestra, dónde se tomó
evidence-measured = Una medición
evidence-of = De qué
evidence-value = Valor
evidence-unit = Unidad
evidence-custody = Se anota cada mano por la que pasa
evidence-choose_step = Elija para qué paso se guarda.
evidence-not_a_number = El valor de una medición es un número.
step-sign_off = Aprobar (otra persona que quien lo hizo)
step-undo = No vale: deshacer
step-undo_help = El registro queda; los pasos que dependían se reabren.
step-reason = Motivo
step-keep_evidence = Guardar prueba
step-started_by = empezado por
board-search = Buscar
board-filter = Referencia, organismo o lugar
board-show = Mostrar
board-show_all = todos
board-show_open = abiertos
board-show_mine = lo que me espera
board-hidden =
    { $count ->
        [one] Esto oculta { $count } incidente.
        *[other] Esto oculta { $count } incidentes.
    }
board-show_all_link = Mostrar todo
timeline-add = Añadir una entrada
timeline-text = Qué ocurrió
timeline-when_help = Una línea, una entrada. Puede empezar por una hora: 14:32 (UTC, hoy o ayer), 2026-11-23 14:32 o 2026-11-23T14:32+01:00. Sin hora: ahora.
timeline-understood = Estas { $number } entradas se entienden así. Pulse otra vez para añadirlas.
timeline-add_it = Añadir
live-on = en directo
live-reconnecting = reconectando…
live-changed = Hay novedades. Mostrar
live-behind = minutos de retraso
