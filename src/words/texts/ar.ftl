# machine translation, not yet checked by a person

-protocol = بروتوكول قرطاجنة

### Pathways
pathway-pollen = حبوب اللقاح
pathway-seed = بذور تحملها الرياح أو المياه أو الحيوانات
pathway-vegetative = أجزاء نباتية
pathway-flight = الطيران
pathway-wind_borne = الرياح على ارتفاع
pathway-swimming = السباحة
pathway-water = الأنهار والتيارات
pathway-aerosol = الرذاذ والغبار
pathway-host_contact = التلامس بين العوائل
pathway-seed_spill = بذور متساقطة أثناء النقل
pathway-transport = النقل
pathway-trade = التجارة
pathway-unknown = مسار غير معروف

### Rings
ring-touched = يلامس المكان
ring-p50 = حيث يقع نصف التنقلات
ring-p95 = حيث تقع جميع التنقلات تقريبا
ring-max = أبعد مسافة معقولة
ring-cannot_exclude = لا يمكن الاستبعاد بمقياس هذه الخريطة
ring-named = مذكور بالاسم، أيا كانت المسافة
sector-in = يقع جزء منها في الاتجاه الذي تحمل إليه الرياح أو التيار الكائنَ.
sector-out = لا يقع أي جزء منها في الاتجاه الذي تحمل إليه الرياح أو التيار الكائنَ؛ ويبقى المدى كما هو.
season-in = أُطلق في شهر ينتقل فيه.
season-out = أُطلق خارج الأشهر التي ينتقل فيها عادةً؛ ويبقى المدى كما هو.
overlap = يقع فيها نحو { $percent } ٪ من المدى.
viability = يبقى حيًا أو خصبًا في الطريق نحو { $hours } ساعة.

### Reasons
reason-place_inside = المكان واقع ضمن هذا النطاق أو يلامسه.
reason-whole_state = المكان غير معروف، ولذلك تحل الدولة بأكملها محله.
reason-within_reach = على مسافة لا تتجاوز { $reach }، { $ring } (المسار: { $pathway }).
reason-cannot_exclude = أبعد من { $reach } (المسار: { $pathway })، لكن دقة الخريطة والمكان ليست أفضل من { $margin }: لا يمكن الاستبعاد.
reason-destination = مذكور كوجهة (المسار: { $pathway })؛ لا تنطبق أي مسافة.
reason-reported = يرى مقدم البلاغ أن هذه الدولة قد تتأثر.
reason-told_before = ورد اسم هذه الدولة في تقييم سابق، ولذلك يجب إخطارها؛ والخريطة الحالية وحدها لا تدل على ذلك.
reason-nearest_coast = يقع الساحل على مسافة لا تتجاوز 200 ميل بحري (قاعدة أقرب ساحل، وليست تعيينا قانونيا للحدود).
reason-relation = توجد صلة بمنطقة ضمن المدى ({ $area }: { $basis }). ولا ينطوي الإدراج على أي موقف بشأن وضع أي إقليم.
reason-beyond_reach = أبعد من { $reach }، وهو أقصى ما يبلغه أي مسار.
reason-no_destination_named = ينقله الأشخاص ({ $pathway })، ولم تذكر أي وجهة.

basis-administers = إدارة
basis-claims = مطالبة
basis-shared = تشارك
basis-undetermined = غير محدد
basis-international = ترتيب دولي

### Evidence
grade-A = عدة دراسات ميدانية
grade-B = دراسة ميدانية واحدة أو مسح واحد
grade-C = نموذج أو استدلال
grade-D = لم يتم التحقق منه

### Centres of origin and wild relatives
centre-origin = مركز منشأ { $species }
centre-diversity = مركز تنوع { $species }
centre-wild_relative = قريب بري: { $taxon } ({ $compatibility })
centre-in_area = { $finding }، في منطقة { $area }
compatibility-same_species = النوع نفسه
compatibility-crosses_readily = يتهجن بسهولة
compatibility-crosses_with_difficulty = يتهجن بصعوبة
compatibility-unknown = لا يعرف ما إذا كان يتهجن

