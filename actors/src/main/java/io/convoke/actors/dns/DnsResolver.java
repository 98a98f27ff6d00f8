package io.convoke.actors.dns;

import io.convoke.protocols.dns.DnsAnswer;
import io.convoke.protocols.dns.DnsAnswer.Outcome;
import io.convoke.protocols.dns.DnsQuestion;
import io.convoke.protocols.dns.SrvRecord;
import java.io.IOException;
import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.hosts.HostsFileParser;

/**
 * A stub resolver: the machine's hosts file for addresses, then the name servers in their order, each asked again where it stays silent. Aliases are
 * followed; an answer's time to live is the shortest of the records it took.
 */
public final class DnsResolver implements NameLookup {
    private static final int MAX_ALIASES = 8;
    private static final long LITERAL_TTL_SECONDS = 86_400;
    private static final long HOSTS_FILE_TTL_SECONDS = 60;

    private final List<SimpleResolver> servers;
    private final int tries;
    private final Duration timeout;
    private final HostsFileParser hosts = new HostsFileParser();

    /**
     * Asks these.
     *
     * @param servers none: those of the machine
     * @param timeout for one answer of one server
     * @param tries how often each server is asked
     */
    public DnsResolver(List<InetSocketAddress> servers, Duration timeout, int tries) {
        List<InetSocketAddress> asked =
                servers.isEmpty() ? ResolverConfig.getCurrentConfig().servers() : servers;
        this.servers = asked.stream().map(DnsResolver::resolver).toList();
        this.servers.forEach(server -> server.setTimeout(timeout));
        this.timeout = timeout;
        this.tries = tries;
    }

    private static SimpleResolver resolver(InetSocketAddress address) {
        return new SimpleResolver(address);
    }

    @Override
    public CompletionStage<DnsAnswer> ask(DnsQuestion question) {
        try {
            Optional<DnsAnswer> here = withoutServers(question);
            return here.isPresent()
                    ? CompletableFuture.completedFuture(here.get())
                    : ask(new Chase(question, name(question.name()), List.of(), Long.MAX_VALUE), 0, "");
        } catch (TextParseException | IllegalArgumentException bad) {
            return CompletableFuture.completedFuture(DnsAnswer.without(
                    question, Outcome.NO_SUCH_NAME, List.of(), "it cannot be a name: " + bad.getMessage()));
        }
    }

    /** Where the look-up has got to: the name whose records are wanted now, and what led there. */
    private record Chase(DnsQuestion question, Name name, List<String> aliases, long ttlSeconds) {}

    private static Name name(String text) throws TextParseException {
        return Name.fromString(IDN.toASCII(text, IDN.ALLOW_UNASSIGNED) + ".");
    }

