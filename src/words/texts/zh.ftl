# machine translation, not yet checked by a person

-protocol = 卡塔赫纳议定书

### Pathways
pathway-pollen = 花粉
pathway-seed = 由风、水或动物携带的种子
pathway-vegetative = 植物碎片
pathway-flight = 飞行
pathway-wind_borne = 高空随风传播
pathway-swimming = 游动
pathway-water = 河流和水流
pathway-aerosol = 飞沫和粉尘
pathway-host_contact = 宿主之间的接触
pathway-seed_spill = 运输中散落的种子
pathway-transport = 运输
pathway-trade = 贸易
pathway-unknown = 途径不明

### Rings
ring-touched = 触及该地点
ring-p50 = 半数移动所及之处
ring-p95 = 几乎全部移动所及之处
ring-max = 可信的最远距离
ring-cannot_exclude = 在此地图比例尺下不能排除
ring-named = 已被点明，不论距离远近
sector-in = 其部分区域位于风或水流将生物体带去的方向。
sector-out = 其任何部分都不在风或水流将生物体带去的方向；传播范围不变。
season-in = 释放发生在其扩散的月份。
season-out = 释放发生在其通常扩散的月份之外；传播范围不变。
overlap = 传播范围约有 { $percent }% 位于其中。
viability = 途中约 { $hours } 小时内保持存活或可育。

### Reasons
reason-place_inside = 该地点位于其中或与其相接。
reason-whole_state = 地点不明，因此以整个国家代之。
reason-within_reach = 在 { $reach } 以内，{ $ring }（途径：{ $pathway }）。
reason-cannot_exclude = 超出 { $reach }（途径：{ $pathway }），但地图和地点的精度不优于 { $margin }：不能排除。
reason-destination = 被指明为目的地（途径：{ $pathway }）；不适用距离。
reason-reported = 报告人认为该国可能受到影响。
reason-told_before = 较早的评估已列出该国，因此须向其发出通知；仅凭目前的地图不会得出这一结论。
reason-nearest_coast = 其海岸在 200 海里以内（最近海岸规则，并非法律划界）。
reason-relation = 其与可及范围内的一个区域有关联（{ $area }：{ $basis }）。列入并不意味着对任何领土的地位持任何立场。
reason-beyond_reach = 距离超过 { $reach }，即任何途径所能及的范围。
reason-no_destination_named = 由人携带（{ $pathway }），而未指明目的地。

basis-administers = 管理
basis-claims = 主张权利
basis-shared = 共享
basis-undetermined = 未确定
basis-international = 国际安排

### Evidence
grade-A = 多项实地研究
grade-B = 一项实地研究或调查
grade-C = 模型或推断
grade-D = 未经核实

### Centres of origin and wild relatives
centre-origin = { $species } 的起源中心
centre-diversity = { $species } 的多样性中心
centre-wild_relative = 野生近缘种：{ $taxon }（{ $compatibility }）
centre-in_area = { $finding }，位于 { $area } 区域
compatibility-same_species = 同一物种
compatibility-crosses_readily = 容易杂交
compatibility-crosses_with_difficulty = 难以杂交
compatibility-unknown = 是否能杂交不详

### Gaps
gap-missing = 未作任何说明
gap-unknown = 说明为不详
gap-withheld = 不予披露
gap-no_zone = 时间未注明时区；可能是任何地方的该时刻
gap-not_a_time = 所述文字未给出时间
gap-future = 所述时间在将来
gap-unknown_state = 不在国家表中
gap-state_differs = 地点所在国家与所述国家不同
gap-not_an_identifier = 不符合经合组织标识符的格式
gap-check_digit = 校验位不符
gap-former_identifier = 旧标识符；采用现行标识符
gap-unknown_organism = 该生物体不在表中，因此采用适用的最大可及范围
gap-unknown_reach = 该生物体经此途径的可及范围不详，因此采用适用的最大范围
gap-route_needed = 需要路线
gap-destinations_needed = 需要目的地
gap-doubtful_geometry = 几何数据存疑；仍予采用

