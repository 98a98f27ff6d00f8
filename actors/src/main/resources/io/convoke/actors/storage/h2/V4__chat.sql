-- A space's chat: whether it has one, how many messages are kept of it (0: nothing is stored), and the messages.
ALTER TABLE space ADD COLUMN chat BOOLEAN DEFAULT TRUE NOT NULL;
ALTER TABLE space ADD COLUMN chat_history INTEGER DEFAULT 100 NOT NULL;

CREATE TABLE chat_message (
    space       UUID                     NOT NULL REFERENCES space (id) ON DELETE CASCADE,
    number      BIGINT                   NOT NULL,  -- counts up within the space
    id          UUID                     NOT NULL,
    said_at     TIMESTAMP WITH TIME ZONE NOT NULL,
    sender_name VARCHAR(1100)            NOT NULL,
    sender_kind VARCHAR(16)              NOT NULL,  -- participant or xmpp
    participant UUID,                               -- the sender's, where it was one
    body        VARCHAR                  NOT NULL,
    PRIMARY KEY (space, number)
);
