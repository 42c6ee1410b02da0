### Pages: at work
tab-evidence = Evidence
evidence-kept = What was kept
evidence-none = Nothing has been kept yet.
evidence-withdrawn = Does not count any more:
evidence-to = to
evidence-keep = Keep something
evidence-keep_it = Keep it
evidence-step = For which step
evidence-kind = What it is
evidence-file = File
evidence-note = What it shows, where it was taken
evidence-measured = A measurement
evidence-of = Of what
evidence-value = Value
evidence-unit = Unit
evidence-custody = Every hand it passes through is written down
evidence-choose_step = Choose for which step it is kept.
evidence-not_a_number = The value of a measurement is a number.
step-sign_off = Agree (somebody other than the doer)
step-undo = It does not stand: undo
step-undo_help = The record stays; steps that rested on it open again.
step-reason = Reason
step-keep_evidence = Keep evidence
step-started_by = begun by
board-search = Search
board-filter = Reference, organism or place
board-show = Show
board-show_all = all
board-show_open = open
board-show_mine = what needs me
board-hidden =
    { $count ->
        [one] { $count } incident is hidden by this.
        *[other] { $count } incidents are hidden by this.
    }
board-show_all_link = Show all
timeline-add = Add an entry
timeline-text = What happened
timeline-when_help = One line, one entry. A time may stand in front: 14:32 (UTC, today or yesterday), 2026-11-23 14:32 or 2026-11-23T14:32+01:00. Without one it happened now.
timeline-understood = These { $number } entries are understood so. Press again to add them.
timeline-add_it = Add
live-on = live
live-reconnecting = reconnecting …
live-changed = Something has changed. Show it
live-behind = minutes behind
