package io.convoke.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** GUIDs that a node keeps from start to start, one file each in the data folder. */
final class Identity {
    private Identity() {}

    /** The one of that name, made at the first start. */
    static UUID of(Path data, String name) throws StartFailure {
        Path file = data.resolve(name + ".id");
        try {
            if (Files.exists(file)) {
                return UUID.fromString(Files.readString(file).strip());
            }
            UUID fresh = UUID.randomUUID();
            Files.writeString(file, fresh + "\n");
            return fresh;
        } catch (IllegalArgumentException failure) {
            throw new StartFailure(
                    "Expected a GUID in " + file
                            + ", but found something else. Put the old one back, or delete the file"
                            + " to get a new identity.",
                    failure);
        } catch (IOException failure) {
            throw new StartFailure("The file " + file + " cannot be used (" + failure.getMessage() + ").", failure);
        }
    }
}
