package io.convoke.actors.xmpp.login;

import io.convoke.actors.user.UserKeys;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** One user's password exchange, from the message that names the user. Owned by one exchange. */
interface SaslMachine {
    /** The local part the client claims, normalized. */
    String user();

    /** Judges the first message. {@code keys} are empty where there is no such user, and nobody is to notice. */
    CompletionStage<SaslResult> begin(Optional<UserKeys> keys);

    /** The client's answer to a challenge. */
    SaslResult next(byte[] data);
}
