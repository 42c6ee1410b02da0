### Machine-translated; to be checked by a person.
### Pages: the library of playbooks
page-playbooks = 应急方案
page-contacts = 联络点
page-exercises = 演练
page-health = 运行状况
playbooks-about = 书面应急措施。应急计划从不保密（第21条第6款(d)项）：任何人都可以阅读、打印和转发。
playbooks-search = 在标题、摘要和步骤中查找
playbooks-go = 查找
playbooks-all = 显示全部
playbooks-count = { $count ->
    [0] 没有包含这些词的方案。
   *[other] { $count } 个方案。
}
playbooks-hidden = { $count ->
   *[other] 另有 { $count } 个被查找条件隐藏。
}
playbooks-found_in = 出现在以下步骤：
playbook-steps = { $count ->
   *[other] { $count } 个步骤
}
playbook-version = 第 { $version } 版
playbook-back = 全部方案
playbook-print = 打印本页即可用纸工作：每个步骤都有代码和勾选框。存为文件：
playbook-yaml = 原文（YAML）
playbook-cacao = 供其他程序使用（CACAO 2.0）
playbook-roles = 角色
playbook-clocks = 计时起点
playbook-clocks_about = 期限从以下时刻起算。第17条未规定小时数：此处的每个时限均由作者选定。
playbook-what = 步骤
translation-human = 由人工翻译。
translation-machine = 机器翻译，尚未经人工核对。如有疑问，以英文为准。
translation-none = 尚未译成此语言：以英文显示。
translation-stale = { $count ->
   *[other] { $count } 处文字在翻译后有改动，以英文显示。
}
translation-missing = { $count ->
   *[other] { $count } 处文字尚未翻译，以英文显示。
}
applies-for = 适用方：
applies-when = 何时：
applies-class = 事件类别：
applies-kind = 生物种类：
applies-pathway = 途径：
applies-incident = 事件类型：
applies-group = 生物：
applies-surroundings = 环境：
applies-shared = 仅由其他方案调用
applies-fallback = 当没有更合适的方案时
audience-state_of_release = 释放国
audience-affected_state = 受影响或可能受影响的国家
audience-desk = 本服务器值班员
organism_kind-plant = 植物
organism_kind-alga = 藻类
organism_kind-fish = 鱼类
organism_kind-insect = 昆虫
organism_kind-mammal = 哺乳动物
organism_kind-microorganism = 微生物
organism_kind-virus = 病毒
organism_group-insect_pollinated = 虫媒植物
organism_group-plant_other = 其他植物
organism_group-insect_other = 其他昆虫
organism_group-fish_other = 其他鱼类
organism_group-fruit_flies = 实蝇
organism_group-bacteria = 细菌
organism_group-microalgae = 微藻
organism_group-rhdv = 兔出血症病毒
surroundings-airport = 机场
surroundings-animal_house = 动物房
surroundings-aquarium = 水族箱
surroundings-bait_area = 投饵区
surroundings-canal = 运河
surroundings-centre_of_origin = 起源中心
surroundings-city = 城市
surroundings-ditch = 沟渠
surroundings-estuary = 河口
surroundings-facility = 封闭设施
surroundings-fallow = 休耕地
surroundings-feed_mill = 饲料厂
surroundings-fermenter = 发酵罐
surroundings-field = 农田
surroundings-field_cage = 田间网笼
surroundings-field_trial = 田间试验
surroundings-fish_farm = 养鱼场
surroundings-forest = 森林
surroundings-former_trial = 原试验地
surroundings-garden_centre = 园艺中心
surroundings-golf_course = 高尔夫球场
surroundings-greenhouse = 温室
surroundings-harbour = 港湾
surroundings-insectary = 昆虫饲养室
surroundings-island = 岛屿
surroundings-laboratory = 实验室
surroundings-lake = 湖泊
surroundings-landrace_field = 地方品种田
surroundings-mill = 磨坊
surroundings-net_pen = 网箱
surroundings-nursery = 苗圃
surroundings-open_pond = 开放式水池
surroundings-orchard = 果园
surroundings-parcel = 包裹
surroundings-plantation = 种植园
surroundings-pond = 池塘
surroundings-port = 港口
surroundings-protected_area = 保护区
surroundings-rail_yard = 铁路货场
surroundings-railway = 铁路
surroundings-release_site = 释放地点
surroundings-research_station = 研究站
surroundings-retail = 零售
surroundings-river = 河流
surroundings-road_accident = 道路事故
surroundings-roadside = 路边
surroundings-seed_field = 制种田
surroundings-seed_store = 种子库
surroundings-shop = 商店
surroundings-silo = 筒仓
surroundings-village = 村庄
surroundings-warehouse = 仓库
surroundings-waste_water = 废水
surroundings-wild_population = 野生种群
delay-minute = { $count ->
   *[other] { $count } 分钟
}
delay-hour = { $count ->
   *[other] { $count } 小时
}
delay-day = { $count ->
   *[other] { $count } 天
}
delay-week = { $count ->
   *[other] { $count } 周
}
delay-month = { $count ->
   *[other] { $count } 个月
}
delay-year = { $count ->
   *[other] { $count } 年
}
due-clock = { $delay }，自“{ $clock }”起算
due-step = { $delay }，自步骤 { $step } 完成起算
step_kind-decide = 判断
step_kind-together = 同时进行
step_kind-repeat = 重复
step_kind-run_playbook = 另一方案
required-must = 必须
required-could = 可选
required-must_unless_documented = 必须；否则须写明理由
sheet_step-due = 期限：
sheet_step-runs = 调用：
sheet_step-when = 仅当：
sheet_step-after = 在以下步骤之后：
sheet_step-members = 包含步骤：
sheet_step-cases = 答案：
sheet_step-every = 每隔：
sheet_step-until = 直到：
sheet_step-evidence = 须保存的证据：
sheet_step-signoff = 须由他人同意：
sheet_step-survey = 调查：
sheet_step-sign = 完成（时间、姓名）：…………………………………………
case-end = { $answer }：此处结束
case-opens = { $answer } → { $steps }
evidence-plain = { $count } × { $kind }
evidence-with_hands = { $count } × { $kind }，记录每次交接
evidence-document = 文件
evidence-lab_report = 实验室报告
evidence-log = 日志记录
evidence-measurement = 测量值
evidence-photo = 照片
evidence-sample = 样品
signoff-persons = { $count ->
   *[other] { $count } 人，非执行者本人
}
survey-samples = { $samples } 个样品，每个为：{ $unit }，范围至：{ $ring }。能以 { $confidence } % 的置信度发现 { $prevalence } % 的比例。
figure-unverified = 未核实
figure-calculated = 计算得出
### Pages: contact points
contacts-about = 按国家和组织列出应通知的对象，以及能否通知到。
contacts-stale_after = { $days ->
   *[other] 确认超过 { $days } 天即视为过期。
}
contacts-silent_parties = { $count ->
    [0] 每个缔约方都有可通知的对象。
   *[other] { $count } 个缔约方没有可通知的对象。
}
contacts-see_silent = 查看
contacts-search = 国家或组织
contacts-show = 显示
contacts-show_all = 全部
contacts-show_silent = 无人可通知
contacts-show_unconfirmed = 从未确认
contacts-show_stale = 确认已过期
contacts-show_no_article17 = 没有第17条联络点
contacts-show_well = 一切正常
contacts-go = 显示
contacts-count = { $count ->
    [0] 没有符合的项。
   *[other] 显示 { $count } 项。
}
contacts-hidden = { $count ->
   *[other] 筛选隐藏了 { $count } 项。
}
contacts-points = 联络点数
contacts-confirmed = 最近确认
contacts-matter = 问题
contacts-own = 本国
contacts-instance = 本服务器
contacts-clearing_house = 生物安全信息交换所
contacts-back = 全部联络点
contacts-order = 依次通知：按此处所列类别；同一类别中先通知当值者，再通知最近确认者。
contacts-none = 此处没有登记联络点。
contacts-not_yours = 此账户不得更改该联络点
contacts-not_yours_help = 管理员和值班员可更改本国的联络点；服务器人员可更改全部。
contacts-changed_meanwhile = 未保存：您查看之后有人更改了此联络点。请重新查看后再确认。
finding-no_contact_point = 没有联络点：无人可通知
finding-no_usable_channel = 没有本服务器可用的方式：无人可通知
finding-unconfirmed = 从未有人确认其会答复
finding-stale = 上次确认已过期
finding-no_article17 = 没有第17条联络点
kind-ORG = 组织办事处
kind-DUTY = 值班员
channel-gone = 接收方称已停用；不再使用
channel-not_served = 本服务器不使用此渠道
contact-reads = 可读语言：
contact-staffed = 值守时间：
contact-confirmed = 确认于：
contact-never = 从未确认
contact-confirm = 我已确认其会答复
contact-change = 更改
contact-new = 添加联络点
contact-not_stored = 未保存。请更正：
contact-stale = 未保存：期间有人作了更改
contact-stale_help = 以下为现状，其下为您输入的内容。再次保存即以您的内容取代。
contact-kind = 用途
contact-name = 机构名称
contact-ways = 联系方式，最佳者在先
contact-ways_help = 清空要去掉的项。实时通道填账户编号；您的编号是
contact-by = 渠道
contact-way = 地址或号码
contact-again = 接收方称已停用。重新使用。
contact-languages = 可读语言，最佳者在先（两个字母，如 zh, en）
contact-hours = 值守时间
contact-hours_help = 不详或全天有人时全部留空。结束早于开始表示次日早晨。
contact-from = 从
contact-to = 到
contact-zone = 时区
contact-store = 保存
contact-bad_kind = 请选择用途。
contact-bad_name = 请填写 1 至 300 个字符的单行名称。
contact-bad_email = 请填写电子邮件地址，如 desk@example.org。
contact-bad_webhook = 请填写完整的 https 地址，如 https://example.org/alerts。
contact-bad_number = 请填写带国家代码的电话或传真号码，如 +33 1 23 45 67 89。
contact-bad_live = 请填写账户编号；您的编号在该栏旁。
contact-bad_way = 请选择渠道。
contact-too_many = 最多保存 20 种方式。
contact-bad_languages = 语言请各写两个字母，最多 20 种，如 zh, en。
contact-bad_hours = 请填写日期、开始、结束和时区（如 Africa/Nairobi），或全部留空。
contact-bad_addressee = 无法为该对象登记联络点。
day-1 = 星期一
day-2 = 星期二
day-3 = 星期三
day-4 = 星期四
day-5 = 星期五
day-6 = 星期六
day-7 = 星期日
line-title = 线路测试
### Pages: exercises and the test of the line
exercises-about = 演练的处理与真实事件相同：同样的报告、通知、时限和方案。每一页、每条信息都注明是演练，绝不与真实事件混在一起。
exercises-begin = 演练始于选择了“演练”的报告，之后不能更改。计分内容：通知了谁、谁确认收到、谁未经提醒即确认。
exercises-line_about = 线路测试发出一条说明并无事件的信息，并请求确认收到。由此在平时即可知道能联系到谁；答复者视为已确认。
exercises-exercises = 已开展的演练
exercises-tests = 线路测试
exercises-none = 暂无。
drill-score = { $asked } 方中有 { $acknowledged } 方确认收到，其中 { $in_time } 方未经提醒。无人可通知：{ $unreachable }。
drill-answered = 贵国已确认收到。
drill-unanswered = 贵国尚未确认收到。
drill-nobody = 无须通知任何一方。
drill-own_only = 您只能看到本国的答复。
drill-open = 打开事件
drill-answers = 答复
drill-took = 答复用时
drill-remark = 备注
rung-reminder = 经提醒
rung-next_contact = 由下一联络点
rung-next_kind = 由下一类联络点
line-who = 发给谁
line-chosen = 发给所选各方
line-everybody = { $count ->
   *[other] 发给全部 { $count } 方
}
line-nobody = 未发送：请选择对象，或发给全部。
line-not_sent = 未发送。请检查所选内容后重试。
line-sent = 线路测试已发出。此账户看不到答复，值班员可以看到。
line-not_yours = 此账户不得发送线路测试
line-not_yours_help = 由服务器的管理员和值班员发送。请与他们联系。
### Pages: health
health-well = 目前无须任何人处理。
health-hold = 自 { $since } 起不发送任何邮件或网络回调：本服务器由 { $made } 的备份恢复。
health-failed = { $count ->
   *[other] 有 { $count } 条信息未能经其渠道送达。
}
health-layer = 地图的一个图层无法读取，暂不使用：{ $layer }
health-clock = 机器时钟被调回 { $seconds } 秒。请检查。
health-alarms = { $count ->
   *[other] 真实事件中有 { $count } 个对象联系不上或不答复。
}
health-no_duty_officer = 本服务器没有在国家不答复时可通知的值班员。
health-gone = { $count ->
   *[other] 有 { $count } 个渠道因接收方称已停用而不再使用。
}
health-hold_title = 发件已暂停
health-hold_help = 请查明备份之后、丢失之前已发送的内容：询问邮件中继或接收方。您说明已发送的将如此记录，其余立即发出。
health-made = 创建时间
health-what_sent = 已发送了什么？
health-sent_until = 此时之前创建的全部：
health-until = 时间（UTC）
health-sent_none = 没有：现在全部发送
health-release = 记录并恢复发送
health-release_unread = 未作更改：请选择已发送的内容，必要时填写时间。
health-alarms_title = 联系不上或不答复的对象
health-no_alarms = 无。
health-incident = 事件
health-since = 自
health-server = 本服务器
health-waiting = 尚未送达任何人的信息
health-timers = 已设定时器
health-events = 日志中的事件数
health-log = 日志
health-backup = 最近备份
health-backup_unknown = 此处不详：请查看最新备份 MANIFEST 中的时间
health-backup_of = 由 { $made } 的备份恢复；更新的备份此处不详
health-version = 程序版本
health-now = 本页时间
