### Machine-translated; to be checked by a person.
### Pages: the map
tab-map = الخريطة
map-title = خريطة { $reference }
map-description = المكان في الوسط، و{ $half } إلى كل جانب؛ المسافات والاتجاهات من الوسط صحيحة. والجدول أدناه يضم الحقائق نفسها.
map-none = لا توجد خريطة لهذا
map-none_help = لا يُعرف هنا مكان يمكن رسمه، أو لا يجوز لهذا الحساب رؤيته.
map-views = المشاهد
map-nearer = أقرب
map-farther = أبعد
map-fit = ملاءمة المدى
map-download = تنزيل (SVG)
map-p50 = نصف التنقل داخله
map-p95 = كله تقريبا
map-max = أبعد مدى معقول
map-table = الشيء نفسه في جدول
map-name = الاسم
map-kind = النوع
map-distance = المسافة
map-ring = موضعه
map-arrival = أبكر وصول
map-state = دولة
map-hotspot = بؤرة تنوع بيولوجي
map-north = ش
map-disclaimer = الخطوط والأسماء لا تعني موقفا من وضع أي إقليم. المنقط: متنازع عليه.
