### Machine-translated; to be checked by a person.
### Pages: what links in mails open
link-acknowledge = 确认收到
link-acknowledged = 已确认收到：
link-superseded = 此消息已被更新的消息取代。此处所述并非最新情况。
link-unknown = 此链接打不开任何内容
link-unknown_help = 请检查链接是否完整复制，直到最后一个字符。链接仅在发送它的服务器上有效。如仍无法打开，请通过电话或用您的账户确认收到。
link-trouble = 没有保存任何内容
link-trouble_help = 服务器目前无法完成此操作。请在一分钟后重试；如情况紧急，请通过电话确认收到。
