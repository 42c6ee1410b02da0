### Machine-translated; to be checked by a person.
### Pages: what links in mails open
link-acknowledge = تأكيد الاستلام
link-acknowledged = تم تأكيد الاستلام:
link-superseded = حلت رسالة أحدث محل هذه الرسالة. ما يرد هنا ليس آخر المعلومات.
link-unknown = هذا الرابط لا يفتح شيئا
link-unknown_help = تأكد من نسخه كاملا حتى آخر حرف. لا يصلح الرابط إلا على الخادم الذي أرسله. إذا ظل لا يفتح، فأكد الاستلام بالهاتف أو بحسابك.
link-trouble = لم يحفظ شيء
link-trouble_help = لا يستطيع الخادم القيام بذلك الآن. حاول مجددا بعد دقيقة؛ وإذا كان الأمر عاجلا فأكد الاستلام بالهاتف.
