# English: the original. Codes of the domain on the left, words for people on
# the right. Other languages translate this file key by key.

-protocol = Cartagena Protocol

### Pathways
pathway-pollen = pollen
pathway-seed = seed carried by wind, water or animals
pathway-vegetative = plant fragments
pathway-flight = flight
pathway-wind_borne = wind at height
pathway-swimming = swimming
pathway-water = rivers and currents
pathway-aerosol = droplets and dust
pathway-host_contact = contact between hosts
pathway-seed_spill = seed lost in transport
pathway-transport = transport
pathway-trade = trade
pathway-unknown = a way not known

### Rings
ring-touched = touches the place
ring-p50 = where half of the movement lies
ring-p95 = where nearly all of the movement lies
ring-max = the farthest credible
ring-cannot_exclude = cannot be excluded at this map scale
ring-named = named, whatever the distance
sector-in = Some of it lies where wind or current carries the organism to.
sector-out = None of it lies where wind or current carries the organism to; the reach stays the same.
season-in = Released in a month in which it moves.
season-out = Released outside the months in which it usually moves; the reach stays the same.
overlap = About { $percent } % of the reach lies in it.
viability = It stays alive or fertile on the way for about { $hours } hours.

### Reasons
reason-place_inside = The place lies in it or touches it.
reason-whole_state = No place is known, so the whole State stands for it.
reason-within_reach = Within { $reach }, { $ring } by { $pathway }.
reason-cannot_exclude = Beyond { $reach } by { $pathway }, but map and place are not exact to better than { $margin }: it cannot be excluded.
reason-destination = Named as a destination of { $pathway }; no distance applies.
reason-reported = The reporter thinks that it may be affected.
reason-told_before = Named by an earlier assessment, so that a notice is owed to it; the present map alone would not say so.
reason-nearest_coast = Its coast is within 200 nautical miles (nearest-coast rule, not a legal delimitation).
reason-relation = It has a relation to an area in reach ({ $area }: { $basis }). Inclusion implies no position on the status of any territory.
reason-beyond_reach = Farther than the { $reach } that any pathway reaches.
reason-no_destination_named = People carry it ({ $pathway }), and no destination was named.

basis-administers = administers
basis-claims = claims
basis-shared = shares
basis-undetermined = not determined
basis-international = international arrangement

### Evidence
grade-A = several field studies
grade-B = one field study or survey
grade-C = model or inference
grade-D = unverified

### Centres of origin and wild relatives
centre-origin = centre of origin of { $species }
centre-diversity = centre of diversity of { $species }
centre-wild_relative = wild relative: { $taxon } ({ $compatibility })
centre-in_area = { $finding }, in the area { $area }
compatibility-same_species = same species
compatibility-crosses_readily = crosses readily
compatibility-crosses_with_difficulty = crosses with difficulty
compatibility-unknown = not known whether it crosses

### Gaps
gap-missing = nothing was said
gap-unknown = said to be unknown
gap-withheld = withheld
gap-no_zone = a time without zone; it may be that time anywhere
gap-not_a_time = the words give no time
gap-future = the time lies in the future
gap-unknown_state = not in the table of States
gap-state_differs = the place lies in another State than the one said
gap-not_an_identifier = not in the form of an OECD identifier
gap-check_digit = the check digit does not fit
gap-former_identifier = a former identifier; the present one is used
gap-unknown_organism = the organism is not in the table, so the widest applicable reach is taken
gap-unknown_reach = no reach is known for this organism by this pathway, so the widest applicable is taken
gap-route_needed = a route is needed
gap-destinations_needed = destinations are needed
gap-doubtful_geometry = the geometry is doubtful; it was used all the same

field-organism = What was released
field-place = Where
field-released = When it was released
field-known = When you learned of it
field-pathways = How it may move
field-quantities = Quantities (17.3 a)
field-traits = Traits (17.3 a)
field-circumstances = Circumstances (17.3 b)
field-use = Use in the State of origin (17.3 b)
field-adverse_effects = Possible adverse effects (17.3 c)
field-risk_management = Possible measures (17.3 c)
field-other = Other information (17.3 d)
field-point_of_contact = Point of contact (17.3 e)
field-affected_states = Who may be affected

