package io.convoke.actors.dns;

import io.convoke.protocols.dns.DnsAnswer;
import io.convoke.protocols.dns.DnsQuestion;
import java.util.concurrent.CompletionStage;

/** Asks name servers. Safe from any thread; never blocks; the stage never fails and is done within a bound. */
public interface NameLookup {
    CompletionStage<DnsAnswer> ask(DnsQuestion question);
}
