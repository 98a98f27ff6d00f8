package io.convoke.node.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads typed values from one section of a configuration and remembers which keys were asked for, so that a misspelt one is found.
 * Every failure says expected and found, with file and line.
 */
final class SettingsReader {
    private final Config root;
    private final String prefix;
    private final Set<String> known;

    SettingsReader(Config root, String prefix) {
        this(root, prefix, new HashSet<>());
    }

    private SettingsReader(Config root, String prefix, Set<String> known) {
        this.root = root;
        this.prefix = prefix;
        this.known = known;
    }

    SettingsReader section(String name) {
        return new SettingsReader(root, prefix + "." + name, known);
    }

    String text(String key) throws SettingsFailure {
        return read(key, "a text", root::getString);
    }

    /** A list of sections; what one leaves out stands in the section {@code defaults}. */
    List<SettingsReader> sections(String key, String defaults) throws SettingsFailure {
        List<? extends Config> found = read(key, "a list of sections in { }", root::getConfigList);
        Config usual = read(defaults, "a section", root::getConfig);
        usual.entrySet().forEach(entry -> known.add(path(defaults) + "." + entry.getKey()));
        List<SettingsReader> sections = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            String path = path(key) + ".no-" + (i + 1);
            sections.add(new SettingsReader(found.get(i).withFallback(usual).atPath(path), path));
        }
        return sections;
    }

    boolean flag(String key) throws SettingsFailure {
        return read(key, "true or false", root::getBoolean);
    }

    List<String> texts(String key) throws SettingsFailure {
        return List.copyOf(read(key, "a list of texts", root::getStringList));
    }

    /** A list, or one text with commas between, as environment variables have it. */
    List<String> words(String key) throws SettingsFailure {
        return read(
                key,
                "a list of texts, or one text with commas between",
                path -> root.getValue(path).valueType() == ConfigValueType.LIST
                        ? List.copyOf(root.getStringList(path))
                        : Stream.of(root.getString(path).split(","))
                                .map(String::strip)
                                .filter(word -> !word.isEmpty())
                                .toList());
    }

    int whole(String key, int least, int most) throws SettingsFailure {
        String expected = "a whole number from " + least + " to " + most;
        int value = read(key, expected, root::getInt);
        return within(key, expected, value, least <= value && value <= most);
    }

    /** From 0 on. */
    long large(String key, long most) throws SettingsFailure {
        String expected = "a whole number from 0 to " + most;
        long value = read(key, expected, root::getLong);
        return within(key, expected, value, 0 <= value && value <= most);
    }

    /** A TCP or UDP port; 0 stands for any free one. */
    int port(String key) throws SettingsFailure {
        return whole(key, 0, 65_535);
    }

    int bytes(String key) throws SettingsFailure {
        String expected = "a size such as 64k, from 1 byte to 1g";
        long value = read(key, expected, root::getBytes);
        return (int) (long) within(key, expected, value, 0 < value && value <= 1L << 30);
    }

    Duration duration(String key) throws SettingsFailure {
        String expected = "a duration such as 500ms, 10s or 2m, longer than nothing";
        Duration value = read(key, expected, root::getDuration);
        return within(key, expected, value, !value.isNegative() && !value.isZero());
    }

    /** A secret, which no failure quotes. */
    NodeSettings.Secret secret(String key) throws SettingsFailure {
        return new NodeSettings.Secret(text(key));
    }

    /** As {@link #refusal}, of a value that must not be quoted. */
    SettingsFailure quietRefusal(String key, String expected) {
        return new SettingsFailure(where(root.getValue(path(key)).origin()) + path(key) + ": expected " + expected);
    }

    /** What the value should have been, for checks beyond its type. */
    SettingsFailure refusal(String key, String expected) {
        return refusal(path(key), expected, null);
    }

    /** Fails when the section holds a key that nobody has read, and that is none of the libraries' {@code reference} either. */
    void refuseUnknown(Config reference) throws SettingsFailure {
        for (Map.Entry<String, ConfigValue> entry : root.getConfig(prefix).entrySet()) {
            String path = prefix + "." + entry.getKey();
            if (!known.contains(path) && !reference.hasPathOrNull(path)) {
                throw new SettingsFailure(where(entry.getValue().origin()) + "there is no setting " + path
                        + "; expected one of: " + String.join(", ", neighbours(path)));
            }
        }
    }

    private Set<String> neighbours(String unknown) {
        String section = unknown;
        Set<String> found = new TreeSet<>();
        while (found.isEmpty() && section.contains(".")) {
            section = section.substring(0, section.lastIndexOf('.'));
            String start = section + ".";
            known.stream().filter(path -> path.startsWith(start)).forEach(found::add);
        }
        return found;
    }

    private interface Getter<T> {
        T get(String path);
    }

    private <T> T read(String key, String expected, Getter<T> getter) throws SettingsFailure {
        String path = path(key);
        known.add(path);
        try {
            return getter.get(path);
        } catch (ConfigException failure) {
            throw refusal(path, expected, failure);
        }
    }

    private <T> T within(String key, String expected, T value, boolean holds) throws SettingsFailure {
        if (!holds) {
            throw refusal(key, expected);
        }
        return value;
    }

    private SettingsFailure refusal(String path, String expected, @org.jspecify.annotations.Nullable Throwable cause) {
        if (!root.hasPathOrNull(path)) {
            return new SettingsFailure(path + ": expected " + expected + ", but there is no such key");
        }
        ConfigValue value = root.root().atPath("x").getValue("x." + path);
        String found = value.render(ConfigRenderOptions.concise());
        String words = where(value.origin()) + path + ": expected " + expected + ", but found " + found;
        return cause == null ? new SettingsFailure(words) : new SettingsFailure(words, cause);
    }

    private static String where(ConfigOrigin origin) {
        String file = origin.filename() != null ? origin.filename() : origin.description();
        return origin.lineNumber() > 0 ? file + ", line " + origin.lineNumber() + ": " : file + ": ";
    }

    private String path(String key) {
        return prefix + "." + key;
    }
}