### Gaps
gap-missing = لم يذكر شيء
gap-unknown = ذكر أنه غير معروف
gap-withheld = معلومات محجوبة
gap-no_zone = وقت بلا منطقة زمنية؛ قد يكون ذلك الوقت في أي مكان
gap-not_a_time = الكلمات لا تعطي وقتا
gap-future = الوقت المذكور في المستقبل
gap-unknown_state = غير مدرج في جدول الدول
gap-state_differs = يقع المكان في دولة غير الدولة المذكورة
gap-not_an_identifier = ليس على صيغة معرف منظمة التعاون والتنمية في الميدان الاقتصادي
gap-check_digit = رقم التحقق غير مطابق
gap-former_identifier = معرف سابق؛ يستخدم المعرف الحالي
gap-unknown_organism = الكائن غير مدرج في الجدول، ولذلك يؤخذ بأوسع مدى منطبق
gap-unknown_reach = لا يعرف مدى لهذا الكائن عبر هذا المسار، ولذلك يؤخذ بأوسع مدى منطبق
gap-route_needed = يلزم تحديد طريق
gap-destinations_needed = يلزم تحديد الوجهات
gap-doubtful_geometry = الشكل الهندسي مشكوك فيه؛ وقد استخدم رغم ذلك

field-organism = ما الذي جرى إطلاقه
field-place = المكان
field-released = وقت الإطلاق
field-known = متى علمتم به
field-pathways = كيف يمكن أن يتنقل
field-quantities = الكميات (17.3 a)
field-traits = الخصائص والسمات (17.3 a)
field-circumstances = الظروف (17.3 b)
field-use = الاستخدام في دولة المنشأ (17.3 b)
field-adverse_effects = الآثار الضارة المحتملة (17.3 c)
field-risk_management = التدابير الممكنة (17.3 c)
field-other = معلومات أخرى (17.3 d)
field-point_of_contact = جهة الاتصال (17.3 e)
field-affected_states = من قد يتأثر

### Contact points and channels
kind-CPB-A17-FP = جهة الاتصال المعنية بالمادة 17
kind-BCH-FP = نقطة الاتصال لغرفة تبادل المعلومات
kind-CPB-FP1 = نقطة الاتصال للبروتوكول
kind-CNA = السلطة الوطنية المختصة
kind-MISSION = البعثة الدبلوماسية
channel-live = قناة مباشرة
channel-email = البريد الإلكتروني
channel-webhook = استدعاء آلي عبر الويب (webhook)
channel-by_hand = الهاتف، باتصال شخصي
hop-no_channel = جرى التجاوز: لا توجد وسيلة للوصول
hop-channel_not_served = جرى التجاوز: هذا الخادم لا يخدم قنوات هذه الجهة

### Modes
mode-actual = حدث حقيقي
mode-exercise = تمرين — ليس حدثا حقيقيا
mode-test = اختبار — ليس حدثا حقيقيا

### States of an incident
state-under_verification = قيد التحقق
state-open = مفتوح
state-contained = تم احتواؤه
state-monitoring = قيد الرصد
state-closed = مغلق
state-withdrawn = مسحوب
state-merged = مدمج

