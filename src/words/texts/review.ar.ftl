### Machine-translated; to be checked by a person.
### Pages: the situation report
tab-situation = تقرير الحالة
tab-review = المراجعة
situation-title = تقرير الحالة
situation-printed = أُعد في { $when } من جانب { $who }.
situation-languages = لغة هذا التقرير
situation-instance = مناوب هذا الخادم
situation-conditions = الأوضاع
situation-assessed = التقييم
situation-not_assessed = لا تقييم متاحا لهذا الحساب.
situation-article = المعروف (المادة 17-3)
situation-none_said = لا شيء من ذلك متاح لهذا الحساب.
situation-item = البند
situation-known = درجة المعرفة
situation-said = ما ذُكر
situation-from = المصدر
situation-actions = الإجراءات
situation-told = الدول والمنظمات التي أُخطرت
situation-told_none = لم يُخطَر أحد بعد.
situation-runs = خطط العمل
situation-needs = الاحتياجات
situation-decision = القرار التالي:
situation-decision_none = لا قرار منتظرا.
situation-alarms = من تعذر الوصول إليهم
situation-alarms_none = لا يُعرف أحد تعذر الوصول إليه.
situation-owed = أجوبة منتظرة
situation-owed_none = لا شيء.
situation-steps = الخطوات المفتوحة
situation-steps_none = لا خطوة مفتوحة.
situation-step = الخطوة
situation-role = الدور
situation-state = وضعها
situation-step_late = متأخرة
situation-step_open = مفتوحة
situation-step_proof = أُنجزت وتنتظر دليلا أو شخصا آخر
situation-latest = آخر قيود التسلسل الزمني
situation-entries = عدد قيود التسلسل الزمني { $number }؛ ويرد هنا آخر عشرين منها على الأكثر.
situation-log = السجل { $log }، أحدث قيد { $head }.
data-set = مجموعة البيانات
data-version = الإصدار
data-date = التاريخ

### Deadlines
deadline-title = المواعيد النهائية
deadline-none = لم يُلتزم بأي موعد ولم يفت أي موعد بعد.
deadline-still_open = مواعيد مفتوحة عددها { $number }. أقربها
deadline-waiting = المواعيد المفتوحة
deadline-what = الأمر
deadline-due = الموعد
deadline-met_at = أُنجز
deadline-standing = في الموعد؟
deadline-acknowledgement = إقرار { $of } بالاستلام
deadline-verification = تأكيد البلاغ أو نفيه
deadline-second_person = قرار شخص ثان بشأن المقترح { $number }
deadline-gap = يلزم استكماله: { $gap }
deadline-step = الخطوة { $step }: { $title }
deadline-met = في الموعد، قبله بـ { $span }
deadline-late = تأخر { $span }
deadline-missed = لم يُنجز، تأخر { $span }
deadline-open = مفتوح، بقي { $span }
span-less = أقل من دقيقة
span-minutes = { $minutes } د
span-hours = { $hours } س { $minutes } د
span-days = { $days } ي { $hours } س

### Pages: the review
review-kinds = أنواع القيود المعروضة
review-at = من كان قد أُخطر وبماذا، في هذه اللحظة (UTC)
review-at_unread = تعذرت قراءة هذه اللحظة. اكتبوها هكذا: ⁦2026-03-02T14:30⁩، بالتوقيت العالمي.
review-show = عرض
review-timeline = التسلسل الزمني
review-counted = عدد القيود { $all }؛ { $hidden ->
    [0] لا يخفي اختيار الأنواع شيئا منها
   *[other] يخفي اختيار الأنواع منها { $hidden }
}{ $elsewhere ->
    [0] .
   *[other] ، وفي صفحات أخرى { $elsewhere }.
}
review-clocks = في الأعلى التوقيت العالمي (UTC)، وفي الأسفل توقيت { $state }.
review-clocks_unknown = الأوقات بالتوقيت العالمي (UTC)؛ في { $state } عدة توقيتات، أو لا يُعرف توقيتها هنا.
review-clocks_universal = الأوقات بالتوقيت العالمي (UTC).
review-occurred = حدث
review-known = عُلم
review-recorded = سُجل
review-entry = الأمر
review-afterwards = أُدخل لاحقا
review-who = من كان قد أُخطر وبماذا في
review-first = أول إخطار
review-farthest = إلى أين وصل
review-messages = الرسائل
review-read = قراءة ما أُرسل
review-not_told = لم يُخطَر
review-sent = ما أُرسل إلى
review-sound = النص يطابق البصمة في السجل:
review-unsound = النص لا يطابق البصمة في السجل:
review-export = استخراج في ملف
review-export_why = يُقيَّد كل استخراج في سجل الدخول.
strand-facts = وقائع
strand-decisions = قرارات
strand-reach = من هم في المدى
strand-notices = إشعارات
strand-sending = إرسال
strand-answers = أجوبة
strand-work = خطط العمل
strand-notes = ملاحظات وسجلات
message-pending = تنتظر الإرسال
message-sending = قيد الإرسال
message-sent = سُلمت للنقل
message-delivered = وصلت
message-read = فُتحت
message-failed-retrying = أخفقت وتُعاد المحاولة
message-failed = أخفقت
message-superseded = حلت محلها رسالة أحدث

