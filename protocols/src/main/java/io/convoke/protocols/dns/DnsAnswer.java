package io.convoke.protocols.dns;

import java.net.InetAddress;
import java.util.List;

/**
 * What became of a question.
 *
 * @param services to an SRV question, as they came
 * @param addresses to an A or AAAA question, as they came
 * @param aliases names that the question's name led to by CNAME, in order; empty where it is no alias
 * @param ttlSeconds how long the answer may be used; 0 where there is none
 * @param words what the resolver says beyond the outcome, for people; empty for nothing
 */
public record DnsAnswer(
        DnsQuestion question,
        Outcome outcome,
        List<SrvRecord> services,
        List<InetAddress> addresses,
        List<String> aliases,
        long ttlSeconds,
        String words) {
    public enum Outcome {
        FOUND,
        /** The name exists, but has no such records. */
        NO_DATA,
        /** The name does not exist. */
        NO_SUCH_NAME,
        /** The name server could not answer, or would not. */
        SERVER_FAILURE,
        /** No name server answered in time. */
        TIMEOUT
    }

    public DnsAnswer {
        services = List.copyOf(services);
        addresses = List.copyOf(addresses);
        aliases = List.copyOf(aliases);
    }

    public static DnsAnswer services(DnsQuestion question, List<SrvRecord> services, long ttlSeconds) {
        return new DnsAnswer(question, Outcome.FOUND, services, List.of(), List.of(), ttlSeconds, "");
    }

    public static DnsAnswer addresses(
            DnsQuestion question, List<InetAddress> addresses, List<String> aliases, long ttlSeconds) {
        return new DnsAnswer(question, Outcome.FOUND, List.of(), addresses, aliases, ttlSeconds, "");
    }

    public static DnsAnswer without(DnsQuestion question, Outcome outcome, List<String> aliases, String words) {
        return new DnsAnswer(question, outcome, List.of(), List.of(), aliases, 0, words);
    }

    public boolean found() {
        return outcome == Outcome.FOUND;
    }
}
