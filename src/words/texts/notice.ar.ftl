# machine translation, not yet checked by a person

### Kinds of notices
notice-initial = إخطار أولي بموجب المادة 17 من بروتوكول قرطاجنة للسلامة الأحيائية
notice-illegal = إخطار أولي بنقل غير مشروع عبر الحدود (بروتوكول قرطاجنة للسلامة الأحيائية، المادة 25)
notice-follow_up = إخطار متابعة: حدث تغيير
notice-all_clear = انتهاء الإنذار: زال الخطر
notice-withdrawal = سحب: ما أُبلغتم به أُرسل خطأ
notice-closing = إغلاق: أُغلق ملف الحادث
notice-verification = طلب التحقق من بلاغ
notice-advisory = تنبيه: لم يتم التحقق منه
notice-reachability = اختبار الاتصال: لم يحدث شيء
notice-step_overdue = خطوة من خطة عمل متأخرة
notice-escalation = إلى الموظف المناوب: يرجى اتخاذ إجراء

### Kinds of notices, in the subject of a mail
subject-initial = إخطار أولي (المادة 17)
subject-illegal = إخطار أولي (المادة 25)
subject-follow_up = متابعة
subject-all_clear = انتهاء الإنذار
subject-withdrawal = سحب
subject-closing = مغلق
subject-verification = يرجى التحقق
subject-advisory = تنبيه لم يتم التحقق منه
subject-reachability = اختبار الاتصال
subject-step_overdue = خطوة متأخرة
subject-escalation = الموظف المناوب: يرجى اتخاذ إجراء
subject-reminder = تذكير
subject-mode_exercise = تمرين
subject-mode_test = اختبار

### What a notice says first
opening-initial = أُطلق كائن حي محور. وقد عبر حدودا أو قد يعبرها.
opening-illegal = عبر كائن حي محور حدودا، أو قد يعبرها، في نقل أُبلغ بأنه غير مشروع.
opening-follow_up = تغير ما أُبلغتم به عن هذا الحادث. يرد أولا ما تغير، ثم كل ما هو معروف الآن.
opening-all_clear = زال الخطر. ولا حاجة إلى تدابير أخرى.
opening-withdrawal = أُبلغتم بهذا الحادث خطأ. وما قيل فيه غير صحيح.
opening-closing = أُغلق ملف الحادث. وليس هذا انتهاء للإنذار: يعود إلى كل مرسل إليه أن يقدر ما إذا كانت التدابير لا تزال لازمة.
opening-verification = يفيد بلاغ بإطلاق كائن حي محور. ولم يؤكد ذلك بعد أي مسؤول. يرجى التبين من صحته، ثم تأكيده أو نفيه.
opening-advisory = يفيد بلاغ بأن كائنا حيا محورا أُطلق وقد يصل إليكم. ولم يتم التحقق من ذلك: لم يؤكده المسؤولون في المكان المذكور.
opening-reachability = هذه الرسالة لاختبار إمكان الاتصال بكم فقط. ولم يحدث شيء. يرجى الرد عليها كما تردون على رسالة حقيقية.
opening-step_overdue = هناك خطوات متأخرة من خطة العمل «{ $playbook }» التي ينفذها فريقكم، ولم يسجل أحد إنجازها. يرجى معالجة الأمر أو تسجيل ما أُنجز.
opening-escalation = لا رد، أو يتعذر الوصول إلى أي شخص: { $about }. يرجى الاتصال بأحد هناك بأنفسكم وتسجيل ذلك.
opening-undecided = لم يبت أحد في هذا البلاغ في الموعد. يرجى اتخاذ قرار: فتح ملف الحادث، أو تمديد المهلة مع ذكر السبب، أو سحبه.

