package io.convoke.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder in which a node keeps its database, certificates, keys and identities. */
final class DataFolder {
    private DataFolder() {}

    /** Makes sure that it is there, that nobody else may look into it where it is new, and that it can be written. */
    static void prepare(Path folder) throws StartFailure {
        try {
            if (!Files.exists(folder)) {
                Files.createDirectories(folder);
                restrict(folder);
            }
            Path probe = Files.createTempFile(folder, ".probe", "");
            Files.delete(probe);
        } catch (IOException failure) {
            throw new StartFailure(
                    "The data folder " + folder + " cannot be written (" + reason(failure)
                            + "). Choose another with --data, or change its owner.",
                    failure);
        }
    }

    private static void restrict(Path folder) throws IOException {
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } catch (UnsupportedOperationException notPosix) {
            // Windows and exotic file systems keep their own defaults.
        }
    }

    private static String reason(IOException failure) {
        return switch (failure.getClass().getSimpleName()) {
            case "FileAlreadyExistsException", "NotDirectoryException" -> "there is a file of that name";
            case "AccessDeniedException" -> "access denied";
            case "NoSuchFileException" -> "the folder cannot be made there";
            default -> String.valueOf(failure.getMessage());
        };
    }
}
