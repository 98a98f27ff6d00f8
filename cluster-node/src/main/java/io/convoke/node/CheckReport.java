package io.convoke.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.protocols.dns.DnsAnswer;
import io.convoke.protocols.dns.DnsQuestion;
import io.convoke.protocols.xmpp.registration.CandidateView;
import io.convoke.protocols.xmpp.registration.CertificateSeen;
import io.convoke.protocols.xmpp.registration.RegistrationFailure;
import io.convoke.protocols.xmpp.registration.RegistrationSettings;
import io.convoke.protocols.xmpp.registration.RegistrationView;
import io.convoke.protocols.xmpp.registration.ServerAddress;
import io.convoke.protocols.xmpp.registration.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a check found, a line for each of the twelve steps.
 *
 * @param live the session of a running node under the same name, which stands for steps 9 to 11; null for none
 * @param temporary whether the callbridge's certificate was made for this check
 */
record CheckReport(
        RegistrationSettings settings,
        RegistrationView view,
        @Nullable JsonNode live,
        boolean temporary) {
    private static final String OK = "ok";
    private static final String FAILED = "FAILED";
    private static final String SKIPPED = "skipped";

    private boolean isGood() {
        return live == null
                ? view.isRegistered()
                : reachedRegistration() && live.path("state").asText().equals("registered");
    }

    private boolean reachedRegistration() {
        return view.step().compareTo(Step.REGISTER) >= 0 && view.lastError() == null;
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        RegistrationFailure failure = view.isRegistered() || reachedRegistration() ? null : view.lastError();
        Step last = failure != null ? failure.step() : view.step();
        for (Step step : Step.values()) {
            if (failure != null && step == failure.step()) {
                lines.add(line(step, FAILED, failure.words() + "."));
                lines.add("   What to do: " + failure.advice());
                return List.copyOf(lines);
            }
            if (live != null && step.compareTo(Step.REGISTER) >= 0) {
                lines.addAll(ofTheNode(live));
                return List.copyOf(lines);
            }
            if (step == Step.USE) {
                lines.add(line(step, SKIPPED, "a login comes from the XMPP server, when a client asks there"));
            } else if (step.compareTo(last) > 0) {
                lines.add(line(step, FAILED, "not reached in time"));
                return List.copyOf(lines);
            } else {
                lines.add(passed(step));
            }
        }
        view.warnings().forEach(warning -> lines.add("Note: " + warning + "."));
        return List.copyOf(lines);
    }

    private String passed(Step step) {
        ServerAddress server = view.server();
        return switch (step) {
            case PRECONDITION ->
                line(
                        step,
                        OK,
                        temporary
                                ? "no certificate yet: one was made for this check only"
                                : "this Callbridge's certificate, key and trust can be read");
            case CONFIGURATION ->
                line(step, OK, "unique name " + settings.uniqueName() + ", domain " + settings.domain());
            case PORT ->
                line(
                        step,
                        OK,
                        settings.address().isEmpty()
                                ? "no server address: SRV records say, without them port " + ServerAddress.DEFAULT_PORT
                                : "server address " + server);
            case SERVICE_RECORDS ->
                settings.address().isEmpty()
                        ? line(step, OK, looks(true))
                        : line(step, SKIPPED, "a server address is set");
            case ADDRESSES ->
                view.dns().stream().allMatch(look -> look.answer().question().type() == DnsQuestion.Type.SRV)
                        ? line(step, SKIPPED, "the server address is no name")
                        : line(step, OK, looks(false));
            case CONNECT -> line(step, OK, candidates());
            case TLS ->
                isPlain()
                        ? line(step, SKIPPED, "plain TCP is allowed for " + server + ": nothing is encrypted")
                        : line(step, OK, "with " + server);
            case CERTIFICATE -> isPlain() ? line(step, SKIPPED, "plain TCP") : line(step, OK, certificate());
            case REGISTER -> line(step, OK, "the stream is open");
            case VALIDATE -> line(step, OK, "the server accepted the unique name and its secret");
            case ACTIVE -> line(step, OK, "registered; taken down again after the check");
            case USE -> line(step, SKIPPED, "");
        };
    }

    private boolean isPlain() {
        return view.transport().equals("tcp");
    }

    private String looks(boolean services) {
        return view.dns().stream()
                .map(RegistrationView.Look::answer)
                .filter(answer -> services == (answer.question().type() == DnsQuestion.Type.SRV))
                .map(CheckReport::answer)
                .collect(Collectors.joining("; "));
    }

    private static String answer(DnsAnswer answer) {
        String found = services(answer)
                + answer.addresses().stream()
                        .map(address -> address.getHostAddress())
                        .collect(Collectors.joining(", "));
        return answer.question() + ": " + (answer.found() ? found + " (TTL " + answer.ttlSeconds() + " s)" : "none");
    }

    private static String services(DnsAnswer answer) {
        return answer.services().stream()
                .map(record -> "priority " + record.priority() + " weight " + record.weight() + " " + record.target()
                        + ":" + record.port())
                .collect(Collectors.joining(", "));
    }

    private String candidates() {
        return view.candidates().stream().map(CheckReport::candidate).collect(Collectors.joining("; "));
    }

    private static String candidate(CandidateView one) {
        return one.target() + (one.address().isEmpty() ? "" : " at " + one.address()) + ", port " + one.port() + ": "
                + one.outcome();
    }

    private String certificate() {
        CertificateSeen seen = view.certificate();
        return seen == null
                ? "accepted"
                : seen.subject() + ", issued by " + seen.issuer() + ", SAN " + String.join(", ", seen.sans())
                        + ", valid until " + seen.notAfter();
    }

    /** Of a callbridge without a configuration, which registers with the server of its own node. */
    static CheckOutcome ofOwnServer(JsonNode live) {
        List<String> lines = new ArrayList<>();
        lines.add("This callbridge has no XMPP configuration: it registers with the XMPP server of its own node.");
        lines.addAll(ofTheNode(live));
        return new CheckOutcome(live.path("state").asText().equals("registered"), List.copyOf(lines));
    }

    CheckOutcome outcome() {
        return new CheckOutcome(isGood(), lines());
    }

    private static List<String> ofTheNode(JsonNode live) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "A node runs on this data folder: its own session is reported, for a second registration could throw it out.");
        boolean registered = live.path("state").asText().equals("registered");
        JsonNode error = live.path("lastError");
        for (Step step : List.of(Step.REGISTER, Step.VALIDATE, Step.ACTIVE)) {
            if (registered) {
                lines.add(line(
                        step,
                        OK,
                        "registered with " + live.path("server").asText() + " since "
                                + live.path("registeredSince").asText()));
            } else {
                lines.add(line(
                        step,
                        FAILED,
                        "the node is at step "
                                + live.path("step").path("number").asInt() + " ("
                                + live.path("step").path("name").asText() + "), "
                                + live.path("state").asText() + ": "
                                + error.path("words").asText("nothing failed yet")));
                if (error.hasNonNull("advice")) {
                    lines.add("   What to do: " + error.path("advice").asText());
                }
                return lines;
            }
        }
        lines.add(line(
                Step.USE,
                SKIPPED,
                "stanzas of the server so far: " + live.path("stanzasIn").asLong()));
        return lines;
    }

    private static String line(Step step, String outcome, String words) {
        return String.format("%2d %-18s %-8s %s", step.number(), step.words(), outcome, words);
    }
}
