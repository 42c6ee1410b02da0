# machine translation, not yet checked by a person

-protocol = Картахенский протокол

### Pathways
pathway-pollen = пыльца
pathway-seed = семена, переносимые ветром, водой или животными
pathway-vegetative = фрагменты растений
pathway-flight = полёт
pathway-wind_borne = перенос ветром на высоте
pathway-swimming = плавание
pathway-water = реки и течения
pathway-aerosol = капли и пыль
pathway-host_contact = контакт между хозяевами
pathway-seed_spill = семена, рассыпанные при перевозке
pathway-transport = перевозка
pathway-trade = торговля
pathway-unknown = неизвестный путь

### Rings
ring-touched = соприкасается с местом
ring-p50 = в этих пределах лежит половина перемещений
ring-p95 = в этих пределах лежат почти все перемещения
ring-max = наибольшее правдоподобное расстояние
ring-cannot_exclude = нельзя исключить при масштабе этой карты
ring-named = прямо указано, независимо от расстояния
sector-in = Часть территории лежит там, куда ветер или течение несёт организм.
sector-out = Ни одна часть территории не лежит там, куда ветер или течение несёт организм; радиус распространения не меняется.
season-in = Высвобожден в месяц, когда он распространяется.
season-out = Высвобожден вне месяцев, когда он обычно распространяется; радиус распространения не меняется.
overlap = Около { $percent } % радиуса распространения приходится на него.
viability = В пути остаётся живым или фертильным около { $hours } ч.

### Reasons
reason-place_inside = Место находится внутри или касается его.
reason-whole_state = Место неизвестно, поэтому вместо него взято всё государство.
reason-within_reach = Не далее { $reach }, { $ring } (путь: { $pathway }).
reason-cannot_exclude = Далее { $reach } (путь: { $pathway }), но точность карты и места не лучше { $margin }: исключить нельзя.
reason-destination = Указано как место назначения (путь: { $pathway }); расстояние не применяется.
reason-reported = Автор сообщения считает, что это государство может быть затронуто.
reason-told_before = Названо в более ранней оценке, поэтому ему причитается уведомление; нынешняя карта сама по себе на это не указывает.
reason-nearest_coast = Побережье находится не далее 200 морских миль (правило ближайшего берега, а не юридическая делимитация).
reason-relation = Имеется связь с районом в пределах досягаемости ({ $area }: { $basis }). Включение не означает выражения какой-либо позиции относительно статуса какой-либо территории.
reason-beyond_reach = Далее { $reach } — предела досягаемости по любому из путей.
reason-no_destination_named = Переносят люди ({ $pathway }), а место назначения не указано.

basis-administers = осуществляет управление
basis-claims = заявляет притязания
basis-shared = в совместном ведении
basis-undetermined = не определено
basis-international = международная договорённость

### Evidence
grade-A = несколько полевых исследований
grade-B = одно полевое исследование или обследование
grade-C = модель или умозаключение
grade-D = не проверено

### Centres of origin and wild relatives
centre-origin = центр происхождения вида { $species }
centre-diversity = центр разнообразия вида { $species }
centre-wild_relative = дикий сородич: { $taxon } ({ $compatibility })
centre-in_area = { $finding }, в районе { $area }
compatibility-same_species = тот же вид
compatibility-crosses_readily = легко скрещивается
compatibility-crosses_with_difficulty = скрещивается с трудом
compatibility-unknown = неизвестно, скрещивается ли

### Gaps
gap-missing = ничего не указано
gap-unknown = указано как неизвестное
gap-withheld = сведения не раскрываются
gap-no_zone = время без часового пояса; это может быть время любого места
gap-not_a_time = слова не указывают времени
gap-future = указанное время ещё не наступило
gap-unknown_state = отсутствует в таблице государств
gap-state_differs = место находится в ином государстве, чем указано
gap-not_an_identifier = не имеет формы идентификатора ОЭСР
gap-check_digit = контрольная цифра не сходится
gap-former_identifier = прежний идентификатор; используется нынешний
gap-unknown_organism = организма нет в таблице, поэтому взята наибольшая применимая дальность
gap-unknown_reach = дальность для этого организма по этому пути неизвестна, поэтому взята наибольшая применимая
gap-route_needed = нужен маршрут
gap-destinations_needed = нужны места назначения
gap-doubtful_geometry = геометрия сомнительна; она всё же использована

field-organism = Что было высвобождено
field-place = Где
field-released = Когда произошло высвобождение
field-known = Когда вы об этом узнали
field-pathways = Как возможно перемещение
field-quantities = Количество (17.3 a)
field-traits = Характеристики и признаки (17.3 a)
field-circumstances = Обстоятельства (17.3 b)
field-use = Использование в государстве происхождения (17.3 b)
field-adverse_effects = Возможное неблагоприятное воздействие (17.3 c)
field-risk_management = Возможные меры (17.3 c)
field-other = Прочая информация (17.3 d)
field-point_of_contact = Координационный центр (17.3 e)
field-affected_states = Кто может быть затронут

