package io.convoke.actors.xmpp.login;

import io.convoke.actors.storage.BlockingCalls;
import io.convoke.actors.user.UserKeys;
import io.convoke.protocols.xmpp.sasl.ScramKeys;
import io.convoke.protocols.xmpp.sasl.ScramMechanism;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** PLAIN: the password itself, which costs as much to judge whether the user exists or not. */
final class PlainMachine implements SaslMachine {
    private final String user;
    private final String password;
    private final BlockingCalls blocking;
    private final byte[] secret;

    PlainMachine(String user, String password, BlockingCalls blocking, byte[] secret) {
        this.user = user;
        this.password = password;
        this.blocking = blocking;
        this.secret = secret;
    }

    @Override
    public String user() {
        return user;
    }

    @Override
    public CompletionStage<SaslResult> begin(Optional<UserKeys> keys) {
        ScramKeys found = keys.map(UserKeys::sha256)
                .orElseGet(() -> ScramKeys.ofNobody(ScramMechanism.SCRAM_SHA_256, user, secret, UserKeys.ITERATIONS));
        return blocking.ask(() -> found.matches(password) ? new SaslResult.Right(null) : SaslResult.Refused.wrong());
    }

    @Override
    public SaslResult next(byte[] data) {
        return SaslResult.Refused.malformed();
    }
}
