package io.convoke.actors.xmpp.session;

import io.convoke.protocols.xmpp.registration.RegistrationFailure;

/** What a failure is called in an alarm, in the words of the original. */
record AlarmRule(String type, String failureReason) {
    static final String REGISTRATION = "xmppRegistrationFailure";
    static final String AUTHENTICATION = "xmppAuthenticationRegistrationFailure";

    static AlarmRule of(RegistrationFailure failure) {
        return switch (failure.code()) {
            case "notAuthorized", "hostUnknown" -> new AlarmRule(AUTHENTICATION, "authenticationFailure");
            case "conflict" -> new AlarmRule(AUTHENTICATION, "error");
            case "serviceNotOffered", "serverNoLongerNamed", "serverShutdown", "streamTimeout" ->
                new AlarmRule(REGISTRATION, "serviceUnavailable");
            default ->
                new AlarmRule(
                        REGISTRATION,
                        switch (failure.step()) {
                            case SERVICE_RECORDS, ADDRESSES -> "dnsFailure";
                            case CONNECT, TLS, CERTIFICATE, ACTIVE, USE -> "connectFailure";
                            case REGISTER, VALIDATE -> "serviceUnavailable";
                            default -> "error";
                        });
        };
    }
}