### Why an addressee is told
why-release = يفيد البلاغ بأن ذلك وقع في نطاق ولايتكم، ولم يصدر البلاغ عن جهة الاتصال لديكم ولا عن سلطتكم.
why-instance = أنتم الموظف المناوب لهذا الخادم.
why-team = أنتم جهة اتصال للدولة التي ينفذ فريقها هذه الخطة. الخطوات المتأخرة:
late-step = { $step } (الموعد { $due })
why-contact = أنتم مدرجون كجهة اتصال.
why-told = سبق إبلاغكم بهذا الحادث.
why-union = تُبلَّغ دولة عضو في الاتحاد، والاتحاد نفسه طرف في البروتوكول.
why-organization = يرى المسؤولون عن هذا الحادث أن من المناسب إبلاغ منظمتكم.
why-named = يرى المسؤولون عن هذا الحادث أنكم قد تتأثرون به أو قد يعنيكم.
why-distance = أقرب نقطة: على مسافة { $distance } ({ $bearing }) من المكان؛ بدقة { $accuracy }.
why-distance_only = أقرب نقطة: على مسافة { $distance } من المكان؛ بدقة { $accuracy }.
why-ring = الحلقة: { $ring }.
why-arrival = أبكر وصول: { $time }.

### How well something is known
knowledge-known = معروف
knowledge-estimated = مقدر
knowledge-unknown = غير معروف
knowledge-withheld = معروف ومحجوب

### Addressees that are not States
addressee-BCH = غرفة تبادل معلومات السلامة الأحيائية
addressee-INSTANCE = الموظف المناوب للخادم { $instance }

### Headings
heading-why = سبب إبلاغكم
heading-changes = ما الذي تغير
heading-reason = السبب
heading-facts = ما هو معروف (المادة 17.3)
heading-notes = ملاحظات

### Labels
label-reference = الرقم المرجعي
label-to = إلى
label-from = من
label-issued = صدر في
label-state_of_release = دولة الإطلاق
label-type = نوع الحالة
label-status = الوضع
label-message = الرسالة
label-before = من قبل
label-now = الآن
label-source = المصدر
label-significance = الآثار الضارة الكبيرة
label-arrival = الوصول
label-reach = ما تفيد به الخريطة عنكم

### Sentences of a letter
letter-pair = { $label }: { $value }
letter-reminder = تذكير: لم يصل بعد إقراركم بالاستلام.
letter-ask = يرجى الإقرار بالاستلام قبل: { $time }.
letter-ask_local = يرجى الإقرار بالاستلام قبل: { $time } ({ $local }، { $zone }).
letter-no_ask = لا يُطلب إقرار بالاستلام.
letter-link = لقراءة هذه الرسالة والإقرار باستلامها، افتحوا:
letter-link_read = لقراءة هذه الرسالة، افتحوا:
letter-link_own = لا يصلح الرابط إلا لهذه الرسالة ولمكتبكم. يرجى عدم إعادة إرساله.
letter-account = للإقرار بالاستلام بحساب على هذا الخادم: POST { $path }
letter-verdict = للتأكيد أو النفي، لمن لديه حساب على هذا الخادم: POST { $path }
letter-voice = هاتفيا: أخبروا المتصل بأنكم استلمتموها، مع ذكر مكتبكم والرقم المرجعي.
letter-receipt = يعني الإقرار بالاستلام أنكم استلمتم الرسالة. ولا يعني الموافقة عليها.
letter-released = وقت الإطلاق (17.3 b)
letter-no_zone = { $said } (لم تُذكر المنطقة الزمنية)
letter-arrival_possible = ممكن من الآن
letter-nothing = لا شيء
letter-cut = [اختُصر هنا؛ عدد أحرف النص الكامل: { $count }]
letter-cut_link = [اختُصر هنا؛ عدد أحرف النص الكامل: { $count }؛ النص الكامل: { $link }]
letter-supersedes = تحل هذه الرسالة محل الرسالة { $message }.
letter-quoted = الأسطر التي تبدأ بالعلامة «>» هي كلمات من أبلغوا أو قرروا، كما كتبوها؛ وهي غير مترجمة.
letter-machine = تُرجم هذا النص آليا ولم يراجعه أي شخص. والعبرة بالنص الإنكليزي الوارد أدناه.
letter-english = النص الإنكليزي

### Still open as a case ends
heading-open = ما زال مفتوحا
open-notice = لم يتم إبلاغكم.
open-acknowledgement = لم يصل تأكيدكم بالاستلام.
open-consultation = لم يفتح معكم تشاور بموجب المادة 17.4.
open-consultation_closing = لم يغلق التشاور معكم.
open-gap = غير معروف: { $what }
letter-decide = يرجى تأكيد البلاغ أو نفيه قبل { $time }.
letter-decide_local = يرجى تأكيد البلاغ أو نفيه قبل { $time } ({ $local } في { $zone }).
