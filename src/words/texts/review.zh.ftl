### Machine-translated; to be checked by a person.
### Pages: the situation report
tab-situation = 情况报告
tab-review = 复查
situation-title = 情况报告
situation-printed = { $who } 制作于 { $when }。
situation-languages = 本报告的语言
situation-instance = 本服务器值班员
situation-conditions = 状况
situation-assessed = 评估
situation-not_assessed = 此账户看不到任何评估。
situation-article = 已知情况（第17.3条）
situation-none_said = 此账户看不到其中任何内容。
situation-item = 项目
situation-known = 了解程度
situation-said = 内容
situation-from = 来源
situation-actions = 行动
situation-told = 已告知的国家和组织
situation-told_none = 尚未告知任何一方。
situation-runs = 预案
situation-needs = 需要
situation-decision = 下一项决定：
situation-decision_none = 没有待作的决定。
situation-alarms = 无法联系
situation-alarms_none = 没有已知无法联系的对象。
situation-owed = 等待答复
situation-owed_none = 无。
situation-steps = 未完成的步骤
situation-steps_none = 没有未完成的步骤。
situation-step = 步骤
situation-role = 角色
situation-state = 状态
situation-step_late = 逾期
situation-step_open = 待办
situation-step_proof = 已做，等待证据或他人会签
situation-latest = 时间线最近的条目
situation-entries = 时间线共有 { $number } 条；此处最多列出最后二十条。
situation-log = 日志 { $log }，最新条目 { $head }。
data-set = 数据集
data-version = 版本
data-date = 日期

### Deadlines
deadline-title = 期限
deadline-none = 尚无已按时或逾期的期限。
deadline-still_open = 有 { $number } 项期限未到，最近一项到期时间：
deadline-waiting = 未到期的期限
deadline-what = 事项
deadline-due = 期限
deadline-met_at = 完成
deadline-standing = 是否按时
deadline-acknowledgement = { $of }确认收到
deadline-verification = 报告得到确认或否认
deadline-second_person = 第二人就提议 { $number } 作出决定
deadline-gap = 待补充：{ $gap }
deadline-step = 步骤 { $step }：{ $title }
deadline-met = 按时，提前 { $span }
deadline-late = 迟了 { $span }
deadline-missed = 未完成，已迟 { $span }
deadline-open = 未到期，还有 { $span }
span-less = 不到一分钟
span-minutes = { $minutes } 分钟
span-hours = { $hours } 小时 { $minutes } 分钟
span-days = { $days } 天 { $hours } 小时

### Pages: the review
review-kinds = 显示的条目种类
review-at = 在此时刻谁已被告知什么（UTC）
review-at_unread = 无法读取此时刻。请按 2026-03-02T14:30 的形式写世界时。
review-show = 显示
review-timeline = 时间线
review-counted = 共 { $all } 条；{ $hidden ->
    [0] 没有条目因种类选择而隐藏
   *[other] { $hidden } 条因种类选择而隐藏
}{ $elsewhere ->
    [0] 。
   *[other] ，{ $elsewhere } 条在其他页。
}
review-clocks = 上方为世界时（UTC），下方为{ $state }的时间。
review-clocks_unknown = 时间为世界时（UTC）；{ $state }有多个时区，或此处不知其时区。
review-clocks_universal = 时间为世界时（UTC）。
review-occurred = 发生
review-known = 获知
review-recorded = 记录
review-entry = 内容
review-afterwards = 事后补录
review-who = 谁已被告知什么，截至
review-first = 首次告知
review-farthest = 到达程度
review-messages = 消息
review-read = 阅读所发内容
review-not_told = 未告知
review-sent = 已发送给
review-sound = 文本与日志中的摘要相符：
review-unsound = 文本与日志中的摘要不符：
review-export = 导出文件
review-export_why = 导出会记入访问日志。
strand-facts = 事实
strand-decisions = 决定
strand-reach = 谁在可及范围内
strand-notices = 通知
strand-sending = 发送
strand-answers = 答复
strand-work = 预案
strand-notes = 备注与记录
message-pending = 等待发送
message-sending = 正在发送
message-sent = 已交付传送
message-delivered = 已送达
message-read = 已打开
message-failed-retrying = 失败，将重试
message-failed = 失败
message-superseded = 已被更新的消息取代

### Pages: statistics
statistics-title = 统计
statistics-year = 开立年份
statistics-all = 全部
statistics-number = 数目
statistics-counted = 计入 { $counted } 起事件；{ $hidden ->
    [0] 所选条件未排除任何事件。
   *[other] 所选条件排除 { $hidden } 起。
}
statistics-own = 只计入此账户可以看到的事件。
statistics-few = n = { $number }：数量太少，无法说明什么。
statistics-state = 事件所处状态
statistics-state_head = 状态
statistics-type = 类型
statistics-type_head = 类型
statistics-kind_unintentional = 无意（第17条）
statistics-kind_illegal = 非法（第25条）
statistics-kind_domestic = 国内
statistics-kind_unclassified = 尚未分类
statistics-class = 类别
statistics-class_head = 类别
statistics-class_unknown = 未知
statistics-class_of = { $class }：{ $name }
statistics-month = 按月开立
statistics-month_head = 月份（UTC）
statistics-earlier = 另有 { $number } 起在这些月份之前开立。
statistics-notice = 从获知到通知
statistics-notice_head = 从释放国获知到发出通知，按通知对象计
statistics-acknowledgement = 从通知到确认
statistics-acknowledgement_head = 从通知到确认收到，按通知对象计
statistics-up_to = 不超过 { $to }
statistics-between = 超过 { $from }，不超过 { $to }
statistics-over = 超过 { $from }
statistics-hours = { $hours } 小时
statistics-days = { $days } 天
statistics-median = 半数不超过 { $median }，十分之九不超过 { $nine }。
statistics-unknown = 有 { $number } 例未计入，因为不知道释放国何时获知。
statistics-answers = 是否按时确认
statistics-answers_head = 确认
statistics-in_time = 按时
statistics-late = 迟到
statistics-missing = 未确认，已过期限
statistics-awaited = 等待中，未到期限
statistics-share = 在已答复或已过期限的 { $decided } 例中，{ $percent } % 按时。
statistics-in_time_means = “按时”指在任何催促之前作出确认。
statistics-unseen = 有 { $number } 项义务未计入：此账户不能看到其答复。
case-A = 运输中逸散的油料作物
case-B = 多年生草或树木
case-C = 种子或谷物贸易中未获批准的转化事件
case-D = 试验的自生植株
case-E = 市售观赏植物
case-F = 起源中心
case-G = 果树试验
case-H = 鱼类
case-I = 自限性昆虫
case-J = 基因驱动
case-K = 微生物
case-L = 病毒
case-M = 封闭使用或运输
case-N = 未知或蓄意
