### Pages: the situation report
tab-situation = Situation report
tab-review = Review
situation-title = Situation report
situation-printed = Made on { $when } by { $who }.
situation-languages = Language of this report
situation-instance = duty officer of this server
situation-conditions = Conditions
situation-assessed = Assessment
situation-not_assessed = No assessment is open to this account.
situation-article = What is known (Article 17.3)
situation-none_said = Nothing of it is open to this account.
situation-item = Item
situation-known = How well it is known
situation-said = What is said
situation-from = Where it comes from
situation-actions = Actions
situation-told = States and organizations told
situation-told_none = Nobody has been told yet.
situation-runs = Playbooks
situation-needs = Needs
situation-decision = Next decision:
situation-decision_none = none is awaited.
situation-alarms = Not reached
situation-alarms_none = Nobody is known to be out of reach.
situation-owed = Answers awaited
situation-owed_none = None.
situation-steps = Open steps
situation-steps_none = No step is open.
situation-step = Step
situation-role = Role
situation-state = Stands
situation-step_late = overdue
situation-step_open = open
situation-step_proof = done, waits for evidence or another person
situation-latest = Latest entries of the timeline
situation-entries = { $number ->
    [one] The timeline has one entry.
   *[other] The timeline has { $number } entries; at most the last twenty stand here.
}
situation-log = Log { $log }, newest entry { $head }.
data-set = Data set
data-version = Version
data-date = Date

### Deadlines
deadline-title = Deadlines
deadline-none = No deadline was met or missed yet.
deadline-still_open = { $number ->
    [one] One deadline is open. It falls due at
   *[other] { $number } deadlines are open. The next falls due at
}
deadline-waiting = Open deadlines
deadline-what = What
deadline-due = Due
deadline-met_at = Done
deadline-standing = In time?
deadline-acknowledgement = { $of } acknowledges receipt
deadline-verification = The report is confirmed, or not
deadline-second_person = A second person decides on proposal { $number }
deadline-gap = To be filled: { $gap }
deadline-step = Step { $step }: { $title }
deadline-met = in time, { $span } before
deadline-late = late by { $span }
deadline-missed = not done, late by { $span }
deadline-open = open, { $span } left
span-less = less than a minute
span-minutes = { $minutes } min
span-hours = { $hours } h { $minutes } min
span-days = { $days } d { $hours } h

### Pages: the review
review-kinds = Kinds of entries shown
review-at = Who had been told what, at this moment (UTC)
review-at_unread = This moment cannot be read. Write it as 2026-03-02T14:30, in universal time.
review-show = Show
review-timeline = Timeline
review-counted = { $all } entries; { $hidden ->
    [0] none is hidden by the choice of kinds
    [one] one is hidden by the choice of kinds
   *[other] { $hidden } are hidden by the choice of kinds
}{ $elsewhere ->
    [0] .
   *[other] , { $elsewhere } stand on other pages.
}
review-clocks = Above universal time (UTC), below the time in { $state }.
review-clocks_unknown = Times are universal time (UTC); in { $state } several times hold, or none is known here.
review-clocks_universal = Times are universal time (UTC).
review-occurred = Occurred
review-known = Known
review-recorded = Recorded
review-entry = What
review-afterwards = entered afterwards
review-who = Who had been told what at
review-first = First told
review-farthest = How far it had got
review-messages = Messages
review-read = read what was sent
review-not_told = not told
review-sent = Sent to
review-sound = The text fits the digest in the log:
review-unsound = The text does NOT fit the digest in the log:
review-export = Take out as a file
review-export_why = What is taken out is written into the access log.
strand-facts = facts
strand-decisions = decisions
strand-reach = who is in reach
strand-notices = notices
strand-sending = sending
strand-answers = answers
strand-work = playbooks
strand-notes = notes and records
message-pending = waiting to be sent
message-sending = being sent
message-sent = handed over
message-delivered = delivered
message-read = opened
message-failed-retrying = failed, is tried again
message-failed = failed
message-superseded = replaced by a newer one

### Pages: statistics
statistics-title = Statistics
statistics-year = Opened in
statistics-all = all
statistics-number = Number
statistics-counted = { $counted ->
    [one] One incident is counted
   *[other] { $counted } incidents are counted
}; { $hidden ->
    [0] the choice leaves none out.
    [one] the choice leaves one out.
   *[other] the choice leaves { $hidden } out.
}
statistics-own = Only incidents this account may see are counted.
statistics-few = n = { $number }: too few to say anything by.
statistics-state = Where incidents stand
statistics-state_head = State
statistics-type = Types
statistics-type_head = Type
statistics-kind_unintentional = unintentional (Art. 17)
statistics-kind_illegal = illegal (Art. 25)
statistics-kind_domestic = domestic
statistics-kind_unclassified = not yet classified
statistics-class = Classes
statistics-class_head = Class
statistics-class_unknown = not known
statistics-class_of = { $class }: { $name }
statistics-month = Opened by month
statistics-month_head = Month (UTC)
statistics-earlier = { $number ->
    [one] One incident was opened before these months.
   *[other] { $number } incidents were opened before these months.
}
statistics-notice = From knowing to telling
statistics-notice_head = Between when the State of release knew and the notice, for each addressee
statistics-acknowledgement = From telling to acknowledging
statistics-acknowledgement_head = Between notice and acknowledgement, for each addressee
statistics-up_to = up to { $to }
statistics-between = over { $from }, up to { $to }
statistics-over = over { $from }
statistics-hours = { $hours } h
statistics-days = { $days } d
statistics-median = Half took no longer than { $median }, nine tenths no longer than { $nine }.
statistics-unknown = { $number ->
    [one] One is left out, because it is not known since when the State of release has known.
   *[other] { $number } are left out, because it is not known since when the State of release has known.
}
statistics-answers = Acknowledged in time
statistics-answers_head = Acknowledgement
statistics-in_time = in time
statistics-late = late
statistics-missing = missing, its time has passed
statistics-awaited = awaited, there is time
statistics-share = { $percent } % in time, of the { $decided } that were answered or whose time has passed.
statistics-in_time_means = In time is what came before anybody had to be reminded.
statistics-unseen = { $number ->
    [one] One duty is left out: its answer is not for this account to see.
   *[other] { $number } duties are left out: their answers are not for this account to see.
}
case-A = feral oilseed from transport
case-B = perennial grass or tree
case-C = unapproved event in seed or grain trade
case-D = volunteer of a trial
case-E = ornamental in commerce
case-F = centre of origin
case-G = fruit crop trial
case-H = fish
case-I = self-limiting insect
case-J = gene drive
case-K = micro-organism
case-L = virus
case-M = contained use or transport
case-N = unknown or deliberate
