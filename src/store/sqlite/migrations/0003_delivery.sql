-- How far each message has got: folded from the events about it, like every
-- projection, and rebuilt from them. Its bytes and where it goes are kept as
-- they were when it was made.
ALTER TABLE message ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN next INTEGER;                       -- due time of the next attempt, if there is to be one
ALTER TABLE message ADD COLUMN detail TEXT;
ALTER TABLE message ADD COLUMN issued INTEGER NOT NULL DEFAULT 0;  -- the event that issued it
ALTER TABLE message ADD COLUMN destination TEXT;                   -- the channel with its address; NULL when erased
CREATE INDEX message_due ON message (next) WHERE next IS NOT NULL;
UPDATE message SET issued = coalesce((
    SELECT max(event.seq) FROM event JOIN payload USING (seq)
    WHERE event.incident = message.incident AND event.type IN ('notice_issued', 'verification_requested')
      AND replace(json_extract(CAST(payload.bytes AS TEXT), '$.message.id'), '-', '') = lower(hex(message.id))
), 0);
