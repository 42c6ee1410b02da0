# machine translation, not yet checked by a person

### Kinds of notices
notice-initial = 根据《卡塔赫纳生物安全议定书》第 17 条发出的首次通知
notice-illegal = 关于非法越境转移的首次通知（《卡塔赫纳生物安全议定书》第 25 条）
notice-follow_up = 后续通知：情况有变
notice-all_clear = 警报解除：危险已过
notice-withdrawal = 撤回：此前的通知有误
notice-closing = 结案：事件已结案
notice-verification = 请核实一份报告
notice-advisory = 提示：未经核实
notice-reachability = 线路测试：没有发生任何事件
notice-step_overdue = 预案的一个步骤已逾期
notice-escalation = 致值班人员：请采取行动

### Kinds of notices, in the subject of a mail
subject-initial = 首次通知（第 17 条）
subject-illegal = 首次通知（第 25 条）
subject-follow_up = 后续通知
subject-all_clear = 警报解除
subject-withdrawal = 撤回
subject-closing = 已结案
subject-verification = 请核实
subject-advisory = 未经核实的提示
subject-reachability = 线路测试
subject-step_overdue = 步骤已逾期
subject-escalation = 值班人员：请采取行动
subject-reminder = 催复
subject-mode_exercise = 演习
subject-mode_test = 测试

### What a notice says first
opening-initial = 有改性活生物体被释放。它已经越境，或可能越境。
opening-illegal = 有改性活生物体已经越境，或可能越境；据报告，该转移是非法的。
opening-follow_up = 此前向贵方通报的本事件情况有变。下面先列出变化，再列出目前所知的全部情况。
opening-all_clear = 危险已过，无需再采取措施。
opening-withdrawal = 此前误将本事件通报贵方，其中所述不成立。
opening-closing = 事件已结案。这不是警报解除：是否仍需采取措施，由各收件方自行判断。
opening-verification = 有报告称一种改性活生物体被释放，尚无主管方予以确认。请查明是否属实，然后予以确认或否认。
opening-advisory = 有报告称一种改性活生物体被释放，并可能到达贵方。此消息未经核实：据称事发地的主管方尚未确认。
opening-reachability = 本消息仅测试能否联系到贵方。没有发生任何事件。请像答复真实消息一样答复。
opening-step_overdue = 贵方工作组正在执行的预案“{ $playbook }”有步骤已逾期，无人记录其已完成。请予处理，或记录已完成的工作。
opening-escalation = { $about }没有答复，或无法联系。请亲自设法联系，并予以记录。
opening-undecided = 无人就这份报告按时作出决定。请决定：立案，说明理由后延期，或撤回。

### Why an addressee is told
why-release = 报告称此事发生在贵方管辖范围内，而报告并非来自贵方的联络点或主管部门。
why-instance = 您是本服务器的值班人员。
why-team = 您是执行该预案的国家的联络点。逾期步骤：
late-step = { $step }（期限 { $due }）
why-contact = 贵方已列为联络点。
why-told = 此前已向贵方通报本事件。
why-union = 联盟的一个成员国已获通知，而联盟本身也是议定书缔约方。
why-organization = 本事件的负责方认为宜告知贵组织。
why-named = 本事件的负责方认为贵方可能受到影响或与此有关。
why-distance = 最近处：距该地点 { $distance }（{ $bearing }）；精确到 { $accuracy }。
why-distance_only = 最近处：距该地点 { $distance }；精确到 { $accuracy }。
why-ring = 圈：{ $ring }。
why-arrival = 最早到达时间：{ $time }。

### How well something is known
knowledge-known = 已知
knowledge-estimated = 估计
knowledge-unknown = 不详
knowledge-withheld = 已知，但不予披露

### Addressees that are not States
addressee-BCH = 生物安全信息交换所
addressee-INSTANCE = 服务器 { $instance } 的值班人员

### Headings
heading-why = 为何通知贵方
heading-changes = 有何变化
heading-reason = 理由
heading-facts = 已知情况（第 17.3 条）
heading-notes = 说明

### Labels
label-reference = 编号
label-to = 收件方
label-from = 发件方
label-issued = 签发时间
label-state_of_release = 释放国
label-type = 事件类别
label-status = 现状
label-message = 消息
label-before = 此前
label-now = 现在
label-source = 来源
label-significance = 重大不利影响
label-arrival = 到达
label-reach = 地图显示的贵方情况

### Sentences of a letter
letter-pair = { $label }：{ $value }
letter-reminder = 催复：尚未收到贵方的收讫确认。
letter-ask = 请在此时间之前确认收到：{ $time }。
letter-ask_local = 请在此时间之前确认收到：{ $time }（{ $zone } 当地时间 { $local }）。
letter-no_ask = 无需确认收到。
letter-link = 如需阅读并确认收到本消息，请打开：
letter-link_read = 如需阅读本消息，请打开：
letter-link_own = 该链接仅供贵单位用于本消息。请勿转发。
letter-account = 如用本服务器账户确认收到：POST { $path }
letter-verdict = 如需确认或否认，可使用本服务器账户：POST { $path }
letter-voice = 通过电话：请告诉来电人已经收到，并说明贵单位和编号。
letter-receipt = 确认收到仅表示贵方已收到本消息，并不表示同意其内容。
letter-released = 何时释放（17.3 b）
letter-no_zone = { $said }（未注明时区）
letter-arrival_possible = 自此时起可能
letter-nothing = 无
letter-cut = [此处有删节；全文共 { $count } 个字符]
letter-cut_link = [此处有删节；全文共 { $count } 个字符：{ $link }]
letter-supersedes = 本消息取代消息 { $message }。
letter-quoted = 以“>”开头的各行是报告人或决定人的原话，未经翻译。
letter-machine = 本文由机器翻译，未经人工核对。以下文英文本为准。
letter-english = 英文本

### Still open as a case ends
heading-open = 尚未了结
open-notice = 尚未通知您。
open-acknowledgement = 尚未收到您的确认。
open-consultation = 未与您展开第17.4条规定的磋商。
open-consultation_closing = 与您的磋商尚未结束。
open-gap = 未知：{ $what }
letter-decide = 请在 { $time } 之前证实或否认该报告。
letter-decide_local = 请在 { $time } 之前证实或否认该报告（{ $zone } 时间 { $local }）。
