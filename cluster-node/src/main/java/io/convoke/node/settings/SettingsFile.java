package io.convoke.node.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds, lays over each other and resolves the configuration: command line, then the named file, then the defaults inside the program, then the
 * libraries' own.
 */
public final class SettingsFile {
    private static final String DEFAULTS = "io/convoke/node/convoke.conf";

    private SettingsFile() {}

    /**
     * Reads it all, and fails with file and line on what is wrong in it.
     *
     * @param file the configuration file; null for the defaults alone
     * @param overrides paths and values that win over the file
     * @param home folder of relative paths
     */
    public static NodeSettings read(@Nullable Path file, Map<String, ?> overrides, Path home) throws SettingsFailure {
        if (file != null && !Files.isReadable(file)) {
            throw new SettingsFailure("The configuration " + file + " cannot be read: "
                    + (Files.exists(file) ? "expected a file that this user may read" : "there is no such file"));
        }
        ClassLoader loader = SettingsFile.class.getClassLoader();
        try {
            Config own = file == null
                    ? ConfigFactory.empty()
                    : ConfigFactory.parseFile(
                            file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
            Config defaults = ConfigFactory.parseResources(
                    loader, DEFAULTS, ConfigParseOptions.defaults().setAllowMissing(false));
            Config reference = ConfigFactory.defaultReferenceUnresolved(loader);
            Config config = ConfigFactory.parseMap(overrides, "the command line")
                    .withFallback(own)
                    .withFallback(defaults)
                    .withFallback(reference)
                    .resolve();
            return new SettingsSections(config, reference, home).read();
        } catch (ConfigException failure) {
            throw new SettingsFailure("The configuration cannot be understood: " + failure.getMessage(), failure);
        }
    }
}