### Events of a timeline
event-report_received = ورد بلاغ؛ { $gaps ->
    [0] لا ينقصه شيء
    [zero] لا ينقصه شيء
    [one] ثغرة واحدة
    [two] ثغرتان
    [few] { $gaps } ثغرات
    [many] { $gaps } ثغرة
   *[other] { $gaps } ثغرة
}
event-incident_opened = جرى فتح ملف الحادث { $reference }: { $state }
event-assessed = اكتمل التقييم: { $states ->
    [0] لا توجد دولة أخرى ضمن المدى
    [zero] لا توجد دولة أخرى ضمن المدى
    [one] دولة واحدة ضمن المدى
    [two] دولتان ضمن المدى
    [few] { $states } دول ضمن المدى
    [many] { $states } دولة ضمن المدى
   *[other] { $states } دولة ضمن المدى
}، { $hotspots ->
    [0] لا توجد نقاط ساخنة للتنوع البيولوجي
    [zero] لا توجد نقاط ساخنة للتنوع البيولوجي
    [one] نقطة ساخنة واحدة للتنوع البيولوجي
    [two] نقطتان ساخنتان للتنوع البيولوجي
    [few] { $hotspots } نقاط ساخنة للتنوع البيولوجي
    [many] { $hotspots } نقطة ساخنة للتنوع البيولوجي
   *[other] { $hotspots } نقطة ساخنة للتنوع البيولوجي
}
event-assessed_anew = أُجري تقييم جديد لأن بيانات الخريطة تغيرت ({ $layers }): { $states ->
    [0] لا توجد دولة أخرى ضمن المدى
    [zero] لا توجد دولة أخرى ضمن المدى
    [one] دولة واحدة ضمن المدى
    [two] دولتان ضمن المدى
    [few] { $states } دول ضمن المدى
    [many] { $states } دولة ضمن المدى
   *[other] { $states } دولة ضمن المدى
}، { $hotspots ->
    [0] لا توجد نقاط ساخنة للتنوع البيولوجي
    [zero] لا توجد نقاط ساخنة للتنوع البيولوجي
    [one] نقطة ساخنة واحدة للتنوع البيولوجي
    [two] نقطتان ساخنتان للتنوع البيولوجي
    [few] { $hotspots } نقاط ساخنة للتنوع البيولوجي
    [many] { $hotspots } نقطة ساخنة للتنوع البيولوجي
   *[other] { $hotspots } نقطة ساخنة للتنوع البيولوجي
}
event-playbook_chosen = خطط الاستجابة المختارة { $role ->
    [state_of_release] لدولة الإطلاق
   *[affected_state] للدول التي جرى إخطارها
}: { $playbooks }
event-verification_requested = طلب التحقق من البلاغ موجه إلى: { $addressee }
event-verification_decided = صدر القرار بشأن التحقق: { $state }
event-verification_overdue = انقضت مهلة التحقق: على الموظف المناوب لهذا الخادم أن يتخذ القرار
event-duty_identified = يجب توجيه إخطار إلى: { $addressee }
event-clearing_house_informed = جرى إبلاغ غرفة تبادل معلومات السلامة الأحيائية
event-notice_issued = صدر إخطار إلى: { $addressee }
event-notice_issued_again = صدر الإخطار مرة أخرى، عن طريق جهة الاتصال التالية، إلى: { $addressee }
event-addressee_unreachable = إنذار: لا يمكن الوصول إلى أي شخص لدى { $addressee }
event-message_delivered = جرى تسليم الإخطار إلى: { $addressee }
event-notice_acknowledged = ورد إقرار بالاستلام من: { $addressee }
event-addressee_silent = إنذار: لم يرد إقرار بالاستلام من { $addressee } وقد استنفدت سلسلة الاتصال
event-assessed_facts = أُجري تقييم جديد لأن الوقائع تغيرت
event-assessed_absorbed = قُدم التقييم إلى الدول المنضمة من حادث مدمج
event-message_sending = جار الإرسال إلى { $addressee }: المحاولة { $attempt }
event-message_sent = سُلمت الرسالة للنقل إلى: { $addressee }
event-message_read = فتح الإخطارَ شخص لدى { $addressee }
event-message_failed = لم يصل إلى { $addressee } ({ $detail })
event-call_recorded = سُجلت مكالمة مع { $addressee }
event-escalated_to_instance = أُبلغ الموظف المناوب لهذا الخادم: { $addressee ->
    [none] لم يبت أحد في البلاغ
   *[other] { $addressee } لا يجيب أو يتعذر الوصول إليه
}
event-facts_changed = تغيرت الوقائع: { $count ->
    [zero] لا بنود
    [one] بند واحد
    [two] بندان
    [few] { $count } بنود
    [many] { $count } بندا
   *[other] { $count } بند
}
event-state_changed = حالة الحادث الآن: { $state }
event-type_changed = يُصنف الحادث الآن على أنه: { $type }
event-significance_changed = الآثار الضارة الكبيرة: { $likelihood }
event-change_proposed = تغيير ينتظر قرار شخص ثان
event-proposal_decided = { $approved ->
    [yes] وافق شخص ثان على التغيير
   *[no] أُعيد التغيير المقترح أو لم يُبت فيه في الموعد
}
event-addressees_named = سُمي المرسل إليهم: { $addressees }
event-run_started = بدأ العمل وفق «{ $playbook }»
event-deed_recorded = الخطوة «{ $step }»: { $what }
event-step_overdue = الخطوة «{ $step }» متأخرة
event-playbook_adopted = يتبع العمل وفق «{ $playbook }» نصًا آخر من الآن
event-role_recorded = الدور «{ $role }»: { $what }
event-run_ended = انتهى التنفيذ
event-left_open = ما زال مفتوحا عند انتهاء الحادث
event-sharing_changed = { $shared ->
    [yes] ترى الدول المُبلغة أي دول أخرى أُبلغت
   *[no] لا ترى الدول المُبلغة أي دول أخرى أُبلغت
}
event-absorbed = يستمر الحادث { $reference } ضمن هذا الحادث
event-merged_into = يستمر هذا الحادث تحت الرقم { $reference }
event-consultation_opened = بدأ التشاور مع { $addressee }
event-consultation_said = قول في التشاور مع { $addressee }
event-measures_agreed = اتُفق على تدابير مع { $addressee }
event-consultation_closed = انتهى التشاور مع { $addressee }
event-response_recorded = ورد رد من { $addressee }
event-state_assessed = أجرت { $addressee } تقييمها للآثار
event-liability_recorded = سجلت { $addressee } مشغلين أو أضرارا أو تدابير أو تكاليف
event-note_added = ملاحظة
event-arrival_possible = من الآن قد يكون الكائن قد وصل إلى { $addressee }
event-words_erased = مُحيت كلمات شخص من الحدث { $event }
event-erased = جرى محو قيد بموجب قرار مسجل

