package io.convoke.protocols.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an offer says about its one transport: ICE credentials, certificate, DTLS part, multiplexing. */
final class RemoteTransport {
    private static final int MAX_FINGERPRINTS = 8;

    private final Sdp offer;
    private final Bundle bundle;
    private final List<SectionPlan> accepted;
    private final List<Fingerprint> fingerprints = new ArrayList<>();
    private @Nullable String ufrag;
    private @Nullable String password;

    RemoteTransport(Sdp offer, Bundle bundle, List<SectionPlan> accepted) {
        this.offer = offer;
        this.bundle = bundle;
        this.accepted = accepted;
    }

    /** To be called first. */
    @Nullable
    Rejected check() {
        Rejected wrong = checkMultiplexing();
        wrong = wrong == null ? checkSetup() : wrong;
        wrong = wrong == null ? checkIce() : wrong;
        return wrong == null ? checkFingerprints() : wrong;
    }

    private @Nullable Rejected checkMultiplexing() {
        for (SectionPlan plan : accepted) {
            if (!plan.offered().has("rtcp-mux") && !plan.offered().has("rtcp-mux-only")) {
                return new Rejected(
                        "noRtcpMux",
                        "a=rtcp-mux in each media section",
                        "none in mid " + plan.section().mid());
            }
        }
        return null;
    }

    /** RFC 8842 §5.3; {@code passive} is what a client says that knows from earlier which part it has. */
    private @Nullable Rejected checkSetup() {
        List<String> session = offer.values("setup");
        for (SectionPlan plan : accepted) {
            List<String> own = plan.offered().values("setup");
            for (String setup : own.isEmpty() ? session : own) {
                if (!setup.equals("actpass") && !setup.equals("passive")) {
                    return new Rejected(
                            "badSetup",
                            "a=setup:actpass or a=setup:passive, as the server is always active",
                            "a=setup:" + setup);
                }
            }
        }
        return null;
    }

    private @Nullable Rejected checkIce() {
        if (!offer.values("ice-lite").isEmpty()) {
            return new Rejected("iceLite", "a client with full ICE, as the server is ICE-lite", "a=ice-lite");
        }
        List<Attribute> at = firstWith("ice-ufrag");
        String name = first(at, "ice-ufrag");
        if (!isIce(name, 4)) {
            return new Rejected(
                    "badIceUfrag", "a=ice-ufrag with 4 to 256 ICE characters", name.isEmpty() ? "none" : name);
        }
        String secret = first(at, "ice-pwd");
        if (!isIce(secret, 22)) {
            return new Rejected(
                    "badIcePwd",
                    "a=ice-pwd with 22 to 256 ICE characters beside a=ice-ufrag",
                    secret.isEmpty() ? "none" : secret.length() + " characters");
        }
        ufrag = name;
        password = secret;
        return null;
    }

    private @Nullable Rejected checkFingerprints() {
        List<String> values = Attribute.values(firstWith("fingerprint"), "fingerprint");
        for (String value : values) {
            Fingerprint fingerprint = Fingerprint.parse(value);
            if (fingerprint != null && fingerprints.size() < MAX_FINGERPRINTS) {
                fingerprints.add(fingerprint);
            }
        }
        return fingerprints.isEmpty()
                ? new Rejected(
                        "badFingerprint",
                        "a=fingerprint with sha-256, sha-384 or sha-512 and its bytes in hexadecimal",
                        values.isEmpty() ? "none" : values.get(0))
                : null;
    }

    /** Attributes of the first place in the bundle, else of the session, where that name stands. */
    private List<Attribute> firstWith(String name) {
        return bundle.sections().stream()
                .filter(s -> s.has(name))
                .map(MediaSection::attributes)
                .findFirst()
                .orElse(offer.attributes());
    }

    private static String first(List<Attribute> attributes, String name) {
        return Attribute.values(attributes, name).stream().findFirst().orElse("");
    }

    /** RFC 8839 §5.4, and the characters of base64url that some clients use beside. */
    private static boolean isIce(String text, int minChars) {
        return text.length() >= minChars && text.length() <= 256 && Tokens.isToken(text, "/=");
    }

    String ufrag() {
        return Objects.requireNonNull(ufrag); // set by check()
    }

    String password() {
        return Objects.requireNonNull(password); // set by check()
    }

    List<Fingerprint> fingerprints() {
        return fingerprints;
    }
}
