package io.convoke.http.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Tells whether files are still the ones they were: by time of change, size and, where the system has one, file key. */
public record FileStamp(List<String> marks) {
    /** Looks at the files; absent ones have a mark as well. */
    public static FileStamp of(List<Path> files) {
        List<String> marks = new ArrayList<>();
        for (Path file : files) {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                marks.add(now.lastModifiedTime().toInstant() + "/" + now.size() + "/" + now.fileKey());
            } catch (IOException absent) {
                marks.add("");
            }
        }
        return new FileStamp(List.copyOf(marks));
    }
}
