package io.convoke.actors.storage;

/** The database could not be opened: away, refusing us, or with tables that this version cannot take over. */
public final class DatabaseUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatabaseUnavailable(DatabaseSettings settings, Throwable cause) {
        super("Expected to open the database of " + settings + ", but " + rootOf(cause), cause);
    }

    private static String rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
