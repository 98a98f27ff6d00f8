package io.convoke.http.c2w;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One side's files; null where the configuration names none, and then there is no link.
 *
 * @param certificate PEM: own certificate, then its chain
 * @param key PEM: its private key
 * @param trust PEM: the peers' certificates, or those of their authorities
 */
public record C2wTls(
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable Path trust) {
    List<Path> files() {
        return Stream.of(certificate, key, trust).flatMap(Stream::ofNullable).toList();
    }
}
