### Machine-translated; to be checked by a person.
### Pages: at work
tab-evidence = الأدلة
evidence-kept = ما حُفظ
evidence-none = لم يُحفظ شيء بعد.
evidence-withdrawn = لم يعد معتدا به:
evidence-to = إلى
evidence-keep = حفظ دليل
evidence-keep_it = احفظ
evidence-step = لأي خطوة
evidence-kind = ما هو
evidence-file = الملف
evidence-note = ماذا يُظهر وأين أُخذ
evidence-measured = قياس
evidence-of = لماذا
evidence-value = القيمة
evidence-unit = الوحدة
evidence-custody = يُسجَّل كل من يتسلمه
evidence-choose_step = اختاروا الخطوة التي يُحفظ لها.
evidence-not_a_number = قيمة القياس رقم.
step-sign_off = الموافقة (شخص غير المنفذ)
step-undo = لا يُعتد به: إلغاء
step-undo_help = يبقى السجل؛ وتُفتح ثانية الخطوات المبنية عليه.
step-reason = السبب
step-keep_evidence = حفظ دليل
step-started_by = بدأها
board-search = بحث
board-filter = الرقم المرجعي أو الكائن أو المكان
board-show = عرض
board-show_all = الكل
board-show_open = المفتوحة
board-show_mine = ما ينتظرني
board-hidden =
    { $count ->
        [zero] لا يُخفى أي حادث.
        [one] يُخفى حادث واحد.
        [two] يُخفى حادثان.
        [few] تُخفى { $count } حوادث.
        *[other] يُخفى { $count } حادثا.
    }
board-show_all_link = عرض الكل
timeline-add = إضافة قيد
timeline-text = ماذا حدث
timeline-when_help = كل سطر قيد. يجوز أن يسبقه وقت: ⁦14:32⁩ (بتوقيت UTC، اليوم أو أمس) أو ⁦2026-11-23 14:32⁩ أو ⁦2026-11-23T14:32+01:00⁩. ومن دونه: الآن.
timeline-understood = فُهمت هذه القيود ({ $number }) هكذا. اضغطوا ثانية لإضافتها.
timeline-add_it = أضف
live-on = مباشر
live-reconnecting = إعادة الاتصال…
live-changed = هناك تغيير. اعرضه
live-behind = دقيقة تأخر