    private Optional<DnsAnswer> withoutServers(DnsQuestion question) throws TextParseException {
        String name = question.name();
        if (question.type() == DnsQuestion.Type.SRV) {
            return Optional.empty();
        }
        try {
            if (name.indexOf(':') >= 0 || name.matches("[0-9.]+")) {
                return Optional.of(DnsAnswer.addresses(
                        question, List.of(InetAddress.getByName(name)), List.of(), LITERAL_TTL_SECONDS));
            }
            return hosts.getAddressForHost(name(name), type(question))
                    .map(address -> DnsAnswer.addresses(question, List.of(address), List.of(), HOSTS_FILE_TTL_SECONDS));
        } catch (UnknownHostException malformed) {
            return Optional.of(
                    DnsAnswer.without(question, Outcome.NO_SUCH_NAME, List.of(), "it is no address: " + name));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private CompletionStage<DnsAnswer> ask(Chase chase, int attempt, String lastWords) {
        DnsQuestion question = chase.question;
        if (attempt >= servers.size() * tries) {
            boolean refused = !lastWords.isEmpty();
            return CompletableFuture.completedFuture(DnsAnswer.without(
                    question,
                    refused ? Outcome.SERVER_FAILURE : Outcome.TIMEOUT,
                    chase.aliases,
                    servers.isEmpty() ? "no name server is configured" : refused ? lastWords : "asked " + asked()));
        }
        SimpleResolver server = servers.get(attempt % servers.size());
        Message query = Message.newQuery(Record.newRecord(chase.name, type(question), DClass.IN));
        return server.sendAsync(query)
                .handle((answer, failure) -> {
                    if (failure != null) {
                        return ask(chase, attempt + 1, isTimeout(failure) ? lastWords : words(server, failure));
                    }
                    int rcode = answer.getRcode();
                    if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
                        return ask(chase, attempt + 1, place(server) + " answered " + Rcode.string(rcode));
                    }
                    return read(chase, answer);
                })
                .thenCompose(next -> next);
    }

    private CompletionStage<DnsAnswer> read(Chase chase, Message message) {
        Name name = chase.name;
        List<String> aliases = new ArrayList<>(chase.aliases);
        long ttl = chase.ttlSeconds;
        List<Record> records = message.getSection(Section.ANSWER);
        boolean moved = true;
        while (moved && aliases.size() < MAX_ALIASES) {
            moved = false;
            for (Record record : records) {
                if (record instanceof CNAMERecord alias && alias.getName().equals(name)) {
                    name = alias.getTarget();
                    aliases.add(name.toString(true));
                    ttl = Math.min(ttl, alias.getTTL());
                    moved = true;
                    break;
                }
            }
        }
        List<SrvRecord> services = new ArrayList<>();
        List<InetAddress> addresses = new ArrayList<>();
        for (Record record : records) {
            if (!record.getName().equals(name) || record.getType() != type(chase.question)) {
                continue;
            }
            ttl = Math.min(ttl, record.getTTL());
            if (record instanceof SRVRecord srv) {
                String target = srv.getTarget().equals(Name.root)
                        ? SrvRecord.NOWHERE
                        : srv.getTarget().toString(true);
                services.add(new SrvRecord(srv.getPriority(), srv.getWeight(), srv.getPort(), target));
            } else if (record instanceof ARecord a) {
                addresses.add(a.getAddress());
            } else if (record instanceof AAAARecord aaaa) {
                addresses.add(aaaa.getAddress());
            }
        }
        DnsQuestion question = chase.question;
        if (!services.isEmpty() || !addresses.isEmpty()) {
            return CompletableFuture.completedFuture(new DnsAnswer(
                    question, Outcome.FOUND, services, addresses, aliases, ttl == Long.MAX_VALUE ? 0 : ttl, ""));
        }
        if (message.getRcode() == Rcode.NXDOMAIN) {
            return CompletableFuture.completedFuture(DnsAnswer.without(question, Outcome.NO_SUCH_NAME, aliases, ""));
        }
        // A name server that only knows the alias leaves the rest to us.
        boolean follow = !name.equals(chase.name) && aliases.size() < MAX_ALIASES;
        return follow
                ? ask(new Chase(question, name, aliases, ttl), 0, "")
                : CompletableFuture.completedFuture(DnsAnswer.without(question, Outcome.NO_DATA, aliases, ""));
    }

    private static int type(DnsQuestion question) {
        return switch (question.type()) {
            case SRV -> Type.SRV;
            case A -> Type.A;
            case AAAA -> Type.AAAA;
        };
    }

    private static boolean isTimeout(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause == null
                || String.valueOf(cause.getMessage())
                        .toLowerCase(java.util.Locale.ROOT)
                        .contains("timed out");
    }

    private static String words(SimpleResolver server, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return place(server) + " cannot be asked: " + cause.getMessage();
    }

    private String asked() {
        return String.join(", ", servers.stream().map(DnsResolver::place).toList()) + ", " + tries + " times "
                + timeout.toMillis() + " ms";
    }

    private static String place(SimpleResolver server) {
        InetSocketAddress address = server.getAddress();
        return address.getAddress() == null
                ? address.getHostString()
                : address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
