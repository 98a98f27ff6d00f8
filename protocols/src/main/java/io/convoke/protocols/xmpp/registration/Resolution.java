package io.convoke.protocols.xmpp.registration;

import io.convoke.protocols.dns.DnsAnswer;
import io.convoke.protocols.dns.DnsQuestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What has been asked and answered. A good answer is used again until its time to live is over. */
final class Resolution {
    private final Map<DnsQuestion, RegistrationView.Look> answers = new HashMap<>();
    private final Set<DnsQuestion> pending = new LinkedHashSet<>();
    private final Set<DnsQuestion> ofThisRound = new LinkedHashSet<>();

    void newRound() {
        pending.clear();
        ofThisRound.clear();
    }

    /** A good answer that may still be used; else null, and the question is to be asked. */
    @Nullable
    DnsAnswer lookUp(long nowNanos, DnsQuestion question) {
        ofThisRound.add(question);
        RegistrationView.Look look = answers.get(question);
        if (look != null
                && look.answer().found()
                && nowNanos - look.atNanos()
                        < TimeUnit.SECONDS.toNanos(look.answer().ttlSeconds())) {
            return look.answer();
        }
        pending.add(question);
        return null;
    }

    /** False where nobody waits for it. */
    boolean answered(long nowNanos, DnsAnswer answer) {
        if (!pending.remove(answer.question())) {
            return false;
        }
        answers.put(answer.question(), new RegistrationView.Look(answer, nowNanos));
        return true;
    }

    boolean isPending() {
        return !pending.isEmpty();
    }

    void forget() {
        pending.clear();
    }

    List<RegistrationView.Look> looks() {
        List<RegistrationView.Look> looks = new ArrayList<>();
        for (DnsQuestion question : ofThisRound) {
            RegistrationView.Look look = answers.get(question);
            if (look != null && !pending.contains(question)) {
                looks.add(look);
            }
        }
        return List.copyOf(looks);
    }
}
