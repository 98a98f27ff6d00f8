package io.convoke.actors.callbridge;

import akka.actor.typed.ActorRef;
import io.convoke.actors.c2w.C2wCodec;
import io.convoke.actors.c2w.C2wConnection;
import io.convoke.actors.c2w.C2wDialer;
import io.convoke.actors.c2w.C2wFailure;
import io.convoke.actors.c2w.C2wInbound;
import io.convoke.actors.c2w.C2wMessage;
import io.convoke.actors.c2w.PeerCertificate;
import io.convoke.actors.webbridge.Webbridge;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** C2W without a network: what one side sends is written and read as JSON and told to the other. */
final class LoopbackC2w implements C2wDialer {
    private final ActorRef<Webbridge.Command> webbridge;
    private final List<Pair> open = new CopyOnWriteArrayList<>();
    private volatile @Nullable C2wFailure refusing;

    LoopbackC2w(ActorRef<Webbridge.Command> webbridge) {
        this.webbridge = webbridge;
    }

    @Override
    public CompletionStage<C2wConnection> dial(URI c2wUrl, C2wInbound inbound) {
        C2wFailure why = refusing;
        if (why != null) {
            return CompletableFuture.failedFuture(why);
        }
        Pair pair = new Pair(inbound);
        open.add(pair);
        webbridge.tell(new Webbridge.LinkUp(pair.link, pair.edgeSide()));
        return CompletableFuture.completedFuture(pair.coreSide());
    }

    /** Cuts every link, and refuses to dial until {@link #mend}. */
    void cut(C2wFailure why) {
        refusing = why;
        open.forEach(pair -> pair.close(why));
    }

    /** A web bridge that does what it wants. */
    void edgeSays(C2wMessage.FromWebbridge message) {
        open.forEach(pair -> pair.core.message(message));
    }

    void mend() {
        refusing = null;
    }

    private final class Pair {
        final UUID link = UUID.randomUUID();
        final C2wInbound core;
        final AtomicBoolean closed = new AtomicBoolean();

        Pair(C2wInbound core) {
            this.core = core;
        }

        void close(C2wFailure why) {
            if (closed.compareAndSet(false, true)) {
                open.remove(this);
                core.closed(why);
                webbridge.tell(new Webbridge.LinkDown(link, why));
            }
        }

        C2wConnection coreSide() {
            return new End(this) {
                @Override
                void deliver(C2wMessage message) {
                    webbridge.tell(new Webbridge.LinkMessage(link, message));
                }
            };
        }

        C2wConnection edgeSide() {
            return new End(this) {
                @Override
                void deliver(C2wMessage message) {
                    core.message(message);
                }
            };
        }
    }

    private abstract static class End implements C2wConnection {
        private final Pair pair;

        End(Pair pair) {
            this.pair = pair;
        }

        abstract void deliver(C2wMessage message);

        @Override
        public void send(C2wMessage message) {
            if (pair.closed.get()) {
                return;
            }
            try {
                deliver(C2wCodec.read(C2wCodec.write(message)));
            } catch (C2wFailure failure) {
                throw new AssertionError(failure);
            }
        }

        @Override
        public void close(C2wFailure why) {
            pair.close(why);
        }

        @Override
        public PeerCertificate peer() {
            return new PeerCertificate("CN=test", List.of("localhost"), Instant.EPOCH, Instant.EPOCH, "AA:BB");
        }
    }
}