### Contact points and channels
kind-CPB-A17-FP = координационный центр по статье 17
kind-BCH-FP = координационный центр по Механизму посредничества
kind-CPB-FP1 = координационный центр по Протоколу
kind-CNA = компетентный национальный орган
kind-MISSION = дипломатическое представительство
channel-live = прямое соединение
channel-email = электронная почта
channel-webhook = автоматический вызов HTTP (webhook)
channel-by_hand = телефон, звонит человек
hop-no_channel = пропущено: связаться невозможно
hop-channel_not_served = пропущено: этот сервер не обслуживает его каналы

### Modes
mode-actual = РЕАЛЬНОЕ СОБЫТИЕ
mode-exercise = УЧЕНИЯ — не реальное событие
mode-test = ПРОВЕРКА — не реальное событие

### States of an incident
state-under_verification = на проверке
state-open = открыт
state-contained = локализован
state-monitoring = под наблюдением
state-closed = закрыт
state-withdrawn = отозван
state-merged = объединён с другим

### Events of a timeline
event-report_received = Сообщение получено; { $gaps ->
    [0] пробелов нет
    [one] { $gaps } пробел
    [few] { $gaps } пробела
    [many] { $gaps } пробелов
   *[other] { $gaps } пробела
}
event-incident_opened = Инцидент { $reference } заведён: { $state }
event-assessed = Оценка выполнена: { $states ->
    [0] в пределах досягаемости нет других государств
    [one] в пределах досягаемости { $states } государство
    [few] в пределах досягаемости { $states } государства
    [many] в пределах досягаемости { $states } государств
   *[other] в пределах досягаемости { $states } государства
}, { $hotspots ->
    [0] нет очагов биоразнообразия
    [one] { $hotspots } очаг биоразнообразия
    [few] { $hotspots } очага биоразнообразия
    [many] { $hotspots } очагов биоразнообразия
   *[other] { $hotspots } очага биоразнообразия
}
event-assessed_anew = Проведена новая оценка, поскольку изменились данные карты ({ $layers }): { $states ->
    [0] в пределах досягаемости нет других государств
    [one] в пределах досягаемости { $states } государство
    [few] в пределах досягаемости { $states } государства
    [many] в пределах досягаемости { $states } государств
   *[other] в пределах досягаемости { $states } государства
}, { $hotspots ->
    [0] нет очагов биоразнообразия
    [one] { $hotspots } очаг биоразнообразия
    [few] { $hotspots } очага биоразнообразия
    [many] { $hotspots } очагов биоразнообразия
   *[other] { $hotspots } очага биоразнообразия
}
event-playbook_chosen = Выбраны планы действий для { $role ->
    [state_of_release] государства высвобождения
   *[affected_state] оповещённых государств
}: { $playbooks }
event-verification_requested = Запрос на проверку сообщения направлен адресату: { $addressee }
event-verification_decided = Решение по проверке: { $state }
event-verification_overdue = Срок проверки истёк: решение должен принять дежурный этого сервера
event-duty_identified = Следует уведомить адресата: { $addressee }
event-clearing_house_informed = Механизм посредничества по биобезопасности проинформирован
event-notice_issued = Уведомление выпущено, адресат: { $addressee }
event-notice_issued_again = Уведомление выпущено повторно, следующему координационному центру, адресат: { $addressee }
event-addressee_unreachable = ТРЕВОГА: не удаётся связаться ни с кем, адресат: { $addressee }
event-message_delivered = Уведомление доставлено, адресат: { $addressee }
event-notice_acknowledged = Получение подтверждено, адресат: { $addressee }
event-addressee_silent = ТРЕВОГА: нет подтверждения получения и цепочка исчерпана, адресат: { $addressee }
event-assessed_facts = Новая оценка: изменились факты
event-assessed_absorbed = Оценка передана государствам, пришедшим из объединённого инцидента
event-message_sending = Отправка: { $addressee }, попытка { $attempt }
event-message_sent = Передано для доставки: { $addressee }
event-message_read = Уведомление открыто сотрудником: { $addressee }
event-message_failed = Не доставлено: { $addressee } ({ $detail })
event-call_recorded = Записан звонок: { $addressee }
event-escalated_to_instance = Извещён дежурный этого сервера: { $addressee ->
    [none] по сообщению никто не принял решения
   *[other] { $addressee } не отвечает или недоступен
}
event-facts_changed = Изменились факты: { $count ->
    [one] { $count } пункт
    [few] { $count } пункта
   *[other] { $count } пунктов
}
event-state_changed = Состояние инцидента: { $state }
event-type_changed = Инцидент теперь отнесён к виду: { $type }
event-significance_changed = Значительное неблагоприятное воздействие: { $likelihood }
event-change_proposed = Изменение ожидает решения второго лица
event-proposal_decided = { $approved ->
    [yes] Второе лицо одобрило изменение
   *[no] Предложенное изменение возвращено или не решено в срок
}
event-addressees_named = Названы адресаты: { $addressees }
event-run_started = Начата работа по «{ $playbook }»
event-deed_recorded = Шаг «{ $step }»: { $what }
event-step_overdue = Шаг «{ $step }» просрочен
event-playbook_adopted = Работа по «{ $playbook }» идёт отныне по другому тексту
event-role_recorded = Роль «{ $role }»: { $what }
event-run_ended = Выполнение завершено
event-left_open = Что остаётся открытым при завершении инцидента
event-sharing_changed = { $shared ->
    [yes] Извещённые государства видят, кто ещё извещён
   *[no] Извещённые государства не видят, кто ещё извещён
}
event-absorbed = Инцидент { $reference } продолжается в этом
event-merged_into = Этот инцидент продолжается под номером { $reference }
event-consultation_opened = Открыты консультации: { $addressee }
event-consultation_said = Высказывание в консультациях: { $addressee }
event-measures_agreed = Согласованы меры: { $addressee }
event-consultation_closed = Консультации завершены: { $addressee }
event-response_recorded = Получен ответ: { $addressee }
event-state_assessed = Собственная оценка воздействия: { $addressee }
event-liability_recorded = Записаны операторы, ущерб, меры или затраты: { $addressee }
event-note_added = Заметка
event-arrival_possible = С этого времени организм мог попасть в: { $addressee }
event-words_erased = Из события { $event } стёрты слова человека
event-erased = Запись стёрта по решению, занесённому в журнал