field-organism = 释放的是什么
field-place = 地点
field-released = 何时释放
field-known = 您何时获悉
field-pathways = 可能的移动途径
field-quantities = 数量（17.3 a）
field-traits = 特征和特性（17.3 a）
field-circumstances = 有关情况（17.3 b）
field-use = 在起源国的用途（17.3 b）
field-adverse_effects = 可能的不利影响（17.3 c）
field-risk_management = 可能的措施（17.3 c）
field-other = 其他资料（17.3 d）
field-point_of_contact = 联络点（17.3 e）
field-affected_states = 谁可能受到影响

### Contact points and channels
kind-CPB-A17-FP = 第 17 条联络点
kind-BCH-FP = 信息交换所联络人
kind-CPB-FP1 = 议定书联络人
kind-CNA = 国家主管部门
kind-MISSION = 外交代表团
channel-live = 实时通道
channel-email = 电子邮件
channel-webhook = 网络回调（webhook）
channel-by_hand = 电话，人工拨打
hop-no_channel = 已跳过：无法取得联系
hop-channel_not_served = 已跳过：本服务器不支持其渠道

### Modes
mode-actual = 真实事件
mode-exercise = 演习 — 非真实事件
mode-test = 测试 — 非真实事件

### States of an incident
state-under_verification = 核实中
state-open = 处理中
state-contained = 已遏制
state-monitoring = 监测中
state-closed = 已结案
state-withdrawn = 已撤回
state-merged = 已合并

### Events of a timeline
event-report_received = 收到报告；{ $gaps ->
    [0] 无缺项
   *[other] { $gaps } 个缺项
}
event-incident_opened = 事件 { $reference } 已立案：{ $state }
event-assessed = 已评估：{ $states ->
    [0] 可及范围内无其他国家
   *[other] 可及范围内有 { $states } 个国家
}，{ $hotspots ->
    [0] 无生物多样性热点地区
   *[other] { $hotspots } 个生物多样性热点地区
}
event-assessed_anew = 因地图数据变更（{ $layers }）而重新评估：{ $states ->
    [0] 可及范围内无其他国家
   *[other] 可及范围内有 { $states } 个国家
}，{ $hotspots ->
    [0] 无生物多样性热点地区
   *[other] { $hotspots } 个生物多样性热点地区
}
event-playbook_chosen = 已为{ $role ->
    [state_of_release] 释放国
   *[affected_state] 获通知国家
}选定应急预案：{ $playbooks }
event-verification_requested = 已请 { $addressee } 核实报告
event-verification_decided = 已就核实作出决定：{ $state }
event-verification_overdue = 核实已逾期：必须由本服务器的值班人员作出决定
event-duty_identified = 应向 { $addressee } 发出通知
event-clearing_house_informed = 已告知生物安全信息交换所
event-notice_issued = 已签发致 { $addressee } 的通知
event-notice_issued_again = 已再次签发致 { $addressee } 的通知，送下一个联络点
event-addressee_unreachable = 警报：无法联系到 { $addressee } 的任何人
event-message_delivered = 通知已送达 { $addressee }
event-notice_acknowledged = { $addressee } 已确认收到
event-addressee_silent = 警报：{ $addressee } 尚未确认收到，联络链已用尽
event-assessed_facts = 因事实有变而重新评估
event-assessed_absorbed = 已将评估结果提供给由合并事件加入的国家
event-message_sending = 正在发送给{ $addressee }：第{ $attempt }次尝试
event-message_sent = 已交付发送：{ $addressee }
event-message_read = { $addressee }已有人打开通知
event-message_failed = 未能送达{ $addressee }（{ $detail }）
event-call_recorded = 已记录与{ $addressee }的通话
event-escalated_to_instance = 已告知本系统值班人员：{ $addressee ->
    [none] 无人就报告作出决定
   *[other] { $addressee }没有答复或无法联系
}
event-facts_changed = 事实有变：{ $count }项
event-state_changed = 事件现状：{ $state }
event-type_changed = 事件现归类为：{ $type }
event-significance_changed = 重大不利影响：{ $likelihood }
event-change_proposed = 一项更改等待第二人决定
event-proposal_decided = { $approved ->
    [yes] 第二人已批准更改
   *[no] 提议的更改被退回或未按时决定
}
event-addressees_named = 已指定通知对象：{ $addressees }
event-run_started = 已开始按“{ $playbook }”工作
event-deed_recorded = 步骤“{ $step }”：{ $what }
event-step_overdue = 步骤“{ $step }”已逾期
event-playbook_adopted = 按“{ $playbook }”的工作今后依照另一文本
event-role_recorded = 角色“{ $role }”：{ $what }
event-run_ended = 执行已结束
event-left_open = 事件结束时尚未了结的事项
event-sharing_changed = { $shared ->
    [yes] 已获通知的国家可看到还有哪些国家获得通知
   *[no] 已获通知的国家看不到还有哪些国家获得通知
}
event-absorbed = 事件{ $reference }并入本事件
event-merged_into = 本事件以{ $reference }继续
event-consultation_opened = 已与{ $addressee }开始磋商
event-consultation_said = 与{ $addressee }磋商中的发言
event-measures_agreed = 已与{ $addressee }商定措施
event-consultation_closed = 与{ $addressee }的磋商已结束
event-response_recorded = { $addressee }已作出回应
event-state_assessed = { $addressee }已自行评估影响
event-liability_recorded = { $addressee }已记录经营人、损害、措施或费用
event-note_added = 备注
event-arrival_possible = 自此时起，该生物体可能已到达{ $addressee }
event-words_erased = 已从事件 { $event } 中删除个人填写的文字
event-erased = 一条记录已根据记录在案的决定被删除

