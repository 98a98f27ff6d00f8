-- How each callbridge finds and proves itself to its XMPP servers. Empty where nothing is set. The secrets of XEP-0114 are kept as they are: its handshake
-- hashes them with the stream's ID, so both ends must know them.
CREATE TABLE xmpp_configuration (
    callbridge     UUID          PRIMARY KEY,
    unique_name    VARCHAR(1023) NOT NULL,
    domain         VARCHAR(1023) NOT NULL,
    shared_secret  VARCHAR(1023) NOT NULL,
    server_address VARCHAR(1023) NOT NULL
);

-- Who may register with Convoke's own XMPP server, for all nodes.
CREATE TABLE xmpp_component (
    name          VARCHAR(1023) PRIMARY KEY,  -- lower case
    shared_secret VARCHAR(1023) NOT NULL
);