### Types of incidents
type-unintentional = непреднамеренное трансграничное перемещение (статья 17)
type-illegal = незаконное трансграничное перемещение (статья 25)
type-domestic = пересечение границы не ожидается
type-unclassified = ещё не отнесён ни к одному виду

### Likelihood
likelihood-likely = вероятно
likelihood-unlikely = маловероятно
likelihood-unknown = неизвестно; считается вероятным

### Compass
bearing-n = север
bearing-ne = северо-восток
bearing-e = восток
bearing-se = юго-восток
bearing-s = юг
bearing-sw = юго-запад
bearing-w = запад
bearing-nw = северо-запад

### The sheet of an assessment
sheet-place = Место
sheet-points = точек: { $count }
sheet-line = линия, положений: { $count }
sheet-area = участок, положений: { $count }
sheet-whole = всё государство
sheet-uncertain = известно с точностью до { $distance }
sheet-lies_in = Находится в
sheet-no_one_state = ни в одном государстве отдельно; затронутые указаны ниже
sheet-no_state = ни на чьей суше: в море или неизвестно
sheet-organism = Организм
sheet-released = Высвобождение
sheet-reach = Дальность
sheet-reach_far = половина в пределах { $p50 }, почти всё в пределах { $p95 }, наибольшая вероятная { $max }
sheet-reach_none = собственного расстояния нет
sheet-implied = следует из утечки или рассыпания
sheet-widest = наибольшая применимая: организм или путь неизвестны
sheet-grade = доказательства: { $grade }
sheet-states = Государства в пределах досягаемости или затронутые
sheet-no_states = Других государств в пределах досягаемости нет.
sheet-excluded = Не оповещаются, начиная с ближайшего
sheet-hotspots = «Горячие точки» биоразнообразия в пределах досягаемости
sheet-no_hotspots = «Горячих точек» биоразнообразия в пределах досягаемости нет.
sheet-centres = Центры происхождения и дикие сородичи в этих государствах
sheet-layers = Другие слои в пределах досягаемости
sheet-approximate = Нанесено приблизительно: граница может отклоняться до { $distance }.
sheet-gaps = Не указано или сомнительно
sheet-data = Данные
sheet-status = Включение или невключение государства или района не означает какой-либо позиции относительно статуса территории. Правило ближайшего берега не является правовым разграничением.
sheet-exactness = Расстояния указаны не точнее, чем известны карта и место.
column-state = Государство
column-hotspot = «Горячая точка»
column-layer = Слой
column-ring = Кольцо
column-distance = Расстояние
column-bearing = Направление
column-arrival = Не ранее
column-why = Почему
mark-touched = касается
mark-p50 = p50
mark-p95 = p95
mark-max = макс.
mark-cannot_exclude = не исключено
mark-named = названо
bearing-meridian = вдоль { $meridian }
arrival-at_once = сразу
arrival-hours = через { $count } ч
arrival-days = через { $count } сут

### What was done about a step of a run
deed-done = выполнен
deed-round = один круг выполнен
deed-skipped = пропущен
deed-signed_off = согласован
deed-noted = отмечено
deed-undone = отменён
deed-evidence_kept = доказательство сохранено
deed-evidence_handed_over = доказательство передано
deed-evidence_withdrawn = доказательство отозвано
deed-step_added = шаг добавлен
deed-role_offered = предложена
deed-role_taken = принята
deed-role_laid_down = сложена
