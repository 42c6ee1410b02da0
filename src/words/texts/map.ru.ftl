### Machine-translated; to be checked by a person.
### Pages: the map
tab-map = Карта
map-title = Карта { $reference }
map-description = Место в центре, { $half } в каждую сторону; расстояния и направления от центра верны. В таблице ниже те же сведения.
map-none = Карты нет
map-none_help = Здесь не известно место, которое можно изобразить, или учётная запись его не видит.
map-views = Виды
map-nearer = Ближе
map-farther = Дальше
map-fit = По дальности
map-download = Скачать (SVG)
map-p50 = половина перемещения — внутри
map-p95 = почти всё
map-max = наибольшее вероятное
map-table = То же в таблице
map-name = Название
map-kind = Вид
map-distance = Расстояние
map-ring = Где находится
map-arrival = Самое раннее прибытие
map-state = Государство
map-hotspot = Очаг биоразнообразия
map-north = С
map-disclaimer = Линии и названия не означают позиции по статусу территорий. Пунктир: спорные.