### Contact points and channels
kind-CPB-A17-FP = Article 17 contact point
kind-BCH-FP = Clearing-House focal point
kind-CPB-FP1 = Protocol focal point
kind-CNA = competent authority
kind-MISSION = mission
channel-live = live channel
channel-email = e-mail
channel-webhook = webhook
channel-by_hand = telephone, by hand
hop-no_channel = passed over: no way to reach it
hop-channel_not_served = passed over: this server does not serve its channels

### Modes
mode-actual = ACTUAL
mode-exercise = EXERCISE — not a real event
mode-test = TEST — not a real event

### States of an incident
state-under_verification = under verification
state-open = open
state-contained = contained
state-monitoring = under monitoring
state-closed = closed
state-withdrawn = withdrawn
state-merged = merged

### Events of a timeline
event-report_received = Report received; { $gaps ->
    [0] nothing missing
    [one] one gap
   *[other] { $gaps } gaps
}
event-incident_opened = Incident { $reference } opened: { $state }
event-assessed = Assessed: { $states ->
    [0] no other State in reach
    [one] one State in reach
   *[other] { $states } States in reach
}, { $hotspots ->
    [0] no hotspot
    [one] one hotspot
   *[other] { $hotspots } hotspots
}
event-assessed_anew = Assessed anew, because data of the map changed ({ $layers }): { $states ->
    [0] no other State in reach
    [one] one State in reach
   *[other] { $states } States in reach
}, { $hotspots ->
    [0] no hotspot
    [one] one hotspot
   *[other] { $hotspots } hotspots
}
event-playbook_chosen = Playbooks chosen for the { $role ->
    [state_of_release] State of release
   *[affected_state] States told
}: { $playbooks }
event-verification_requested = { $addressee } asked to verify the report
event-verification_decided = Verification decided: { $state }
event-verification_overdue = Verification is overdue: the instance's duty officer must decide
event-duty_identified = A notice is owed to { $addressee }
event-clearing_house_informed = The Biosafety Clearing-House has been informed
event-notice_issued = Notice issued to { $addressee }
event-notice_issued_again = Notice issued again to { $addressee }, to the next contact point
event-addressee_unreachable = ALARM: nobody can be reached for { $addressee }
event-message_delivered = Notice delivered to { $addressee }
event-notice_acknowledged = { $addressee } acknowledged receipt
event-addressee_silent = ALARM: { $addressee } has not acknowledged and the chain is at its end
event-assessed_facts = Assessed anew, because the facts have changed
event-assessed_absorbed = The assessment was given to States that join from a merged incident
event-message_sending = Sending to { $addressee }: attempt { $attempt }
event-message_sent = Handed over for { $addressee }
event-message_read = A person at { $addressee } has opened the notice
event-message_failed = Not delivered to { $addressee } ({ $detail })
event-call_recorded = Call to { $addressee } recorded
event-escalated_to_instance = The duty officer of this instance was told: { $addressee ->
    [none] nobody has decided on the report
   *[other] { $addressee } does not answer or cannot be reached
}
event-facts_changed = Facts have changed: { $count ->
    [one] one item
   *[other] { $count } items
}
event-state_changed = The incident is now: { $state }
event-type_changed = The incident is now classified as: { $type }
event-significance_changed = Significant adverse effects: { $likelihood }
event-change_proposed = A change awaits a second person
event-proposal_decided = { $approved ->
    [yes] A second person approved the change
   *[no] The proposed change was returned or not decided in time
}
event-addressees_named = Addressees were named: { $addressees }
event-run_started = Work on “{ $playbook }” has begun
event-deed_recorded = Step “{ $step }”: { $what }
event-step_overdue = Step “{ $step }” is overdue
event-playbook_adopted = The run of “{ $playbook }” follows another text from now on
event-role_recorded = Role “{ $role }”: { $what }
event-run_ended = The run has ended
event-left_open = What is still open as the incident ends
event-sharing_changed = { $shared ->
    [yes] The States told see which others were told
   *[no] The States told do not see which others were told
}
event-absorbed = Incident { $reference } goes on in this one
event-merged_into = This incident goes on as { $reference }
event-consultation_opened = Consultation with { $addressee } opened
event-consultation_said = Said in the consultation with { $addressee }
event-measures_agreed = Measures agreed with { $addressee }
event-consultation_closed = Consultation with { $addressee } closed
event-response_recorded = { $addressee } has responded
event-state_assessed = { $addressee } has assessed the effects itself
event-liability_recorded = { $addressee } has recorded operators, damage, measures or costs
event-note_added = Note
event-arrival_possible = From now on the organism may have arrived in { $addressee }
event-words_erased = Words of a person were erased from event { $event }
event-erased = An entry was erased by a logged decision

