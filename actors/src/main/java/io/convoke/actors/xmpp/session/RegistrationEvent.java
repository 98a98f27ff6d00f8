package io.convoke.actors.xmpp.session;

import io.convoke.media.xmpp.dial.DialTls;
import io.convoke.protocols.dns.DnsAnswer;
import io.convoke.protocols.xmpp.registration.Break;
import io.convoke.protocols.xmpp.registration.CertificateSeen;
import org.jspecify.annotations.Nullable;

/** What comes back from what a {@link RegistrationDrive} began. To be handed to {@link RegistrationDrive#handle}. */
public sealed interface RegistrationEvent {
    record Prepared(@Nullable DialTls tls, @Nullable Throwable failure) implements RegistrationEvent {}

    record Answered(DnsAnswer answer) implements RegistrationEvent {}

    record Connected(long attempt) implements RegistrationEvent {}

    record Secured(long attempt, CertificateSeen certificate) implements RegistrationEvent {}

    @SuppressWarnings("ArrayRecordComponent")
    record Received(long attempt, byte[] bytes) implements RegistrationEvent {}

    record Broken(long attempt, Break why) implements RegistrationEvent {}
}
