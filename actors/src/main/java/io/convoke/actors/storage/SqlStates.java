package io.convoke.actors.storage;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What a database's refusal means, by the classes of SQLSTATE (ISO/IEC 9075). */
public final class SqlStates {
    private static final String INTEGRITY_VIOLATION = "23";

    private SqlStates() {}

    /** Whether a row with that key is there already, or another constraint does not hold. */
    public static boolean isDuplicate(@Nullable Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLException refused
                    && refused.getSQLState() != null
                    && refused.getSQLState().startsWith(INTEGRITY_VIOLATION)) {
                return true;
            }
        }
        return false;
    }
}
