package io.convoke.actors.xmpp.login;

import io.convoke.actors.user.UserKeys;
import io.convoke.protocols.xmpp.sasl.ScramKeys;
import io.convoke.protocols.xmpp.sasl.ScramMechanism;
import io.convoke.protocols.xmpp.sasl.ScramServer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** SCRAM: a challenge, and a proof. */
final class ScramMachine implements SaslMachine {
    private final ScramServer server;
    private final ScramMechanism mechanism;
    private final String user;
    private final byte[] secret;
    private boolean challenged;

    /** {@code server} has got the first message. */
    ScramMachine(ScramServer server, ScramMechanism mechanism, String user, byte[] secret) {
        this.server = server;
        this.mechanism = mechanism;
        this.user = user;
        this.secret = secret;
    }

    @Override
    public String user() {
        return user;
    }

    @Override
    public CompletionStage<SaslResult> begin(Optional<UserKeys> keys) {
        ScramKeys found = keys.map(known -> known.of(mechanism))
                .orElseGet(() -> ScramKeys.ofNobody(mechanism, user, secret, UserKeys.ITERATIONS));
        challenged = true;
        return CompletableFuture.completedFuture(result(server.handleKeys(found)));
    }

    @Override
    public SaslResult next(byte[] data) {
        if (!challenged) {
            return SaslResult.Refused.malformed();
        }
        challenged = false;
        return result(server.handleFinal(data));
    }

    private static SaslResult result(ScramServer.Step step) {
        if (step instanceof ScramServer.Step.Challenge challenge) {
            return new SaslResult.Challenge(challenge.data());
        }
        if (step instanceof ScramServer.Step.Success success) {
            return new SaslResult.Right(success.data());
        }
        boolean wrong = step instanceof ScramServer.Step.Failure failure
                && failure.condition().equals("not-authorized");
        return wrong ? SaslResult.Refused.wrong() : SaslResult.Refused.malformed();
    }
}
