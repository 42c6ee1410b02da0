### Machine-translated; to be checked by a person.
### Pages: at work
tab-evidence = Доказательства
evidence-kept = Что сохранено
evidence-none = Пока ничего не сохранено.
evidence-withdrawn = Больше не учитывается:
evidence-to = кому:
evidence-keep = Сохранить
evidence-keep_it = Сохранить
evidence-step = Для какого шага
evidence-kind = Что это
evidence-file = Файл
evidence-note = Что показывает, где взято
evidence-measured = Измерение
evidence-of = Чего
evidence-value = Значение
evidence-unit = Единица
evidence-custody = Записываются все, через чьи руки проходит
evidence-choose_step = Выберите, для какого шага.
evidence-not_a_number = Значение измерения — число.
step-sign_off = Согласовать (не тот, кто выполнил)
step-undo = Не действует: отменить
step-undo_help = Запись остаётся; зависевшие шаги снова открываются.
step-reason = Причина
step-keep_evidence = Сохранить доказательство
step-started_by = начал(а)
board-search = Искать
board-filter = Номер, организм или место
board-show = Показать
board-show_all = все
board-show_open = открытые
board-show_mine = что ждёт меня
board-hidden =
    { $count ->
        [one] Скрыт { $count } случай.
        [few] Скрыто { $count } случая.
        *[other] Скрыто { $count } случаев.
    }
board-show_all_link = Показать все
timeline-add = Добавить запись
timeline-text = Что произошло
timeline-when_help = Одна строка — одна запись. В начале может стоять время: 14:32 (UTC, сегодня или вчера), 2026-11-23 14:32 или 2026-11-23T14:32+01:00. Без времени — сейчас.
timeline-understood = Эти записи ({ $number }) поняты так. Нажмите ещё раз, чтобы добавить.
timeline-add_it = Добавить
live-on = в прямом режиме
live-reconnecting = переподключение…
live-changed = Есть изменения. Показать
live-behind = минут отставания
