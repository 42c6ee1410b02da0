### Machine-translated; to be checked by a person.
### Pages: the situation report
tab-situation = Сводка
tab-review = Разбор
situation-title = Сводка об обстановке
situation-printed = Составлено { $when }: { $who }.
situation-languages = Язык этой сводки
situation-instance = дежурный этого сервера
situation-conditions = Обстановка
situation-assessed = Оценка
situation-not_assessed = Этой учётной записи не открыта ни одна оценка.
situation-article = Что известно (статья 17.3)
situation-none_said = Этой учётной записи ничего из этого не открыто.
situation-item = Пункт
situation-known = Насколько известно
situation-said = Что сообщено
situation-from = Откуда известно
situation-actions = Действия
situation-told = Оповещённые государства и организации
situation-told_none = Пока никто не оповещён.
situation-runs = Планы действий
situation-needs = Что требуется
situation-decision = Следующее решение:
situation-decision_none = не ожидается.
situation-alarms = Нет связи
situation-alarms_none = О недоступных адресатах не известно.
situation-owed = Ожидаются ответы
situation-owed_none = Нет.
situation-steps = Открытые шаги
situation-steps_none = Открытых шагов нет.
situation-step = Шаг
situation-role = Роль
situation-state = Состояние
situation-step_late = просрочен
situation-step_open = открыт
situation-step_proof = сделан, ждёт подтверждения или другого лица
situation-latest = Последние записи хронологии
situation-entries = { $number ->
    [one] В хронологии { $number } запись; здесь не более двадцати последних.
    [few] В хронологии { $number } записи; здесь не более двадцати последних.
   *[other] В хронологии { $number } записей; здесь не более двадцати последних.
}
situation-log = Журнал { $log }, новейшая запись { $head }.
data-set = Набор данных
data-version = Версия
data-date = Дата

### Deadlines
deadline-title = Сроки
deadline-none = Ни один срок ещё не соблюдён и не пропущен.
deadline-still_open = Открытых сроков: { $number }. Ближайший наступает
deadline-waiting = Открытые сроки
deadline-what = Что
deadline-due = Срок
deadline-met_at = Сделано
deadline-standing = Вовремя?
deadline-acknowledgement = { $of }: подтверждение получения
deadline-verification = Сообщение подтверждено или нет
deadline-second_person = Второе лицо решает по предложению { $number }
deadline-gap = Дополнить: { $gap }
deadline-step = Шаг { $step }: { $title }
deadline-met = вовремя, за { $span } до срока
deadline-late = с опозданием на { $span }
deadline-missed = не сделано, опоздание { $span }
deadline-open = открыто, осталось { $span }
span-less = менее минуты
span-minutes = { $minutes } мин
span-hours = { $hours } ч { $minutes } мин
span-days = { $days } дн { $hours } ч

### Pages: the review
review-kinds = Показываемые виды записей
review-at = Кто о чём был оповещён в этот момент (UTC)
review-at_unread = Этот момент не читается. Пишите так: 2026-03-02T14:30, по всемирному времени.
review-show = Показать
review-timeline = Хронология
review-counted = Записей: { $all }; { $hidden ->
    [0] выбор видов не скрывает ни одной
   *[other] скрыто выбором видов: { $hidden }
}{ $elsewhere ->
    [0] .
   *[other] ; на других страницах: { $elsewhere }.
}
review-clocks = Сверху всемирное время (UTC), снизу время: { $state }.
review-clocks_unknown = Время всемирное (UTC); { $state }: действует несколько времён или ни одно здесь не известно.
review-clocks_universal = Время всемирное (UTC).
review-occurred = Произошло
review-known = Стало известно
review-recorded = Записано
review-entry = Что
review-afterwards = внесено позже
review-who = Кто о чём был оповещён на
review-first = Оповещён впервые
review-farthest = Как далеко дошло
review-messages = Сообщения
review-read = прочесть отправленное
review-not_told = не оповещён
review-sent = Отправлено:
review-sound = Текст соответствует отпечатку в журнале:
review-unsound = Текст НЕ соответствует отпечатку в журнале:
review-export = Выгрузить файлом
review-export_why = Выгрузка записывается в журнал доступа.
strand-facts = факты
strand-decisions = решения
strand-reach = кто в пределах досягаемости
strand-notices = уведомления
strand-sending = отправка
strand-answers = ответы
strand-work = планы действий
strand-notes = заметки и учёт
message-pending = ждёт отправки
message-sending = отправляется
message-sent = передано
message-delivered = доставлено
message-read = открыто
message-failed-retrying = сбой, будет повтор
message-failed = сбой
message-superseded = заменено более новым

### Pages: statistics
statistics-title = Статистика
statistics-year = Открыты в году
statistics-all = все
statistics-number = Число
statistics-counted = Учтено инцидентов: { $counted }; { $hidden ->
    [0] выбор не исключает ни одного.
   *[other] исключено выбором: { $hidden }.
}
statistics-own = Учтены только инциденты, которые может видеть эта учётная запись.
statistics-few = n = { $number }: слишком мало, чтобы судить.
statistics-state = Состояние инцидентов
statistics-state_head = Состояние
statistics-type = Виды
statistics-type_head = Вид
statistics-kind_unintentional = непреднамеренное (ст. 17)
statistics-kind_illegal = незаконное (ст. 25)
statistics-kind_domestic = внутреннее
statistics-kind_unclassified = не классифицировано
statistics-class = Классы
statistics-class_head = Класс
statistics-class_unknown = не известен
statistics-class_of = { $class }: { $name }
statistics-month = Открыто по месяцам
statistics-month_head = Месяц (UTC)
statistics-earlier = Открыто раньше этих месяцев: { $number }.
statistics-notice = От знания до уведомления
statistics-notice_head = От осведомлённости государства высвобождения до уведомления, по адресатам
statistics-acknowledgement = От уведомления до подтверждения
statistics-acknowledgement_head = От уведомления до подтверждения получения, по адресатам
statistics-up_to = до { $to }
statistics-between = свыше { $from }, до { $to }
statistics-over = свыше { $from }
statistics-hours = { $hours } ч
statistics-days = { $days } дн
statistics-median = Половина заняла не более { $median }, девять десятых не более { $nine }.
statistics-unknown = Не учтено, потому что не известно, с какого времени знало государство высвобождения: { $number }.
statistics-answers = Подтверждено вовремя
statistics-answers_head = Подтверждение
statistics-in_time = вовремя
statistics-late = с опозданием
statistics-missing = нет, срок прошёл
statistics-awaited = ожидается, срок не прошёл
statistics-share = { $percent } % вовремя, из { $decided } отвеченных или просроченных.
statistics-in_time_means = Вовремя: до первого напоминания.
statistics-unseen = Не учтено обязанностей, ответы по которым этой учётной записи не открыты: { $number }.
case-A = одичавшая масличная культура при перевозке
case-B = многолетняя трава или дерево
case-C = неодобренная трансформация в торговле семенами или зерном
case-D = самосев опыта
case-E = декоративное растение в торговле
case-F = центр происхождения
case-G = опыт с плодовой культурой
case-H = рыба
case-I = самоограничивающееся насекомое
case-J = генный драйв
case-K = микроорганизм
case-L = вирус
case-M = замкнутая система или перевозка
case-N = не известно или преднамеренно