### Types of incidents
type-unintentional = نقل غير مقصود عبر الحدود (المادة 17)
type-illegal = نقل غير مشروع عبر الحدود (المادة 25)
type-domestic = لا يُتوقع عبور حدود
type-unclassified = لم يُصنف بعد

### Likelihood
likelihood-likely = محتملة
likelihood-unlikely = غير محتملة
likelihood-unknown = غير معروفة؛ وتُعد محتملة

### Compass
bearing-n = شمال
bearing-ne = شمال شرق
bearing-e = شرق
bearing-se = جنوب شرق
bearing-s = جنوب
bearing-sw = جنوب غرب
bearing-w = غرب
bearing-nw = شمال غرب

### The sheet of an assessment
sheet-place = المكان
sheet-points = عدد النقاط: { $count }
sheet-line = خط، عدد المواضع: { $count }
sheet-area = منطقة، عدد المواضع: { $count }
sheet-whole = الدولة بأكملها
sheet-uncertain = معروف بدقة { $distance }
sheet-lies_in = يقع في
sheet-no_one_state = ليس في دولة واحدة بعينها؛ والدول التي يمسها مذكورة أدناه
sheet-no_state = ليس على أرض أي دولة: في البحر أو غير معروف
sheet-organism = الكائن
sheet-released = الإطلاق
sheet-reach = المدى
sheet-reach_far = النصف ضمن { $p50 }، والجميع تقريبا ضمن { $p95 }، وأبعد ما يمكن تصديقه { $max }
sheet-reach_none = لا مسافة خاصة به
sheet-implied = ناتج عن الانسكاب أو الإفلات
sheet-widest = أوسع مدى ينطبق: الكائن أو المسار غير معروف
sheet-grade = الأدلة: { $grade }
sheet-states = الدول ضمن المدى أو المعنية
sheet-no_states = لا توجد دولة أخرى ضمن المدى.
sheet-excluded = لا يجري إخطارها، الأقرب أولا
sheet-hotspots = النقاط الساخنة للتنوع البيولوجي ضمن المدى
sheet-no_hotspots = لا توجد نقطة ساخنة للتنوع البيولوجي ضمن المدى.
sheet-centres = مراكز المنشأ والأقارب البرية في هذه الدول
sheet-layers = طبقات أخرى ضمن المدى
sheet-approximate = مرسومة بالتقريب: قد يختلف حدها بما يصل إلى { $distance }.
sheet-gaps = ناقص أو مشكوك فيه
sheet-data = البيانات
sheet-status = إدراج دولة أو منطقة أو عدم إدراجها لا يعني اتخاذ أي موقف بشأن مركز أي إقليم. وقاعدة أقرب ساحل ليست ترسيما قانونيا.
sheet-exactness = لا تُعرض المسافات بدقة تفوق دقة الخريطة والمكان.
column-state = الدولة
column-hotspot = النقطة الساخنة
column-layer = الطبقة
column-ring = الحلقة
column-distance = المسافة
column-bearing = الاتجاه
column-arrival = الأبكر
column-why = السبب
mark-touched = ملامسة
mark-p50 = p50
mark-p95 = p95
mark-max = الأبعد
mark-cannot_exclude = غير مستبعدة
mark-named = مسماة
bearing-meridian = على امتداد { $meridian }
arrival-at_once = فورا
arrival-hours = بعد { $count } س
arrival-days = بعد { $count } ي

### What was done about a step of a run
deed-done = أنجزت
deed-round = أنجزت جولة
deed-skipped = تركت
deed-signed_off = صودق عليها
deed-noted = ملاحظة
deed-undone = تم التراجع عنها
deed-evidence_kept = حُفظ دليل
deed-evidence_handed_over = سُلّم الدليل إلى غيره
deed-evidence_withdrawn = سُحب الدليل
deed-step_added = أضيفت خطوة
deed-role_offered = عُرض
deed-role_taken = تم توليه
deed-role_laid_down = تم التخلي عنه
