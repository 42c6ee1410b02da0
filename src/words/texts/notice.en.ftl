# English: the original. The words of notices as they are sent. Other languages
# translate this file key by key.

### Kinds of notices
notice-initial = Initial notice under Article 17 of the Cartagena Protocol on Biosafety
notice-illegal = Initial notice of an illegal transboundary movement (Cartagena Protocol on Biosafety, Article 25)
notice-follow_up = Follow-up notice: something has changed
notice-all_clear = All-clear: the danger is over
notice-withdrawal = Withdrawal: what you were told was sent in error
notice-closing = Closing: the incident is closed
notice-verification = Request to verify a report
notice-advisory = Advisory: UNVERIFIED
notice-reachability = Test of the line: nothing has happened
notice-step_overdue = A step of a playbook is overdue
notice-escalation = To the duty officer: please act

### Kinds of notices, in the subject of a mail
subject-initial = Initial notice (Article 17)
subject-illegal = Initial notice (Article 25)
subject-follow_up = Follow-up
subject-all_clear = All-clear
subject-withdrawal = Withdrawal
subject-closing = Closed
subject-verification = Please verify
subject-advisory = Unverified advisory
subject-reachability = Test of the line
subject-step_overdue = A step is overdue
subject-escalation = Duty officer: please act
subject-reminder = Reminder
subject-mode_exercise = EXERCISE
subject-mode_test = TEST

### What a notice says first
opening-initial = A living modified organism was released. It has crossed a border, or may cross one.
opening-illegal = A living modified organism has crossed a border, or may cross one, in a movement that is reported to be illegal.
opening-follow_up = What you were told of this incident has changed. First stands what has changed, then everything as it is known now.
opening-all_clear = The danger is over. No further measures are needed.
opening-withdrawal = You were told of this incident in error. What was said in it does not hold.
opening-closing = The incident is closed. This is not an all-clear: whether measures are still needed is for each addressee to judge.
opening-verification = A report says that a living modified organism was released. Nobody responsible has confirmed it yet. Please find out whether it is so; then confirm it, or say that it is not.
opening-advisory = A report says that a living modified organism was released and may reach you. This is UNVERIFIED: those responsible where it is said to have happened have not confirmed it.
opening-reachability = This message only tests whether you can be reached. Nothing has happened. Please answer it as you would answer a real one.
opening-step_overdue = Steps of the playbook “{ $playbook }” that your team works through are overdue. Nobody has recorded that they were done. Please see to it, or record what was done.
opening-escalation = { $about } has not answered, or cannot be reached. Please reach somebody there yourself, and record it.
opening-undecided = Nobody has decided on this report in time. Please decide: open the incident, extend the time with a reason, or withdraw it.

### Why an addressee is told
why-release = The report says that it happened under your jurisdiction, and it does not come from your contact point or authority.
why-instance = You are the duty officer of this server.
why-team = You are a contact point of the State whose team follows this playbook. Overdue:
late-step = { $step } (due { $due })
why-contact = You are listed as a contact point.
why-told = You were told of this incident before.
why-union = A Member State of the Union is told, and the Union is itself a Party to the Protocol.
why-organization = Those in charge of this incident think it right to inform your organization.
why-named = Those in charge of this incident think that you may be affected or concerned.
why-distance = Nearest point: { $distance } ({ $bearing }) from the place; exact to { $accuracy }.
why-distance_only = Nearest point: { $distance } from the place; exact to { $accuracy }.
why-ring = Ring: { $ring }.
why-arrival = Earliest arrival: { $time }.

### How well something is known
knowledge-known = known
knowledge-estimated = estimated
knowledge-unknown = not known
knowledge-withheld = known, and withheld

### Addressees that are not States
addressee-BCH = Biosafety Clearing-House
addressee-INSTANCE = duty officer of the server { $instance }

### Headings
heading-why = WHY YOU ARE TOLD
heading-changes = WHAT HAS CHANGED
heading-reason = REASON
heading-facts = WHAT IS KNOWN (Article 17.3)
heading-notes = NOTES

### Labels
label-reference = Reference
label-to = To
label-from = From
label-issued = Issued
label-state_of_release = State of release
label-type = Kind of case
label-status = Status
label-message = Message
label-before = before
label-now = now
label-source = Source
label-significance = Significant adverse effects
label-arrival = Arrival
label-reach = What the map says of you

### Sentences of a letter
letter-pair = { $label }: { $value }
letter-reminder = REMINDER: your acknowledgement has not come yet.
letter-ask = Please acknowledge receipt by { $time }.
letter-ask_local = Please acknowledge receipt by { $time } ({ $local } in { $zone }).
letter-no_ask = No acknowledgement is asked for.
letter-link = To read and acknowledge this message, open:
letter-link_read = To read this message, open:
letter-link_own = The link is good for this message and your office only. Please do not pass it on.
letter-account = To acknowledge with an account on this server: POST { $path }
letter-verdict = To confirm or to deny, with an account on this server: POST { $path }
letter-voice = By telephone: tell the caller that you have received it, with your office and the reference.
letter-receipt = Acknowledging means that you have received the message. It is not agreement with it.
letter-released = When it was released (17.3 b)
letter-no_zone = { $said } (no time zone was given)
letter-arrival_possible = possible from now on
letter-nothing = nothing
letter-cut = [cut here; the whole has { $count } characters]
letter-cut_link = [cut here; the whole has { $count } characters: { $link }]
letter-supersedes = This message takes the place of message { $message }.
letter-quoted = Lines that begin with “>” are the words of those who reported or decided, as they wrote them; they are not translated.
letter-machine = This text was translated by a machine and no person has checked it. The English text below governs.
letter-english = ENGLISH TEXT

### Still open as a case ends
heading-open = STILL OPEN
open-notice = You were not told.
open-acknowledgement = Your acknowledgement has not come.
open-consultation = No consultation under Article 17.4 was opened with you.
open-consultation_closing = The consultation with you has not been closed.
open-gap = Not known: { $what }
letter-decide = Please confirm or deny the report by { $time }.
letter-decide_local = Please confirm or deny the report by { $time } ({ $local } in { $zone }).