### Types of incidents
type-unintentional = unintentional transboundary movement (Article 17)
type-illegal = illegal transboundary movement (Article 25)
type-domestic = no movement across a border expected
type-unclassified = not yet classified

### Likelihood
likelihood-likely = likely
likelihood-unlikely = unlikely
likelihood-unknown = not known; counts as likely

### Compass
bearing-n = north
bearing-ne = north-east
bearing-e = east
bearing-se = south-east
bearing-s = south
bearing-sw = south-west
bearing-w = west
bearing-nw = north-west

### The sheet of an assessment
sheet-place = Place
sheet-points = { $count } points
sheet-line = line of { $count } positions
sheet-area = area of { $count } positions
sheet-whole = the whole State
sheet-uncertain = known to within { $distance }
sheet-lies_in = Lies in
sheet-no_one_state = no one State alone; those it touches stand below
sheet-no_state = no State’s land: at sea, or not known
sheet-organism = Organism
sheet-released = Released
sheet-reach = Reach
sheet-reach_far = half within { $p50 }, nearly all within { $p95 }, farthest credible { $max }
sheet-reach_none = no distance of its own
sheet-implied = follows from the spill or escape
sheet-widest = the widest applicable: organism or pathway is not known
sheet-grade = evidence: { $grade }
sheet-states = States in reach or concerned
sheet-no_states = No other State is in reach.
sheet-excluded = Not told, nearest first
sheet-hotspots = Biodiversity hotspots in reach
sheet-no_hotspots = No biodiversity hotspot is in reach.
sheet-centres = Centres of origin and wild relatives in these States
sheet-layers = Other layers in reach
sheet-approximate = Drawn approximately: its edge may be wrong by up to { $distance }.
sheet-gaps = Missing or doubtful
sheet-data = Data
sheet-status = That a State or an area is listed, or not, implies no position on the status of any territory. The nearest-coast rule is not a legal delimitation.
sheet-exactness = Distances are shown no finer than map and place are known.
column-state = State
column-hotspot = Hotspot
column-layer = Layer
column-ring = Ring
column-distance = Distance
column-bearing = Bearing
column-arrival = Earliest
column-why = Why
mark-touched = touched
mark-p50 = p50
mark-p95 = p95
mark-max = max
mark-cannot_exclude = not excluded
mark-named = named
bearing-meridian = along { $meridian }
arrival-at_once = at once
arrival-hours = after { $count } h
arrival-days = after { $count } d

### What was done about a step of a run
deed-done = done
deed-round = one round done
deed-skipped = left out
deed-signed_off = signed off
deed-noted = noted
deed-undone = undone
deed-evidence_kept = evidence kept
deed-evidence_handed_over = evidence handed over
deed-evidence_withdrawn = evidence withdrawn
deed-step_added = step added
deed-role_offered = offered
deed-role_taken = taken over
deed-role_laid_down = laid down