### Types of incidents
type-unintentional = 无意越境转移（第17条）
type-illegal = 非法越境转移（第25条）
type-domestic = 预计不会越境
type-unclassified = 尚未归类

### Likelihood
likelihood-likely = 可能
likelihood-unlikely = 不太可能
likelihood-unknown = 不明；按可能处理

### Compass
bearing-n = 北
bearing-ne = 东北
bearing-e = 东
bearing-se = 东南
bearing-s = 南
bearing-sw = 西南
bearing-w = 西
bearing-nw = 西北

### The sheet of an assessment
sheet-place = 地点
sheet-points = { $count } 个点
sheet-line = 由 { $count } 个位置构成的线
sheet-area = 由 { $count } 个位置构成的区域
sheet-whole = 整个国家
sheet-uncertain = 误差在 { $distance } 以内
sheet-lies_in = 位于
sheet-no_one_state = 不单属任何一国；所触及的国家见下
sheet-no_state = 不在任何国家的陆地上：在海上或不明
sheet-organism = 生物体
sheet-released = 释放时间
sheet-reach = 可及范围
sheet-reach_far = 半数在 { $p50 } 以内，几乎全部在 { $p95 } 以内，可信的最远距离 { $max }
sheet-reach_none = 本身无距离
sheet-implied = 由散落或逃逸推知
sheet-widest = 适用的最大范围：生物体或其途径不明
sheet-grade = 证据：{ $grade }
sheet-states = 可及范围内或有关的国家
sheet-no_states = 没有其他国家在可及范围内。
sheet-excluded = 不予通知的国家，由近及远
sheet-hotspots = 可及范围内的生物多样性热点
sheet-no_hotspots = 可及范围内没有生物多样性热点。
sheet-centres = 这些国家中的起源中心和野生近缘种
sheet-layers = 可及范围内的其他图层
sheet-approximate = 大致绘制：边缘误差可达 { $distance }。
sheet-gaps = 缺失或存疑
sheet-data = 数据
sheet-status = 列入或未列入某国或某区域并不意味着对任何领土的地位持任何立场。最近海岸规则并非法律划界。
sheet-exactness = 距离的精度不高于地图和地点的精度。
column-state = 国家
column-hotspot = 热点
column-layer = 图层
column-ring = 圈
column-distance = 距离
column-bearing = 方位
column-arrival = 最早
column-why = 原因
mark-touched = 触及
mark-p50 = p50
mark-p95 = p95
mark-max = 最远
mark-cannot_exclude = 不能排除
mark-named = 被点明
bearing-meridian = 沿 { $meridian }
arrival-at_once = 立即
arrival-hours = { $count } 小时后
arrival-days = { $count } 天后

### What was done about a step of a run
deed-done = 已完成
deed-round = 已完成一轮
deed-skipped = 已略过
deed-signed_off = 已会签
deed-noted = 已备注
deed-undone = 已撤销
deed-evidence_kept = 已保存证据
deed-evidence_handed_over = 证据已移交
deed-evidence_withdrawn = 证据已撤回
deed-step_added = 已增加步骤
deed-role_offered = 已邀请
deed-role_taken = 已接任
deed-role_laid_down = 已卸任
