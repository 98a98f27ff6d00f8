package io.convoke.node.peers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A client of a relay with aioice, which talks through it over one transport after the other. */
public final class AioiceClient {
    private static final String SCRIPT = "turn_client.py";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private AioiceClient() {}

    /** What it says: for each transport through which everything came back a line such as {@code tls ok}. */
    public static List<String> run(Path folder, Map<String, ?> argument) {
        Programs.requirePythonModule("aioice", "python3-aiortc");
        try {
            Path script = Path.of(Objects.requireNonNull(AioiceClient.class.getResource(SCRIPT), SCRIPT)
                    .toURI());
            List<String> command =
                    List.of(Programs.PYTHON, "-u", script.toString(), new ObjectMapper().writeValueAsString(argument));
            Map<String, String> environment = Map.of("PYTHONDONTWRITEBYTECODE", "1");
            try (PeerProcess process = PeerProcess.start(SCRIPT, folder, environment, command)) {
                process.exit(PATIENCE);
                return process.awaitOutput();
            }
        } catch (URISyntaxException | JsonProcessingException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
