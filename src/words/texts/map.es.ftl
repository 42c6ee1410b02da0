### Machine-translated; to be checked by a person.
### Pages: the map
tab-map = Mapa
map-title = Mapa de { $reference }
map-description = El lugar en el centro, { $half } a cada lado; las distancias y direcciones desde el centro son verdaderas. La tabla de abajo dice lo mismo.
map-none = No hay mapa de esto
map-none_help = No se conoce aquí un lugar que dibujar, o esta cuenta no puede verlo.
map-views = Vistas
map-nearer = Más cerca
map-farther = Más lejos
map-fit = Ajustar al alcance
map-download = Descargar (SVG)
map-p50 = la mitad del movimiento queda dentro
map-p95 = casi todo
map-max = lo más lejano creíble
map-table = Lo mismo en tabla
map-name = Nombre
map-kind = Tipo
map-distance = Distancia
map-ring = Dónde está
map-arrival = Llegada más temprana
map-state = Estado
map-hotspot = Punto crítico de biodiversidad
map-north = N
map-disclaimer = Las líneas y nombres no implican posición alguna sobre el estatuto de ningún territorio. Punteado: en disputa.