### Pages: statistics
statistics-title = إحصاءات
statistics-year = سنة الفتح
statistics-all = الكل
statistics-number = العدد
statistics-counted = عدد الحوادث المحسوبة { $counted }؛ { $hidden ->
    [0] لا يستبعد الاختيار شيئا.
   *[other] يستبعد الاختيار { $hidden }.
}
statistics-own = لا تُحسب إلا الحوادث التي يجوز لهذا الحساب أن يراها.
statistics-few = ⁦n = { $number }⁩: أقل من أن يُستدل به على شيء.
statistics-state = وضع الحوادث
statistics-state_head = الوضع
statistics-type = الأنواع
statistics-type_head = النوع
statistics-kind_unintentional = غير مقصود (المادة 17)
statistics-kind_illegal = غير مشروع (المادة 25)
statistics-kind_domestic = داخلي
statistics-kind_unclassified = لم يُصنف بعد
statistics-class = الفئات
statistics-class_head = الفئة
statistics-class_unknown = غير معروفة
statistics-class_of = { $class }: { $name }
statistics-month = ما فُتح في كل شهر
statistics-month_head = الشهر (UTC)
statistics-earlier = فُتح قبل هذه الأشهر { $number }.
statistics-notice = من العلم إلى الإخطار
statistics-notice_head = من علم دولة الإطلاق إلى الإشعار، لكل مرسل إليه
statistics-acknowledgement = من الإخطار إلى الإقرار
statistics-acknowledgement_head = من الإشعار إلى الإقرار بالاستلام، لكل مرسل إليه
statistics-up_to = حتى { $to }
statistics-between = أكثر من { $from } وحتى { $to }
statistics-over = أكثر من { $from }
statistics-hours = { $hours } س
statistics-days = { $days } ي
statistics-median = لم يزد النصف على { $median }، ولم تزد تسعة أعشار على { $nine }.
statistics-unknown = استُبعد { $number } لأنه لا يُعرف متى علمت دولة الإطلاق.
statistics-answers = الإقرار في الموعد
statistics-answers_head = الإقرار
statistics-in_time = في الموعد
statistics-late = متأخر
statistics-missing = لم يرد وانقضى موعده
statistics-awaited = منتظر ولم ينقض موعده
statistics-share = في الموعد { $percent } ٪، من { $decided } ورد جوابها أو انقضى موعدها.
statistics-in_time_means = «في الموعد» ما ورد قبل أي تذكير.
statistics-unseen = استُبعد { $number } من الواجبات: لا يجوز لهذا الحساب أن يرى أجوبتها.
case-A = نبات زيتي انتشر من النقل
case-B = عشب معمر أو شجرة
case-C = حدث غير معتمد في تجارة البذور أو الحبوب
case-D = نبات تلقائي من تجربة
case-E = نبات زينة في التجارة
case-F = مركز منشأ
case-G = تجربة محصول فاكهة
case-H = أسماك
case-I = حشرة ذاتية الحد
case-J = دافع جيني
case-K = كائن دقيق
case-L = فيروس
case-M = استخدام معزول أو نقل
case-N = غير معروف أو متعمد
