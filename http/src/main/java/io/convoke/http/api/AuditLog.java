package io.convoke.http.api;

import io.convoke.actors.storage.AdminAccount;
import io.convoke.actors.trace.Facility;
import io.convoke.actors.trace.Ids;
import io.convoke.actors.trace.Journal;
import io.convoke.actors.trace.Severity;
import io.convoke.http.RequestFacts;

/** A line in the audit log for each change, worded as the original's. Secrets are never among the words. */
final class AuditLog {
    private static final String PROGRAM = "host:server";

    private final Journal journal;

    AuditLog(Journal journal) {
        this.journal = journal;
    }

    /** {@code did} is what follows the user's name: {@code deleted user ann}. */
    void record(ApiRequest request, Ids ids, String did) {
        journal.record(
                Facility.LOCAL0,
                Severity.INFO,
                PROGRAM,
                "apiChange",
                ids,
                RequestFacts.source(request.http()) + ": API user \"" + AdminAccount.USER + "\" " + did);
    }
}
