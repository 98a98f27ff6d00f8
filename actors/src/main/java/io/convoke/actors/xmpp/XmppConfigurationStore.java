package io.convoke.actors.xmpp;

import akka.Done;
import io.convoke.actors.storage.Database;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/** The callbridges' XMPP configurations, in the database. A failed stage is a database that does not answer. */
public interface XmppConfigurationStore {
    /**
     * A store over an open database.
     *
     * @param blocking where the queries run: {@code convoke.blocking-dispatcher}, or any bounded executor
     */
    static XmppConfigurationStore over(Database database, Executor blocking) {
        return new XmppConfigurationTable(database.dataSource(), blocking);
    }

    /** {@link XmppConfiguration#EMPTY} where there is none. */
    CompletionStage<XmppConfiguration> read(UUID callbridge);

    CompletionStage<Done> write(UUID callbridge, XmppConfiguration configuration);

    /** Changes what is there and answers what is there then; in the database nobody else changes it meanwhile. What {@code change} throws fails the stage. */
    default CompletionStage<XmppConfiguration> change(UUID callbridge, UnaryOperator<XmppConfiguration> change) {
        return read(callbridge).thenCompose(before -> {
            XmppConfiguration after = change.apply(before);
            return write(callbridge, after).thenApply(done -> after);
        });
    }
}
