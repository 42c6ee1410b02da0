# machine translation, not yet checked by a person

### Kinds of notices
notice-initial = Первоначальное уведомление по статье 17 Картахенского протокола по биобезопасности
notice-illegal = Первоначальное уведомление о незаконном трансграничном перемещении (Картахенский протокол по биобезопасности, статья 25)
notice-follow_up = Дополнительное уведомление: есть изменения
notice-all_clear = Отбой: опасность миновала
notice-withdrawal = Отзыв: сообщённое вам было ошибкой
notice-closing = Закрытие: инцидент закрыт
notice-verification = Просьба проверить сообщение
notice-advisory = Предупреждение: НЕ ПРОВЕРЕНО
notice-reachability = Проверка связи: ничего не произошло
notice-escalation = Дежурному: просьба принять меры

### Kinds of notices, in the subject of a mail
subject-initial = Первоначальное уведомление (статья 17)
subject-illegal = Первоначальное уведомление (статья 25)
subject-follow_up = Дополнение
subject-all_clear = Отбой
subject-withdrawal = Отзыв
subject-closing = Закрыто
subject-verification = Просьба проверить
subject-advisory = Непроверенное предупреждение
subject-reachability = Проверка связи
subject-escalation = Дежурному: просьба принять меры
subject-reminder = Напоминание
subject-mode_exercise = УЧЕНИЯ
subject-mode_test = ПРОВЕРКА

### What a notice says first
opening-initial = Высвобожден живой изменённый организм. Он пересёк границу или может её пересечь.
opening-illegal = Живой изменённый организм пересёк границу или может её пересечь; сообщается, что перемещение незаконно.
opening-follow_up = То, что вам сообщалось об этом инциденте, изменилось. Сначала указано, что изменилось, затем всё, что известно теперь.
opening-all_clear = Опасность миновала. Дальнейшие меры не нужны.
opening-withdrawal = Об этом инциденте вам сообщили ошибочно. Сказанное в нём недействительно.
opening-closing = Инцидент закрыт. Это не отбой: нужны ли ещё меры, решает каждый адресат сам.
opening-verification = Сообщается о высвобождении живого изменённого организма. Никто из ответственных этого пока не подтвердил. Просьба выяснить, так ли это, и затем подтвердить или опровергнуть.
opening-advisory = Сообщается, что высвобожден живой изменённый организм, который может достичь вас. Это НЕ ПРОВЕРЕНО: ответственные в указанном месте этого не подтвердили.
opening-reachability = Этим сообщением лишь проверяется связь с вами. Ничего не произошло. Просьба ответить так, как вы ответили бы на настоящее.
opening-escalation = Нет ответа или связаться не удаётся, адресат: { $about }. Просьба самостоятельно связаться с кем-либо там и записать это.
opening-undecided = По этому сообщению никто не принял решения в срок. Просьба решить: завести инцидент, продлить срок с указанием причины или отозвать его.

### Why an addressee is told
why-release = Согласно сообщению, это произошло под вашей юрисдикцией; сообщение поступило не от вашего координационного центра и не от вашего органа.
why-instance = Вы дежурный этого сервера.
why-contact = Вы значитесь в списке координационных центров.
why-told = Об этом инциденте вам уже сообщалось.
why-union = Оповещается государство — член Союза, а сам Союз является Стороной Протокола.
why-organization = Ответственные за этот инцидент считают уместным сообщить вашей организации.
why-named = Ответственные за этот инцидент полагают, что он может затронуть или касаться вас.
why-distance = Ближайшая точка: { $distance } ({ $bearing }) от места; с точностью до { $accuracy }.
why-distance_only = Ближайшая точка: { $distance } от места; с точностью до { $accuracy }.
why-ring = Кольцо: { $ring }.
why-arrival = Прибытие не ранее: { $time }.

### How well something is known
knowledge-known = известно
knowledge-estimated = по оценке
knowledge-unknown = неизвестно
knowledge-withheld = известно, но не раскрывается

### Addressees that are not States
addressee-BCH = Механизм посредничества по биобезопасности
addressee-INSTANCE = дежурный сервера { $instance }

### Headings
heading-why = ПОЧЕМУ ВАС ОПОВЕЩАЮТ
heading-changes = ЧТО ИЗМЕНИЛОСЬ
heading-reason = ПРИЧИНА
heading-facts = ЧТО ИЗВЕСТНО (статья 17.3)
heading-notes = ПРИМЕЧАНИЯ

### Labels
label-reference = Номер
label-to = Кому
label-from = От
label-issued = Выпущено
label-state_of_release = Государство высвобождения
label-type = Вид случая
label-status = Состояние
label-message = Сообщение
label-before = было
label-now = стало
label-source = Источник
label-significance = Значительное неблагоприятное воздействие
label-arrival = Прибытие
label-reach = Что карта говорит о вас

### Sentences of a letter
letter-pair = { $label }: { $value }
letter-reminder = НАПОМИНАНИЕ: ваше подтверждение получения ещё не поступило.
letter-ask = Просьба подтвердить получение до: { $time }.
letter-ask_local = Просьба подтвердить получение до: { $time } ({ $local }, { $zone }).
letter-no_ask = Подтверждать получение не требуется.
letter-link = Чтобы прочитать это сообщение и подтвердить получение, откройте:
letter-link_read = Чтобы прочитать это сообщение, откройте:
letter-link_own = Ссылка действует только для этого сообщения и вашей службы. Просьба не передавать её.
letter-account = Чтобы подтвердить получение с учётной записью на этом сервере: POST { $path }
letter-verdict = Чтобы подтвердить или опровергнуть, при наличии учётной записи на этом сервере: POST { $path }
letter-voice = По телефону: скажите звонящему, что получили его, и назовите свою службу и номер.
letter-receipt = Подтверждение означает, что вы получили сообщение. Оно не означает согласия с ним.
letter-released = Когда произошло высвобождение (17.3 b)
letter-no_zone = { $said } (часовой пояс не указан)
letter-arrival_possible = возможно с этого времени
letter-nothing = ничего
letter-cut = [здесь сокращено; знаков в полном тексте: { $count }]
letter-cut_link = [здесь сокращено; знаков в полном тексте: { $count }; полный текст: { $link }]
letter-supersedes = Это сообщение заменяет сообщение { $message }.
letter-quoted = Строки, которые начинаются с «>», — слова тех, кто сообщил или решил, как они написаны; они не переведены.
letter-machine = Этот текст переведён машиной, и никто его не проверял. Преимущественную силу имеет английский текст ниже.
letter-english = АНГЛИЙСКИЙ ТЕКСТ

### Still open as a case ends
heading-open = ОСТАЁТСЯ ОТКРЫТЫМ
open-notice = Вы не были уведомлены.
open-acknowledgement = Ваше подтверждение не поступило.
open-consultation = Консультация с вами по статье 17.4 не была открыта.
open-consultation_closing = Консультация с вами не закрыта.
open-gap = Неизвестно: { $what }
letter-decide = Подтвердите или опровергните сообщение до { $time }.
letter-decide_local = Подтвердите или опровергните сообщение до { $time } ({ $local } в { $zone }).
