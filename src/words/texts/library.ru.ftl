### Machine-translated; to be checked by a person.
### Pages: the library of playbooks
page-playbooks = Планы действий
page-contacts = Контакты
page-exercises = Учения
page-health = Состояние
playbooks-about = Письменные чрезвычайные меры. Планы чрезвычайного реагирования никогда не бывают конфиденциальными (статья 21.6 d): каждый может их читать, печатать и передавать.
playbooks-search = Искать в названиях, описаниях и шагах
playbooks-go = Искать
playbooks-all = Показать все
playbooks-count = { $count ->
    [0] Нет планов с этими словами.
    [one] { $count } план.
    [few] { $count } плана.
   *[other] { $count } планов.
}
playbooks-hidden = { $count ->
    [one] Поиск скрывает ещё { $count } план.
    [few] Поиск скрывает ещё { $count } плана.
   *[other] Поиск скрывает ещё { $count } планов.
}
playbooks-found_in = Найдено в этих шагах:
playbook-steps = { $count ->
    [one] { $count } шаг
    [few] { $count } шага
   *[other] { $count } шагов
}
playbook-version = версия { $version }
playbook-back = Все планы
playbook-print = Распечатайте страницу, чтобы работать на бумаге: у каждого шага есть код и клетка для отметки. Сохранить файлом:
playbook-yaml = как написано (YAML)
playbook-cacao = для других программ (CACAO 2.0)
playbook-roles = Роли
playbook-clocks = Отсчёт времени
playbook-clocks_about = Сроки отсчитываются от этих моментов. Статья 17 не называет часов: каждый срок здесь выбран авторами.
playbook-what = Шаги
translation-human = Переведено человеком.
translation-machine = Машинный перевод, ещё не проверенный человеком. При сомнении действует английский текст.
translation-none = Не переведено на этот язык: текст показан по-английски.
translation-stale = { $count ->
    [one] { $count } текст показан по-английски: он изменён после перевода.
    [few] { $count } текста показаны по-английски: они изменены после перевода.
   *[other] { $count } текстов показаны по-английски: они изменены после перевода.
}
translation-missing = { $count ->
    [one] { $count } текст показан по-английски: он не переведён.
    [few] { $count } текста показаны по-английски: они не переведены.
   *[other] { $count } текстов показаны по-английски: они не переведены.
}
applies-for = Для:
applies-when = Когда:
applies-class = Класс инцидента:
applies-kind = Вид организма:
applies-pathway = Путь:
applies-incident = Тип инцидента:
applies-group = Организмы:
applies-surroundings = Место:
applies-shared = только когда его запускает другой план
applies-fallback = когда ничего более подходящего не известно
audience-state_of_release = государство высвобождения
audience-affected_state = затронутые или потенциально затронутые государства
audience-desk = дежурные этого сервера
organism_kind-plant = растение
organism_kind-alga = водоросль
organism_kind-fish = рыба
organism_kind-insect = насекомое
organism_kind-mammal = млекопитающее
organism_kind-microorganism = микроорганизм
organism_kind-virus = вирус
organism_group-insect_pollinated = растения, опыляемые насекомыми
organism_group-plant_other = другие растения
organism_group-insect_other = другие насекомые
organism_group-fish_other = другие рыбы
organism_group-fruit_flies = плодовые мухи
organism_group-bacteria = бактерии
organism_group-microalgae = микроводоросли
organism_group-rhdv = вирус геморрагической болезни кроликов
surroundings-airport = аэропорт
surroundings-animal_house = виварий
surroundings-aquarium = аквариум
surroundings-bait_area = место раскладки приманок
surroundings-canal = канал
surroundings-centre_of_origin = центр происхождения
surroundings-city = город
surroundings-ditch = канава
surroundings-estuary = эстуарий
surroundings-facility = закрытый объект
surroundings-fallow = пар
surroundings-feed_mill = комбикормовый завод
surroundings-fermenter = ферментёр
surroundings-field = поле
surroundings-field_cage = полевая клетка
surroundings-field_trial = полевое испытание
surroundings-fish_farm = рыбоводная ферма
surroundings-forest = лес
surroundings-former_trial = бывшее испытание
surroundings-garden_centre = садовый центр
surroundings-golf_course = поле для гольфа
surroundings-greenhouse = теплица
surroundings-harbour = гавань
surroundings-insectary = инсектарий
surroundings-island = остров
surroundings-laboratory = лаборатория
surroundings-lake = озеро
surroundings-landrace_field = поле местных сортов
surroundings-mill = мельница
surroundings-net_pen = садок
surroundings-nursery = питомник
surroundings-open_pond = открытый бассейн
surroundings-orchard = сад
surroundings-parcel = посылка
surroundings-plantation = плантация
surroundings-pond = пруд
surroundings-port = порт
surroundings-protected_area = охраняемая территория
surroundings-rail_yard = железнодорожная станция
surroundings-railway = железная дорога
surroundings-release_site = место высвобождения
surroundings-research_station = опытная станция
surroundings-retail = розничная торговля
surroundings-river = река
surroundings-road_accident = дорожная авария
surroundings-roadside = обочина
surroundings-seed_field = семеноводческое поле
surroundings-seed_store = склад семян
surroundings-shop = магазин
surroundings-silo = элеватор
surroundings-village = деревня
surroundings-warehouse = склад
surroundings-waste_water = сточные воды
surroundings-wild_population = дикая популяция
delay-minute = { $count ->
    [one] { $count } минута
    [few] { $count } минуты
   *[other] { $count } минут
}
delay-hour = { $count ->
    [one] { $count } час
    [few] { $count } часа
   *[other] { $count } часов
}
delay-day = { $count ->
    [one] { $count } день
    [few] { $count } дня
   *[other] { $count } дней
}
delay-week = { $count ->
    [one] { $count } неделя
    [few] { $count } недели
   *[other] { $count } недель
}
delay-month = { $count ->
    [one] { $count } месяц
    [few] { $count } месяца
   *[other] { $count } месяцев
}
delay-year = { $count ->
    [one] { $count } год
    [few] { $count } года
   *[other] { $count } лет
}
due-clock = { $delay }, отсчёт от «{ $clock }»
due-step = { $delay }, отсчёт от завершения шага { $step }
step_kind-decide = решить
step_kind-together = вместе
step_kind-repeat = повторять
step_kind-run_playbook = другой план
required-must = обязательно
required-could = по возможности
required-must_unless_documented = обязательно, или записать причину
sheet_step-due = Срок:
sheet_step-runs = Запускает:
sheet_step-when = Только если:
sheet_step-after = После шагов:
sheet_step-members = Состоит из шагов:
sheet_step-cases = Ответы:
sheet_step-every = Каждые:
sheet_step-until = Пока не:
sheet_step-evidence = Сохранить доказательства:
sheet_step-signoff = Подтверждают другие:
sheet_step-survey = Обследование:
sheet_step-sign = Выполнено (время, имя): …………………………………………
case-end = { $answer }: здесь больше ничего
case-opens = { $answer } → { $steps }
evidence-plain = { $count } × { $kind }
evidence-with_hands = { $count } × { $kind }, с записью каждой передачи
evidence-document = документ
evidence-lab_report = лабораторный отчёт
evidence-log = запись в журнале
evidence-measurement = измерение
evidence-photo = фотография
evidence-sample = образец
signoff-persons = { $count ->
    [one] { $count } человек, не исполнитель
    [few] { $count } человека, не исполнитель
   *[other] { $count } человек, не исполнитель
}
survey-samples = { $samples } образцов, каждый: { $unit }, до кольца: { $ring }. Доля { $prevalence } % обнаруживается с достоверностью { $confidence } %.
figure-unverified = не проверено
figure-calculated = рассчитано
### Pages: contact points
contacts-about = Кого нужно уведомлять, по государствам и организациям, и возможно ли это.
contacts-stale_after = { $days ->
   *[other] Подтверждение считается устаревшим через { $days } дн.
}
contacts-silent_parties = { $count ->
    [0] У каждой Стороны есть кого уведомить.
    [one] У { $count } Стороны некого уведомить.
   *[other] У { $count } Сторон некого уведомить.
}
contacts-see_silent = Показать
contacts-search = Государство или организация
contacts-show = Показать
contacts-show_all = все
contacts-show_silent = некого уведомить
contacts-show_unconfirmed = ни разу не подтверждены
contacts-show_stale = подтверждены слишком давно
contacts-show_no_article17 = нет контакта по статье 17
contacts-show_well = всё в порядке
contacts-go = Показать
contacts-count = { $count ->
    [0] Ничего не подходит.
   *[other] Показано: { $count }.
}
contacts-hidden = { $count ->
   *[other] Фильтр скрывает: { $count }.
}
contacts-points = Контактные пункты
contacts-confirmed = Последнее подтверждение
contacts-matter = Что не так
contacts-own = ваше
contacts-instance = Этот сервер
contacts-clearing_house = Механизм посредничества по биобезопасности
contacts-back = Все контакты
contacts-order = Их уведомляют по очереди: по видам в этом порядке; внутри вида сначала тех, кто на месте, затем подтверждённых последними.
contacts-none = Контактных пунктов здесь нет.
contacts-not_yours = Эта учётная запись не может менять этот контактный пункт
contacts-not_yours_help = Администраторы и дежурные меняют контактные пункты своего государства; сотрудники сервера — все.
contacts-changed_meanwhile = Ничего не сохранено: этот контактный пункт изменили после того, как вы его видели. Посмотрите ещё раз и подтвердите.
finding-no_contact_point = нет контактного пункта: некого уведомить
finding-no_usable_channel = нет способа, доступного этому серверу: некого уведомить
finding-unconfirmed = никто не проверял, отвечает ли он
finding-stale = подтверждено слишком давно
finding-no_article17 = нет контакта по статье 17
kind-ORG = бюро организации
kind-DUTY = дежурный
channel-gone = получатель сообщил, что его больше нет; не используется
channel-not_served = этот сервер не обслуживает этот канал
contact-reads = Читает:
contact-staffed = Работает:
contact-confirmed = Подтверждено:
contact-never = Ни разу не подтверждено
contact-confirm = Я проверил: отвечает
contact-change = Изменить
contact-new = Добавить контактный пункт
contact-not_stored = Ничего не сохранено. Исправьте:
contact-stale = Ничего не сохранено: за это время его изменили
contact-stale_help = Так он выглядит сейчас; ниже — то, что вы ввели. Сохраните ещё раз, чтобы заменить.
contact-kind = Назначение
contact-name = Название учреждения
contact-ways = Как связаться, лучший способ первым
contact-ways_help = Очистите то, что нужно убрать. Для прямого канала нужен идентификатор учётной записи; ваш:
contact-by = Канал
contact-way = Адрес или номер
contact-again = Получатель сообщил, что его больше нет. Использовать снова.
contact-languages = Языки, лучший первым (по две буквы, например ru, en)
contact-hours = Часы работы
contact-hours_help = Оставьте всё пустым, если это неизвестно или кто-то есть всегда. Конец раньше начала означает следующее утро.
contact-from = С
contact-to = До
contact-zone = Часовой пояс
contact-store = Сохранить
contact-bad_kind = Выберите назначение.
contact-bad_name = Дайте название от 1 до 300 знаков в одну строку.
contact-bad_email = Дайте адрес электронной почты, например desk@example.org.
contact-bad_webhook = Дайте полный адрес https, например https://example.org/alerts.
contact-bad_number = Дайте номер телефона или факса с кодом страны, например +33 1 23 45 67 89.
contact-bad_live = Дайте идентификатор учётной записи; ваш указан рядом с полем.
contact-bad_way = Выберите канал.
contact-too_many = Хранится не более 20 способов.
contact-bad_languages = Пишите языки двумя буквами, не более 20, например ru, en.
contact-bad_hours = Укажите дни, начало, конец и часовой пояс, например Africa/Nairobi, или оставьте всё пустым.
contact-bad_addressee = Для этого адресата нельзя ввести контактный пункт.
day-1 = понедельник
day-2 = вторник
day-3 = среда
day-4 = четверг
day-5 = пятница
day-6 = суббота
day-7 = воскресенье
line-title = Проверка связи
### Pages: exercises and the test of the line
exercises-about = Учение ведётся как настоящий инцидент: то же сообщение, те же уведомления, те же сроки и планы. Об этом говорит каждая страница и каждое послание, и с настоящими инцидентами ничего не смешивается.
exercises-begin = Оно начинается с сообщения, для которого выбрано «учение»; потом это не изменить. Оценивается: кого уведомили, кто подтвердил получение и кто сделал это без напоминания.
exercises-line_about = Проверка связи рассылает сообщение о том, что ничего не случилось, и просит подтвердить получение. Так в спокойное время видно, кто доступен; ответивший считается подтверждённым.
exercises-exercises = Проведённые учения
exercises-tests = Проверки связи
exercises-none = Пока нет.
drill-score = Подтвердили { $acknowledged } из { $asked }, из них без напоминания { $in_time }. Некого уведомить: { $unreachable }.
drill-answered = Ваше государство подтвердило получение.
drill-unanswered = Ваше государство ещё не подтвердило получение.
drill-nobody = Уведомлять было некого.
drill-own_only = Вы видите ответ только своего государства.
drill-open = Открыть инцидент
drill-answers = Ответы
drill-took = Время ответа
drill-remark = Примечание
rung-reminder = после напоминания
rung-next_contact = через следующий контактный пункт
rung-next_kind = через контактный пункт следующего вида
line-who = Кому
line-chosen = Отправить выбранным
line-everybody = { $count ->
   *[other] Отправить всем ({ $count })
}
line-nobody = Ничего не отправлено: выберите, кому, или отправьте всем.
line-not_sent = Ничего не отправлено. Проверьте выбор и попробуйте снова.
line-sent = Проверка связи отправлена. Эта учётная запись не видит ответов; их видят дежурные.
line-not_yours = Эта учётная запись не может отправить проверку связи
line-not_yours_help = Её отправляют администраторы и дежурные сервера. Обратитесь к ним.
### Pages: health
health-well = Сейчас ничего не требует внимания.
health-hold = С { $since } не уходят ни почта, ни вебхуки: сервер восстановлен из копии от { $made }.
health-failed = { $count ->
    [one] { $count } сообщение не доставлено по своему каналу.
    [few] { $count } сообщения не доставлены по своему каналу.
   *[other] { $count } сообщений не доставлены по своему каналу.
}
health-layer = Слой карты не читается, карта обходится без него: { $layer }
health-clock = Часы машины переведены назад на { $seconds } с. Проверьте их.
health-alarms = { $count ->
    [one] { $count } адресат настоящего инцидента недоступен или не отвечает.
    [few] { $count } адресата настоящих инцидентов недоступны или не отвечают.
   *[other] { $count } адресатов настоящих инцидентов недоступны или не отвечают.
}
health-no_duty_officer = У сервера нет дежурного, которого можно уведомить, когда государство не отвечает.
health-gone = { $count ->
   *[other] Не используется каналов, о которых получатели сообщили, что их больше нет: { $count }.
}
health-hold_title = Отправка приостановлена
health-hold_help = Выясните, что было отправлено между копией и потерей: спросите почтовый сервер или получателей. Названное отправленным так и записывается; остальное уходит сразу.
health-made = Создано
health-what_sent = Что было отправлено?
health-sent_until = Всё, что создано до этого времени:
health-until = Время (UTC)
health-sent_none = Ничего: отправить всё сейчас
health-release = Записать и возобновить
health-release_unread = Ничего не изменено: выберите, что было отправлено, и при необходимости укажите время.
health-alarms_title = Адресаты, которые недоступны или не отвечают
health-no_alarms = Нет.
health-incident = Инцидент
health-since = С
health-server = Этот сервер
health-waiting = Сообщения, ещё никого не достигшие
health-timers = Активные таймеры
health-events = Записей в журнале
health-log = Журнал
health-backup = Последняя резервная копия
health-backup_unknown = здесь неизвестно: смотрите время в файле MANIFEST последней копии
health-backup_of = восстановлено из копии от { $made }; более новые здесь неизвестны
health-version = Версия программы
health-now = Время этой страницы
