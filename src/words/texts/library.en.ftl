### Pages: the library of playbooks
page-playbooks = Playbooks
page-contacts = Contacts
page-exercises = Exercises
page-health = Health
playbooks-about = Written emergency measures. Plans for emergency response are never confidential (Article 21.6 (d)): anybody may read, print and pass them on.
playbooks-search = Search in titles, summaries and steps
playbooks-go = Search
playbooks-all = Show all
playbooks-count = { $count ->
    [0] There is no playbook with these words.
    [one] One playbook.
   *[other] { $count } playbooks.
}
playbooks-hidden = { $count ->
    [one] One other is hidden by the search.
   *[other] { $count } others are hidden by the search.
}
playbooks-found_in = Found in these steps:
playbook-steps = { $count ->
    [one] one step
   *[other] { $count } steps
}
playbook-version = version { $version }
playbook-back = All playbooks
playbook-print = Print this page to work on paper: it has the code of every step and a box to tick. To keep as a file:
playbook-yaml = as written (YAML)
playbook-cacao = for other programs (CACAO 2.0)
playbook-roles = Roles
playbook-clocks = Clocks
playbook-clocks_about = Due times are counted from these moments. Article 17 names no hours: every hour here is a choice of the authors.
playbook-what = Steps
translation-human = Translated by a person.
translation-machine = Translated by a machine and not yet checked by a person. In doubt the English text counts.
translation-none = Not translated into this language: the text is shown in English.
translation-stale = { $count ->
    [one] One text is shown in English, because it has changed since it was translated.
   *[other] { $count } texts are shown in English, because they have changed since they were translated.
}
translation-missing = { $count ->
    [one] One text is shown in English, because nobody has translated it.
   *[other] { $count } texts are shown in English, because nobody has translated them.
}
applies-for = For:
applies-when = When:
applies-class = Class of incident:
applies-kind = Kind of organism:
applies-pathway = By:
applies-incident = Type of incident:
applies-group = Organisms:
applies-surroundings = Surroundings:
applies-shared = only when another playbook runs it
applies-fallback = when nothing more fitting is known
audience-state_of_release = the State of release
audience-affected_state = States that are or may be affected
audience-desk = duty officers of this instance
organism_kind-plant = plant
organism_kind-alga = alga
organism_kind-fish = fish
organism_kind-insect = insect
organism_kind-mammal = mammal
organism_kind-microorganism = micro-organism
organism_kind-virus = virus
organism_group-insect_pollinated = plants pollinated by insects
organism_group-plant_other = other plants
organism_group-insect_other = other insects
organism_group-fish_other = other fish
organism_group-fruit_flies = fruit flies
organism_group-bacteria = bacteria
organism_group-microalgae = microalgae
organism_group-rhdv = rabbit haemorrhagic disease virus
surroundings-airport = airport
surroundings-animal_house = animal house
surroundings-aquarium = aquarium
surroundings-bait_area = area where baits lie
surroundings-canal = canal
surroundings-centre_of_origin = centre of origin
surroundings-city = city
surroundings-ditch = ditch
surroundings-estuary = estuary
surroundings-facility = closed facility
surroundings-fallow = fallow
surroundings-feed_mill = feed mill
surroundings-fermenter = fermenter
surroundings-field = field
surroundings-field_cage = field cage
surroundings-field_trial = field trial
surroundings-fish_farm = fish farm
surroundings-forest = forest
surroundings-former_trial = former trial
surroundings-garden_centre = garden centre
surroundings-golf_course = golf course
surroundings-greenhouse = greenhouse
surroundings-harbour = harbour
surroundings-insectary = insectary
surroundings-island = island
surroundings-laboratory = laboratory
surroundings-lake = lake
surroundings-landrace_field = field of local varieties
surroundings-mill = mill
surroundings-net_pen = net pen
surroundings-nursery = nursery
surroundings-open_pond = open pond
surroundings-orchard = orchard
surroundings-parcel = parcel
surroundings-plantation = plantation
surroundings-pond = pond
surroundings-port = port
surroundings-protected_area = protected area
surroundings-rail_yard = rail yard
surroundings-railway = railway
surroundings-release_site = release site
surroundings-research_station = research station
surroundings-retail = retail
surroundings-river = river
surroundings-road_accident = road accident
surroundings-roadside = roadside
surroundings-seed_field = seed field
surroundings-seed_store = seed store
surroundings-shop = shop
surroundings-silo = silo
surroundings-village = village
surroundings-warehouse = warehouse
surroundings-waste_water = waste water
surroundings-wild_population = wild population
delay-minute = { $count ->
    [one] one minute
   *[other] { $count } minutes
}
delay-hour = { $count ->
    [one] one hour
   *[other] { $count } hours
}
delay-day = { $count ->
    [one] one day
   *[other] { $count } days
}
delay-week = { $count ->
    [one] one week
   *[other] { $count } weeks
}
delay-month = { $count ->
    [one] one month
   *[other] { $count } months
}
delay-year = { $count ->
    [one] one year
   *[other] { $count } years
}
due-clock = { $delay }, counted from “{ $clock }”
due-step = { $delay }, counted from the end of step { $step }
step_kind-decide = to decide
step_kind-together = together
step_kind-repeat = again and again
step_kind-run_playbook = another playbook
required-must = must be done
required-could = may be done
required-must_unless_documented = must be done, or the reason written down
sheet_step-due = Due:
sheet_step-runs = Runs:
sheet_step-when = Only if:
sheet_step-after = After steps:
sheet_step-members = Made of steps:
sheet_step-cases = Answers:
sheet_step-every = Every:
sheet_step-until = Until:
sheet_step-evidence = Evidence to keep:
sheet_step-signoff = To be agreed by others:
sheet_step-survey = Survey:
sheet_step-sign = Done (time, name): …………………………………………
case-end = { $answer }: nothing more here
case-opens = { $answer } → { $steps }
evidence-plain = { $count } × { $kind }
evidence-with_hands = { $count } × { $kind }, every hand it passes through written down
evidence-document = document
evidence-lab_report = laboratory report
evidence-log = log entry
evidence-measurement = measurement
evidence-photo = photograph
evidence-sample = sample
signoff-persons = { $count ->
    [one] one person, not the one who did it
   *[other] { $count } persons, not the one who did it
}
survey-samples = { $samples } samples, each { $unit }, out to the ring: { $ring }. They find a share of { $prevalence } % with { $confidence } % confidence.
figure-unverified = unverified
figure-calculated = calculated
### Pages: contact points
contacts-about = Who is to be told, by State and organization, and whether they can be.
contacts-stale_after = { $days ->
   *[other] A confirmation is taken for stale after { $days } days.
}
contacts-silent_parties = { $count ->
    [0] Every Party has somebody who can be told.
    [one] One Party has nobody who can be told.
   *[other] { $count } Parties have nobody who can be told.
}
contacts-see_silent = See them
contacts-search = State or organization
contacts-show = Show
contacts-show_all = all
contacts-show_silent = nobody can be told
contacts-show_unconfirmed = never confirmed
contacts-show_stale = confirmed too long ago
contacts-show_no_article17 = none for Article 17
contacts-show_well = all is well
contacts-go = Show
contacts-count = { $count ->
    [0] Nothing fits.
    [one] One is shown.
   *[other] { $count } are shown.
}
contacts-hidden = { $count ->
    [one] One is hidden by the filter.
   *[other] { $count } are hidden by the filter.
}
contacts-points = Contact points
contacts-confirmed = Last confirmed
contacts-matter = What is the matter
contacts-own = yours
contacts-instance = This instance
contacts-clearing_house = Biosafety Clearing-House
contacts-back = All contacts
contacts-order = They are told one after the other: by kind as listed here, of one kind first whoever is on duty, then the one confirmed last.
contacts-none = No contact point is entered here.
contacts-not_yours = This account may not change that contact point
contacts-not_yours_help = Administrators and duty officers change the contact points of their own State; those of the instance change all.
contacts-changed_meanwhile = Nothing was stored: somebody has changed this contact point since you saw it. Look at it again, then confirm.
finding-no_contact_point = no contact point: nobody can be told
finding-no_usable_channel = no way that this server can use: nobody can be told
finding-unconfirmed = nobody ever made sure that it answers
finding-stale = last confirmed too long ago
finding-no_article17 = none for Article 17
kind-ORG = office of an organization
kind-DUTY = duty officer
channel-gone = its receiver said that it is gone; it is not used
channel-not_served = this server does not serve this channel
contact-reads = Reads:
contact-staffed = Staffed:
contact-confirmed = Confirmed:
contact-never = Never confirmed
contact-confirm = I have made sure that it answers
contact-change = Change
contact-new = Add a contact point
contact-not_stored = Nothing was stored. Mend this:
contact-stale = Nothing was stored: somebody has changed it meanwhile
contact-stale_help = This is how it stands now; below is what you typed. Store again to put yours in its place.
contact-kind = What it is for
contact-name = Name of the office
contact-ways = How to reach it, best first
contact-ways_help = Empty what is to be taken away. The live channel takes the id of an account; yours is
contact-by = Channel
contact-way = Address or number
contact-again = Its receiver said that it is gone. Use it again.
contact-languages = Languages it reads, best first (two letters each, such as fr, en)
contact-hours = When it is staffed
contact-hours_help = Leave all of it empty if that is not known, or if somebody is always there. An end before the beginning means the next morning.
contact-from = From
contact-to = To
contact-zone = Time zone
contact-store = Store
contact-bad_kind = Choose what it is for.
contact-bad_name = Give a name of 1 to 300 characters on one line.
contact-bad_email = Give an e-mail address such as desk@example.org.
contact-bad_webhook = Give a whole https address such as https://example.org/alerts.
contact-bad_number = Give a telephone or fax number with its country code, such as +33 1 23 45 67 89.
contact-bad_live = Give the id of an account; yours stands beside the field.
contact-bad_way = Choose the channel.
contact-too_many = At most 20 ways are kept.
contact-bad_languages = Write languages as two letters each, at most 20, such as fr, en.
contact-bad_hours = Give days, from, to and a time zone such as Africa/Nairobi, or leave all of them empty.
contact-bad_addressee = No contact point can be entered for this addressee.
day-1 = Monday
day-2 = Tuesday
day-3 = Wednesday
day-4 = Thursday
day-5 = Friday
day-6 = Saturday
day-7 = Sunday
line-title = Test of the line
### Pages: exercises and the test of the line
exercises-about = An exercise is worked like a real incident: the same report, the same notices, the same clocks and playbooks. Every page and every message of it says that it is one, and nothing of it ever mixes with real incidents.
exercises-begin = It begins with a report for which “exercise” was chosen; that cannot be changed afterwards. What is scored: who was told, who acknowledged, and who did so without being reminded.
exercises-line_about = A test of the line sends a message that says that nothing has happened and asks for an acknowledgement. It shows in peacetime who can be reached; whoever answers counts as confirmed.
exercises-exercises = Exercises held
exercises-tests = Tests of the line
exercises-none = None so far.
drill-score = { $acknowledged } of { $asked } acknowledged, { $in_time } of them without a reminder. Nobody could be told: { $unreachable }.
drill-answered = Your State has acknowledged.
drill-unanswered = Your State has not acknowledged yet.
drill-nobody = Nobody had to be told.
drill-own_only = You see the answer of your own State only.
drill-open = Open the incident
drill-answers = Answers
drill-took = Time to answer
drill-remark = Remark
rung-reminder = after a reminder
rung-next_contact = by the next contact point
rung-next_kind = by the next kind of contact point
line-who = To whom
line-chosen = Send to those chosen
line-everybody = { $count ->
    [one] Send to the only one
   *[other] Send to all { $count }
}
line-nobody = Nothing was sent: choose to whom, or send to all.
line-not_sent = Nothing was sent. Look at what is chosen and try again.
line-sent = The test of the line is on its way. This account sees no answers; duty officers do.
line-not_yours = This account may not send a test of the line
line-not_yours_help = Administrators and duty officers of the instance send it. Ask one of them.
### Pages: health
health-well = Nothing needs anybody at the moment.
health-hold = No mail and no webhook goes out since { $since }: this server was restored from a backup made at { $made }.
health-failed = { $count ->
    [one] One message could not be delivered by its channel.
   *[other] { $count } messages could not be delivered by their channel.
}
health-layer = A layer of the map cannot be read, and the map goes without it: { $layer }
health-clock = The clock of the machine was set back by { $seconds } s. Check it.
health-alarms = { $count ->
    [one] One addressee of an actual incident cannot be reached or does not answer.
   *[other] { $count } addressees of actual incidents cannot be reached or do not answer.
}
health-no_duty_officer = This instance has no duty officer who can be told when a State does not answer.
health-gone = { $count ->
    [one] One channel is not used, because its receiver said that it is gone.
   *[other] { $count } channels are not used, because their receivers said that they are gone.
}
health-hold_title = The outbox is on hold
health-hold_help = Find out what had been sent between the backup and the loss: ask the mail relay or the receivers. What you say was sent is recorded so; the rest goes out at once.
health-made = Made
health-what_sent = What had been sent?
health-sent_until = Everything made until this time:
health-until = Time (UTC)
health-sent_none = Nothing: send all of it now
health-release = Record this and release
health-release_unread = Nothing was changed: choose what had been sent and, where needed, give the time.
health-alarms_title = Addressees that cannot be reached or do not answer
health-no_alarms = None.
health-incident = Incident
health-since = Since
health-server = This server
health-waiting = Messages that have not reached anybody yet
health-timers = Timers set
health-events = Events in the log
health-log = Log
health-backup = Last backup
health-backup_unknown = not known here: look at the time in the MANIFEST of the newest backup
health-backup_of = restored from the one made at { $made }; newer ones are not known here
health-version = Version of the program
health-now = Time of this page
