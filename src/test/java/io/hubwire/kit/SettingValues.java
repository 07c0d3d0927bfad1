package io.hubwire.kit;

import static java.util.Map.entry;

import io.hubwire.signalr.config.setting.Place;
import io.hubwire.signalr.config.setting.Setting;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Texts for settings in tests, and files that have them. */
public final class SettingValues {

    /** What settings that have no range can be set to, other than the default, by name. */
    private static final Map<String, String> EXAMPLES = Map.ofEntries(
            entry("metrics.token", "only-scrapers-know-this"),
            entry("signalr.limits.overflow", "disconnect"),
            entry("signalr.crossDomain.origins", "https://www.example.com, http://localhost:8081"),
            entry("signalr.backplane.type", "memory"),
            entry("tracing.SignalRSwitch", "Verbose"),
            entry("tracing.directory", "logs/traces"),
            entry("address", "192.0.2.1"),
            entry("data", "elsewhere"),
            entry("accounts", "conf/accounts.txt"),
            entry("node", "node-1"),
            entry("connectionStrings.Hubwire", "jdbc:h2:mem:x;MODE=REGULAR"),
            entry("jdbc.url", "jdbc:h2:mem:x"),
            entry("jdbc.user", "hub"),
            entry("jdbc.password", "secret"));

    /** What must be set as well for a value to be possible, by setting and value: properties and values. */
    private static final Map<String, Map<String, String>> COMPANIONS = Map.of(
            "signalr.transports.keepAlive=08:00:00", Map.of("hubwire.signalr.transports.disconnectTimeout", "1d"),
            "signalr.messageBus.tailAge=00:00:12",
                    Map.of(
                            "hubwire.signalr.transports.disconnectTimeout", "6s",
                            "hubwire.signalr.transports.keepAlive", "none"),
            "signalr.messageBus.tailBytes=4", Map.of("hubwire.signalr.messageBus.maxMessageBytes", "1"),
            "signalr.messageBus.maxMessageBytes=1073741824", Map.of("hubwire.signalr.messageBus.tailBytes", "4GB"),
            "signalr.drain.bound=00:00:00", Map.of("hubwire.signalr.drain.window", "0s"),
            "upload.maxBytesPerUser=1", Map.of("hubwire.upload.maxBytes", "1"),
            "jdbc.user=hub", Map.of("hubwire.jdbc.url", "jdbc:h2:mem:x"),
            "jdbc.password=secret", Map.of("hubwire.jdbc.url", "jdbc:h2:mem:x"));

    private static final String NUMBER = "#"; // tells the elements of a collection apart

    private SettingValues() {}

    /** A text with another value than the default. */
    public static String example(Setting<?> setting) {
        if (EXAMPLES.containsKey(setting.name())) {
            return EXAMPLES.get(setting.name());
        }
        if (setting.type().rule().equals("true or false")) {
            return setting.defaultText().equals("true") ? "false" : "true";
        }
        String lowest = lowest(setting)
                .orElseThrow(() -> new AssertionError(
                        setting + " has no range, and no example here: add one to SettingValues.EXAMPLES"));
        return setting.defaultText().equals(lowest) ? highest(setting).orElseThrow() : lowest;
    }

    public static Optional<String> lowest(Setting<?> setting) {
        return end(setting, false);
    }

    public static Optional<String> highest(Setting<?> setting) {
        return end(setting, true);
    }

    private static <T> Optional<String> end(Setting<T> setting, boolean upper) {
        return setting.type().range().map(range -> setting.type().print(upper ? range.highest() : range.lowest()));
    }

    /** A text with the first value below the range; empty when no such thing can be written. */
    public static Optional<String> below(Setting<?> setting) {
        return setting.type().range().flatMap(range -> beside(range.lowest(), -1));
    }

    /** A text with the first value above the range. */
    public static Optional<String> above(Setting<?> setting) {
        return setting.type().range().flatMap(range -> beside(range.highest(), 1));
    }

    private static Optional<String> beside(Object end, int step) {
        Object value = end instanceof Optional<?> optional ? optional.orElseThrow() : end;
        if (value instanceof Duration duration) {
            Duration next = duration.plusMillis(step);
            return Optional.of(next.isNegative() ? "PT-0.001S" : next.toMillis() + "ms");
        }
        return Optional.of(String.valueOf(((Number) value).longValue() + step));
    }

    /** What must be set beside a setting for a text to be possible: properties and texts. */
    public static Map<String, String> companions(Setting<?> setting, String text) {
        return COMPANIONS.getOrDefault(setting.name() + "=" + text, Map.of());
    }

    /** A file with these, one element a line. */
    public static String file(Map<Setting<?>, String> values) {
        Map<String, Map<String, String>> attributes = new TreeMap<>();
        values.forEach((setting, text) -> {
            Place place = setting.place();
            String element = place.element()
                    + place.key().map(key -> "/add" + NUMBER + key.value()).orElse("");
            Map<String, String> own = attributes.computeIfAbsent(element, path -> new LinkedHashMap<>());
            place.key().ifPresent(key -> own.put(key.attribute(), key.value()));
            own.put(place.attribute(), text);
        });
        return "<configuration>\n" + elements("", attributes) + "</configuration>";
    }

    private static String elements(String prefix, Map<String, Map<String, String>> attributes) {
        return attributes.keySet().stream()
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()).split("/", -1)[0])
                .distinct()
                .map(name -> element(prefix + name, name, attributes))
                .collect(Collectors.joining());
    }

    private static String element(String path, String name, Map<String, Map<String, String>> attributes) {
        String own = attributes.getOrDefault(path, Map.of()).entrySet().stream()
                .map(entry -> " " + entry.getKey() + "=\"" + entry.getValue() + "\"")
                .collect(Collectors.joining());
        return "<" + name.split(NUMBER, -1)[0] + own + ">\n" + elements(path + "/", attributes) + "</"
                + name.split(NUMBER, -1)[0] + ">\n";
    }
}
