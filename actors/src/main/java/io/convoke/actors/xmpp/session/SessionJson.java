package io.convoke.actors.xmpp.session;

import io.convoke.actors.node.StateJson;
import io.convoke.actors.state.StateSnapshot;
import io.convoke.protocols.dns.DnsAnswer;
import io.convoke.protocols.dns.SrvRecord;
import io.convoke.protocols.xmpp.registration.RegistrationFailure;
import io.convoke.protocols.xmpp.registration.RegistrationSettings;
import io.convoke.protocols.xmpp.registration.RegistrationView;
import io.convoke.protocols.xmpp.registration.ServerAddress;
import io.convoke.protocols.xmpp.registration.Step;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A session as {@code /state/xmpp-sessions} shows it. Never the secret. */
record SessionJson(String id, String node, UUID callbridge, boolean ownServer, Instant now, long nowNanos) {
    private record At(int number, String name, Instant since) {}

    private record Failed(int step, String code, String words, String advice, Instant at) {}

    private record Look(
            String question,
            String outcome,
            List<String> answers,
            List<String> aliases,
            long ttlSeconds,
            Instant resolvedAt,
            @Nullable String error) {}

    StateSnapshot of(RegistrationSettings settings, RegistrationView view, long stanzasIn, long stanzasOut) {
        Instant since = instant(view.stepSinceNanos());
        ServerAddress server = view.server();
        RegistrationFailure error = view.lastError();
        Long retry = view.nextRetryNanos();
        Long registered = view.registeredSinceNanos();
        return new StateJson(XmppComponentSession.KIND, id, node, since, view.state())
                .with("callbridge", callbridge)
                .with("step", new At(view.step().number(), view.step().words(), since))
                .with("server", server == null ? null : server.toString())
                .with("ownServer", ownServer)
                .with("serverAddress", settings.address())
                .with("domain", settings.domain())
                .with("uniqueName", settings.uniqueName())
                .with("transport", view.transport())
                .with("dns", view.dns().stream().map(this::look).toList())
                .with("candidates", view.candidates())
                .with("warnings", warnings(view))
                .with("certificate", view.certificate())
                .with(
                        "lastError",
                        error == null
                                ? null
                                : new Failed(
                                        error.step().number(),
                                        error.code(),
                                        error.words(),
                                        error.advice(),
                                        instant(view.lastErrorAtNanos())))
                .with("nextRetry", retry == null ? null : instant(retry))
                .with("attempts", view.attempts())
                .with("registeredSince", registered == null ? null : instant(registered))
                .with("stanzasIn", stanzasIn)
                .with("stanzasOut", stanzasOut)
                .snapshot();
    }

    /** While there is nothing to register with. */
    StateSnapshot idle(Instant since, String state, String code, String words, String advice) {
        return new StateJson(XmppComponentSession.KIND, id, node, since, state)
                .with("callbridge", callbridge)
                .with("step", new At(Step.CONFIGURATION.number(), Step.CONFIGURATION.words(), since))
                .with("lastError", new Failed(Step.CONFIGURATION.number(), code, words, advice, since))
                .snapshot();
    }

    private static List<String> warnings(RegistrationView view) {
        if (!view.transport().equals("tcp")) {
            return view.warnings();
        }
        List<String> more = new ArrayList<>(view.warnings());
        more.add("This session is not encrypted: convoke.xmpp.callbridge.plain-tcp allows it for this server");
        return more;
    }

    private Look look(RegistrationView.Look look) {
        DnsAnswer answer = look.answer();
        List<String> answers = new ArrayList<>();
        for (SrvRecord record : answer.services()) {
            answers.add(record.priority() + " " + record.weight() + " " + record.port() + " " + record.target());
        }
        for (InetAddress address : answer.addresses()) {
            answers.add(address.getHostAddress());
        }
        String outcome = switch (answer.outcome()) {
            case FOUND -> "found";
            case NO_DATA -> "noData";
            case NO_SUCH_NAME -> "nxdomain";
            case SERVER_FAILURE -> "serverFailure";
            case TIMEOUT -> "timeout";
        };
        return new Look(
                answer.question().toString(),
                outcome,
                answers,
                answer.aliases(),
                answer.ttlSeconds(),
                instant(look.atNanos()),
                answer.found() ? null : answer.words().isEmpty() ? outcome : answer.words());
    }

    private Instant instant(long nanos) {
        return now.minusNanos(nowNanos - nanos);
    }
}
