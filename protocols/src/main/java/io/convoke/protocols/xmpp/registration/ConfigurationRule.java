package io.convoke.protocols.xmpp.registration;

import io.convoke.protocols.xmpp.Jid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Step 2: whether a configuration is enough to register with. */
final class ConfigurationRule {
    private ConfigurationRule() {}

    static Optional<RegistrationFailure> firstProblem(RegistrationSettings settings) {
        List<String> missing = new ArrayList<>();
        if (settings.uniqueName().isEmpty()) {
            missing.add("the unique name");
        }
        if (settings.domain().isEmpty()) {
            missing.add("the domain");
        }
        if (settings.secret().isEmpty()) {
            missing.add("the shared secret");
        }
        if (!missing.isEmpty()) {
            return Optional.of(RegistrationWords.incomplete(missing));
        }
        if (Jid.of(null, settings.uniqueName(), null).isEmpty()) {
            return Optional.of(RegistrationWords.noName("uniqueName", settings.uniqueName()));
        }
        return Jid.of(null, settings.domain(), null).isEmpty()
                ? Optional.of(RegistrationWords.noName("domain", settings.domain()))
                : Optional.empty();
    }
}
