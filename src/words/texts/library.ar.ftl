### Machine-translated; to be checked by a person.
### Pages: the library of playbooks
page-playbooks = خطط الطوارئ
page-contacts = جهات الاتصال
page-exercises = التمارين
page-health = حالة الخدمة
playbooks-about = تدابير طوارئ مكتوبة. لا تكون خطط الاستجابة للطوارئ سرية أبدًا (المادة 21-6 (د)): لكل شخص أن يقرأها ويطبعها وينقلها.
playbooks-search = البحث في العناوين والملخصات والخطوات
playbooks-go = بحث
playbooks-all = عرض الكل
playbooks-count = { $count ->
    [0] لا توجد خطة تحتوي هذه الكلمات.
    [one] خطة واحدة.
    [two] خطتان.
    [few] { $count } خطط.
   *[other] { $count } خطة.
}
playbooks-hidden = { $count ->
    [one] يخفي البحث خطة أخرى.
    [two] يخفي البحث خطتين أخريين.
    [few] يخفي البحث { $count } خطط أخرى.
   *[other] يخفي البحث { $count } خطة أخرى.
}
playbooks-found_in = وُجد في هذه الخطوات:
playbook-steps = { $count ->
    [one] خطوة واحدة
    [two] خطوتان
    [few] { $count } خطوات
   *[other] { $count } خطوة
}
playbook-version = النسخة { $version }
playbook-back = كل الخطط
playbook-print = اطبع هذه الصفحة للعمل على الورق: لكل خطوة رمزها ومربع للتأشير. للحفظ ملفًا:
playbook-yaml = كما كُتبت (YAML)
playbook-cacao = لبرامج أخرى (CACAO 2.0)
playbook-roles = الأدوار
playbook-clocks = بدايات العدّ
playbook-clocks_about = تُحسب المواعيد من هذه اللحظات. لا تحدد المادة 17 ساعات: كل مدة هنا من اختيار المؤلفين.
playbook-what = الخطوات
translation-human = ترجمها إنسان.
translation-machine = ترجمة آلية لم يراجعها إنسان بعد. عند الشك يُعتد بالنص الإنكليزي.
translation-none = لم تُترجم إلى هذه اللغة: يُعرض النص بالإنكليزية.
translation-stale = { $count ->
    [one] نص واحد معروض بالإنكليزية لأنه تغيّر بعد ترجمته.
    [two] نصان معروضان بالإنكليزية لأنهما تغيّرا بعد ترجمتهما.
    [few] { $count } نصوص معروضة بالإنكليزية لأنها تغيّرت بعد ترجمتها.
   *[other] { $count } نصًا معروضًا بالإنكليزية لأنها تغيّرت بعد ترجمتها.
}
translation-missing = { $count ->
    [one] نص واحد معروض بالإنكليزية لأن أحدًا لم يترجمه.
    [two] نصان معروضان بالإنكليزية لأن أحدًا لم يترجمهما.
    [few] { $count } نصوص معروضة بالإنكليزية لأن أحدًا لم يترجمها.
   *[other] { $count } نصًا معروضًا بالإنكليزية لأن أحدًا لم يترجمها.
}
applies-for = لـ:
applies-when = متى:
applies-class = فئة الحادث:
applies-kind = نوع الكائن:
applies-pathway = عبر:
applies-incident = نوع الحادث:
applies-group = الكائنات:
applies-surroundings = المحيط:
applies-shared = فقط عندما تشغّلها خطة أخرى
applies-fallback = عندما لا يُعرف ما هو أنسب
audience-state_of_release = دولة الإطلاق
audience-affected_state = الدول المتأثرة أو التي قد تتأثر
audience-desk = المناوبون في هذا الخادم
organism_kind-plant = نبات
organism_kind-alga = طحلب
organism_kind-fish = سمك
organism_kind-insect = حشرة
organism_kind-mammal = ثديي
organism_kind-microorganism = كائن دقيق
organism_kind-virus = فيروس
organism_group-insect_pollinated = نباتات تلقحها الحشرات
organism_group-plant_other = نباتات أخرى
organism_group-insect_other = حشرات أخرى
organism_group-fish_other = أسماك أخرى
organism_group-fruit_flies = ذباب الفاكهة
organism_group-bacteria = بكتيريا
organism_group-microalgae = طحالب دقيقة
organism_group-rhdv = فيروس مرض نزف الأرانب
surroundings-airport = مطار
surroundings-animal_house = بيت حيوانات
surroundings-aquarium = حوض أسماك
surroundings-bait_area = منطقة طعوم
surroundings-canal = قناة
surroundings-centre_of_origin = مركز منشأ
surroundings-city = مدينة
surroundings-ditch = خندق
surroundings-estuary = مصب نهر
surroundings-facility = منشأة مغلقة
surroundings-fallow = أرض بور
surroundings-feed_mill = مطحنة أعلاف
surroundings-fermenter = مخمّر
surroundings-field = حقل
surroundings-field_cage = قفص حقلي
surroundings-field_trial = تجربة حقلية
surroundings-fish_farm = مزرعة أسماك
surroundings-forest = غابة
surroundings-former_trial = تجربة سابقة
surroundings-garden_centre = مركز بستنة
surroundings-golf_course = ملعب غولف
surroundings-greenhouse = دفيئة
surroundings-harbour = مرسى
surroundings-insectary = مربى حشرات
surroundings-island = جزيرة
surroundings-laboratory = مختبر
surroundings-lake = بحيرة
surroundings-landrace_field = حقل أصناف محلية
surroundings-mill = مطحنة
surroundings-net_pen = قفص شبكي
surroundings-nursery = مشتل
surroundings-open_pond = بركة مكشوفة
surroundings-orchard = بستان
surroundings-parcel = طرد
surroundings-plantation = مزرعة
surroundings-pond = بركة
surroundings-port = ميناء
surroundings-protected_area = منطقة محمية
surroundings-rail_yard = ساحة قطارات
surroundings-railway = سكة حديد
surroundings-release_site = موقع إطلاق
surroundings-research_station = محطة بحوث
surroundings-retail = تجارة تجزئة
surroundings-river = نهر
surroundings-road_accident = حادث طريق
surroundings-roadside = جانب طريق
surroundings-seed_field = حقل بذور
surroundings-seed_store = مخزن بذور
surroundings-shop = متجر
surroundings-silo = صومعة
surroundings-village = قرية
surroundings-warehouse = مستودع
surroundings-waste_water = مياه صرف
surroundings-wild_population = جماعة برية
delay-minute = { $count ->
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $count } دقائق
   *[other] { $count } دقيقة
}
delay-hour = { $count ->
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $count } ساعات
   *[other] { $count } ساعة
}
delay-day = { $count ->
    [one] يوم واحد
    [two] يومان
    [few] { $count } أيام
   *[other] { $count } يومًا
}
delay-week = { $count ->
    [one] أسبوع واحد
    [two] أسبوعان
    [few] { $count } أسابيع
   *[other] { $count } أسبوعًا
}
delay-month = { $count ->
    [one] شهر واحد
    [two] شهران
    [few] { $count } أشهر
   *[other] { $count } شهرًا
}
delay-year = { $count ->
    [one] سنة واحدة
    [two] سنتان
    [few] { $count } سنوات
   *[other] { $count } سنة
}
due-clock = { $delay }، اعتبارًا من «{ $clock }»
due-step = { $delay }، اعتبارًا من إتمام الخطوة { $step }
step_kind-decide = للقرار
step_kind-together = معًا
step_kind-repeat = يُكرَّر
step_kind-run_playbook = خطة أخرى
required-must = إلزامية
required-could = اختيارية
required-must_unless_documented = إلزامية، أو يُدوَّن السبب
sheet_step-due = الموعد:
sheet_step-runs = تشغّل:
sheet_step-when = فقط إذا:
sheet_step-after = بعد الخطوات:
sheet_step-members = تتكون من الخطوات:
sheet_step-cases = الأجوبة:
sheet_step-every = كل:
sheet_step-until = إلى أن:
sheet_step-evidence = الأدلة الواجب حفظها:
sheet_step-signoff = يوافق عليها آخرون:
sheet_step-survey = المسح:
sheet_step-sign = أُنجزت (الوقت، الاسم): …………………………………………
case-end = { $answer }: لا شيء بعدها هنا
case-opens = { $answer } ← { $steps }
evidence-plain = { $count } × { $kind }
evidence-with_hands = { $count } × { $kind }، مع تدوين كل تسليم
evidence-document = وثيقة
evidence-lab_report = تقرير مختبر
evidence-log = قيد في السجل
evidence-measurement = قياس
evidence-photo = صورة
evidence-sample = عينة
signoff-persons = { $count ->
    [one] شخص واحد غير المنفّذ
    [two] شخصان غير المنفّذ
    [few] { $count } أشخاص غير المنفّذ
   *[other] { $count } شخصًا غير المنفّذ
}
survey-samples = { $samples } عينة، كل منها: { $unit }، حتى الحلقة: { $ring }. تكشف نسبة { $prevalence } % بثقة { $confidence } %.
figure-unverified = غير متحقق منه
figure-calculated = محسوب
### Pages: contact points
contacts-about = من يجب إبلاغه، بحسب الدولة والمنظمة، وهل يمكن ذلك.
contacts-stale_after = { $days ->
   *[other] يُعدّ التأكيد قديمًا بعد { $days } يومًا.
}
contacts-silent_parties = { $count ->
    [0] لدى كل طرف من يمكن إبلاغه.
    [one] طرف واحد ليس لديه من يمكن إبلاغه.
    [two] طرفان ليس لديهما من يمكن إبلاغه.
    [few] { $count } أطراف ليس لديها من يمكن إبلاغه.
   *[other] { $count } طرفًا ليس لديها من يمكن إبلاغه.
}
contacts-see_silent = عرضها
contacts-search = الدولة أو المنظمة
contacts-show = عرض
contacts-show_all = الكل
contacts-show_silent = لا أحد يمكن إبلاغه
contacts-show_unconfirmed = لم تُؤكَّد قط
contacts-show_stale = تأكيدها قديم
contacts-show_no_article17 = لا جهة للمادة 17
contacts-show_well = كل شيء سليم
contacts-go = عرض
contacts-count = { $count ->
    [0] لا شيء يطابق.
   *[other] المعروض: { $count }.
}
contacts-hidden = { $count ->
   *[other] يخفي المرشّح: { $count }.
}
contacts-points = جهات الاتصال
contacts-confirmed = آخر تأكيد
contacts-matter = ما المشكلة
contacts-own = دولتك
contacts-instance = هذا الخادم
contacts-clearing_house = غرفة تبادل معلومات السلامة الأحيائية
contacts-back = كل جهات الاتصال
contacts-order = يُبلَّغون واحدًا بعد الآخر: بحسب النوع كما هو مبين هنا، وضمن النوع الواحد من هو في الدوام أولًا ثم الأحدث تأكيدًا.
contacts-none = لا توجد جهة اتصال مسجلة هنا.
contacts-not_yours = لا يجوز لهذا الحساب تغيير جهة الاتصال هذه
contacts-not_yours_help = يغيّر المديرون والمناوبون جهات الاتصال في دولتهم؛ ومن يتبعون الخادم يغيّرونها كلها.
contacts-changed_meanwhile = لم يُحفظ شيء: غيّر أحدهم جهة الاتصال هذه بعد أن رأيتها. انظر إليها ثانية ثم أكّد.
finding-no_contact_point = لا جهة اتصال: لا أحد يمكن إبلاغه
finding-no_usable_channel = لا وسيلة يستطيع هذا الخادم استعمالها: لا أحد يمكن إبلاغه
finding-unconfirmed = لم يتأكد أحد قط من أنها تجيب
finding-stale = آخر تأكيد قديم
finding-no_article17 = لا جهة للمادة 17
kind-ORG = مكتب منظمة
kind-DUTY = المناوب
channel-gone = قال مستقبِلها إنها زالت؛ لا تُستعمل
channel-not_served = لا يخدم هذا الخادم هذه القناة
contact-reads = تقرأ:
contact-staffed = الدوام:
contact-confirmed = أُكّدت:
contact-never = لم تُؤكَّد قط
contact-confirm = تأكدت من أنها تجيب
contact-change = تغيير
contact-new = إضافة جهة اتصال
contact-not_stored = لم يُحفظ شيء. صحّح ما يلي:
contact-stale = لم يُحفظ شيء: غيّرها أحدهم في الأثناء
contact-stale_help = هذه حالها الآن، وأدناه ما كتبته. احفظ ثانية ليحل محلها.
contact-kind = الغرض
contact-name = اسم المكتب
contact-ways = كيفية الوصول إليها، الأفضل أولًا
contact-ways_help = أفرغ ما يُراد حذفه. تأخذ القناة المباشرة معرّف حساب؛ ومعرّفك هو
contact-by = القناة
contact-way = العنوان أو الرقم
contact-again = قال مستقبِلها إنها زالت. استعملها ثانية.
contact-languages = اللغات التي تقرؤها، الأفضل أولًا (حرفان، مثل ar, en)
contact-hours = أوقات الدوام
contact-hours_help = اتركها كلها فارغة إن لم تُعرف أو إن كان هناك أحد دائمًا. نهاية قبل البداية تعني صباح اليوم التالي.
contact-from = من
contact-to = إلى
contact-zone = المنطقة الزمنية
contact-store = حفظ
contact-bad_kind = اختر الغرض.
contact-bad_name = أعطِ اسمًا من 1 إلى 300 حرف في سطر واحد.
contact-bad_email = أعطِ عنوان بريد إلكتروني مثل desk@example.org.
contact-bad_webhook = أعطِ عنوان https كاملًا مثل https://example.org/alerts.
contact-bad_number = أعطِ رقم هاتف أو فاكس مع رمز البلد مثل +33 1 23 45 67 89.
contact-bad_live = أعطِ معرّف حساب؛ معرّفك مكتوب بجانب الحقل.
contact-bad_way = اختر القناة.
contact-too_many = لا يُحفظ أكثر من 20 وسيلة.
contact-bad_languages = اكتب كل لغة بحرفين، 20 على الأكثر، مثل ar, en.
contact-bad_hours = أعطِ الأيام والبداية والنهاية ومنطقة زمنية مثل Africa/Nairobi، أو اتركها كلها فارغة.
contact-bad_addressee = لا يمكن تسجيل جهة اتصال لهذا المرسل إليه.
day-1 = الاثنين
day-2 = الثلاثاء
day-3 = الأربعاء
day-4 = الخميس
day-5 = الجمعة
day-6 = السبت
day-7 = الأحد
line-title = اختبار الخط
### Pages: exercises and the test of the line
exercises-about = يُدار التمرين كحادث حقيقي: البلاغ نفسه والإشعارات والمهل والخطط نفسها. تذكر كل صفحة وكل رسالة أنه تمرين، ولا يختلط أبدًا بالحوادث الحقيقية.
exercises-begin = يبدأ ببلاغ اختير له «تمرين»، ولا يمكن تغيير ذلك لاحقًا. ما يُقيَّم: من أُبلغ، ومن أقر بالاستلام، ومن فعل ذلك دون تذكير.
exercises-line_about = يرسل اختبار الخط رسالة تقول إن شيئًا لم يحدث وتطلب إقرارًا بالاستلام. يبيّن في وقت الهدوء من يمكن الوصول إليه؛ ومن يجيب يُعدّ مؤكَّدًا.
exercises-exercises = التمارين المنفذة
exercises-tests = اختبارات الخط
exercises-none = لا شيء حتى الآن.
drill-score = أقر { $acknowledged } من { $asked }، منهم { $in_time } دون تذكير. لا أحد يمكن إبلاغه: { $unreachable }.
drill-answered = أقرت دولتك بالاستلام.
drill-unanswered = لم تقر دولتك بالاستلام بعد.
drill-nobody = لم يلزم إبلاغ أحد.
drill-own_only = لا ترى إلا جواب دولتك.
drill-open = فتح الحادث
drill-answers = الأجوبة
drill-took = زمن الجواب
drill-remark = ملاحظة
rung-reminder = بعد تذكير
rung-next_contact = عبر جهة الاتصال التالية
rung-next_kind = عبر النوع التالي من جهات الاتصال
line-who = إلى من
line-chosen = إرسال إلى المختارين
line-everybody = { $count ->
   *[other] إرسال إلى الجميع ({ $count })
}
line-nobody = لم يُرسل شيء: اختر إلى من، أو أرسل إلى الجميع.
line-not_sent = لم يُرسل شيء. راجع الاختيار وأعد المحاولة.
line-sent = أُرسل اختبار الخط. لا يرى هذا الحساب الأجوبة؛ يراها المناوبون.
line-not_yours = لا يجوز لهذا الحساب إرسال اختبار للخط
line-not_yours_help = يرسله مديرو الخادم ومناوبوه. اطلبه من أحدهم.
### Pages: health
health-well = لا شيء يحتاج إلى أحد الآن.
health-hold = لا يخرج بريد ولا إشعار ويب منذ { $since }: استُعيد هذا الخادم من نسخة أُخذت في { $made }.
health-failed = { $count ->
    [one] رسالة واحدة لم تُسلَّم عبر قناتها.
    [two] رسالتان لم تُسلَّما عبر قناتهما.
    [few] { $count } رسائل لم تُسلَّم عبر قنواتها.
   *[other] { $count } رسالة لم تُسلَّم عبر قنواتها.
}
health-layer = تتعذر قراءة إحدى طبقات الخريطة، وتعمل الخريطة بدونها: { $layer }
health-clock = أُرجعت ساعة الجهاز { $seconds } ث. تحقق منها.
health-alarms = { $count ->
    [one] مرسل إليه واحد في حادث فعلي يتعذر الوصول إليه أو لا يجيب.
    [two] مرسل إليهما في حوادث فعلية يتعذر الوصول إليهما أو لا يجيبان.
    [few] { $count } مرسل إليهم في حوادث فعلية يتعذر الوصول إليهم أو لا يجيبون.
   *[other] { $count } مرسلًا إليه في حوادث فعلية يتعذر الوصول إليهم أو لا يجيبون.
}
health-no_duty_officer = ليس لهذا الخادم مناوب يمكن إبلاغه حين لا تجيب دولة.
health-gone = { $count ->
   *[other] قنوات لا تُستعمل لأن مستقبليها قالوا إنها زالت: { $count }.
}
health-hold_title = صندوق الصادر موقوف
health-hold_help = تبيّن ما أُرسل بين النسخة والفقدان: اسأل مرحّل البريد أو المستقبلين. ما تقول إنه أُرسل يُسجَّل كذلك، ويخرج الباقي فورًا.
health-made = أُنشئ
health-what_sent = ما الذي أُرسل؟
health-sent_until = كل ما أُنشئ حتى هذا الوقت:
health-until = الوقت (UTC)
health-sent_none = لا شيء: أرسل الكل الآن
health-release = سجّل وأطلق
health-release_unread = لم يتغير شيء: اختر ما أُرسل وأعطِ الوقت عند الحاجة.
health-alarms_title = مرسل إليهم يتعذر الوصول إليهم أو لا يجيبون
health-no_alarms = لا أحد.
health-incident = الحادث
health-since = منذ
health-server = هذا الخادم
health-waiting = رسائل لم تصل إلى أحد بعد
health-timers = مؤقتات مضبوطة
health-events = أحداث في السجل
health-log = السجل
health-backup = آخر نسخة احتياطية
health-backup_unknown = غير معروفة هنا: انظر الوقت في ملف MANIFEST لأحدث نسخة
health-backup_of = استُعيد من نسخة { $made }؛ ولا يُعرف هنا أحدث منها
health-version = إصدار البرنامج
health-now = وقت هذه الصفحة
