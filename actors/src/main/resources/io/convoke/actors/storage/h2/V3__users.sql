-- People with an account. Of a password there are the keys of SCRAM only (RFC 5802 §3), of which none leads back to it.
CREATE TABLE app_user (
    id                UUID          PRIMARY KEY,
    local_part        VARCHAR(1023) NOT NULL UNIQUE,  -- as RFC 7622 §3.3 normalizes it
    display_name      VARCHAR(200)  NOT NULL,
    sha1_salt         VARBINARY(64) NOT NULL,
    sha1_iterations   INTEGER       NOT NULL,
    sha1_stored_key   VARBINARY(64) NOT NULL,
    sha1_server_key   VARBINARY(64) NOT NULL,
    sha256_salt       VARBINARY(64) NOT NULL,
    sha256_iterations INTEGER       NOT NULL,
    sha256_stored_key VARBINARY(64) NOT NULL,
    sha256_server_key VARBINARY(64) NOT NULL
);
