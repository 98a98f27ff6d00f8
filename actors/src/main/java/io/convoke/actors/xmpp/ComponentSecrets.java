package io.convoke.actors.xmpp;

import io.convoke.actors.storage.Database;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Who may register with Convoke's own XMPP server as a component (a callbridge, or a program of somebody else's), and the secret that each proves itself
 * with. Once in the database for all nodes. Names are the components' addresses, so their case does not matter. A failed stage is a database that does not
 * answer, or {@link IllegalArgumentException} for a name or secret out of its limits ({@link XmppConfigurationRule}).
 */
public interface ComponentSecrets {
    /**
     * The secrets in an open database.
     *
     * @param blocking where the queries run: {@code convoke.blocking-dispatcher}, or any bounded executor
     */
    static ComponentSecrets over(Database database, Executor blocking) {
        return new ComponentTable(database.dataSource(), blocking);
    }

    /** The secret of that component; empty where it may not register, or its name is none. */
    CompletionStage<Optional<String>> find(String name);

    /** All who may register, by name. */
    CompletionStage<List<String>> names();

    /** False where there is one of that name already, which stays as it is. */
    CompletionStage<Boolean> add(String name, String secret);

    /** False where there is none of that name. Whoever is registered stays so until its stream ends. */
    CompletionStage<Boolean> replace(String name, String secret);

    /** False where there is none of that name. */
    CompletionStage<Boolean> remove(String name);
}
