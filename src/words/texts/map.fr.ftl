### Machine-translated; to be checked by a person.
### Pages: the map
tab-map = Carte
map-title = Carte de { $reference }
map-description = Le lieu au centre, { $half } de chaque côté ; les distances et directions depuis le centre sont exactes. Le tableau ci-dessous dit la même chose.
map-none = Il n’y a pas de carte
map-none_help = Aucun lieu connu ne peut être dessiné, ou ce compte ne peut le voir.
map-views = Vues
map-nearer = Plus près
map-farther = Plus loin
map-fit = Ajuster à la portée
map-download = Télécharger (SVG)
map-p50 = la moitié du déplacement reste dans ce rayon
map-p95 = presque tout
map-max = le plus loin vraisemblable
map-table = La même chose en tableau
map-name = Nom
map-kind = Type
map-distance = Distance
map-ring = Où il se trouve
map-arrival = Arrivée au plus tôt
map-state = État
map-hotspot = Point chaud de biodiversité
map-north = N
map-disclaimer = Les tracés et noms n’impliquent aucune prise de position sur le statut d’un territoire. Pointillé : contesté.
