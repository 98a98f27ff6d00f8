package io.convoke.actors.xmpp.session;

import io.convoke.media.xmpp.dial.DialTls;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The callbridge's certificate, its key and whom it trusts, read from files where they have changed. Safe from any thread; never blocks. */
public interface OwnTls {
    /**
     * What the next connection works with. Fails with a message for people where a file is missing or bad.
     *
     * @param pinned the only one to trust; null for those of the settings
     */
    CompletionStage<DialTls> read(@Nullable X509Certificate pinned);
}
