package io.hubwire.kit;

import io.hubwire.signalr.config.Catalogue;
import io.hubwire.signalr.config.LimitSettings;
import io.hubwire.signalr.config.MessageBusSettings;
import io.hubwire.signalr.config.ServerSettings;
import io.hubwire.signalr.config.TracingSettings;
import io.hubwire.signalr.config.TransportSettings;
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

    /** What settings that have no range can be set to, other than the default. */
    private static final Map<Setting<?>, String> EXAMPLES = Map.of(
            LimitSettings.OVERFLOW, "disconnect",
            ServerSettings.ORIGINS, "https://www.example.com, http://localhost:8081",
            ServerSettings.BACKPLANE_TYPE, "memory",
            TracingSettings.SIGNALR_SWITCH, "Verbose",
            TracingSettings.DIRECTORY, "logs/traces");

    /** What must be set as well for a bound to be possible, by setting and bound. */
    private static final Map<String, Map<Setting<?>, String>> COMPANIONS = Map.of(
            "signalr.transports.keepAlive=08:00:00", Map.of(TransportSettings.DISCONNECT_TIMEOUT, "1d"),
            "signalr.messageBus.tailAge=00:00:12",
                    Map.of(TransportSettings.DISCONNECT_TIMEOUT, "6s", TransportSettings.KEEP_ALIVE, "none"),
            "signalr.messageBus.tailBytes=4", Map.of(MessageBusSettings.MAX_MESSAGE_BYTES, "1"),
            "signalr.messageBus.maxMessageBytes=1073741824", Map.of(MessageBusSettings.TAIL_BYTES, "4GB"));

    private SettingValues() {}

    /** The setting of a name. */
    public static Setting<?> named(String name) {
        return Catalogue.settings()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** A text with another value than the default. */
    public static String example(Setting<?> setting) {
        if (EXAMPLES.containsKey(setting)) {
            return EXAMPLES.get(setting);
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

    /** What must be set beside a setting for a text to be possible. */
    public static Map<Setting<?>, String> companions(Setting<?> setting, String text) {
        return COMPANIONS.getOrDefault(setting.name() + "=" + text, Map.of());
    }

    /** A file with these, one element a line; at most one of each collection. */
    public static String file(Map<Setting<?>, String> values) {
        Map<String, Map<String, String>> attributes = new TreeMap<>();
        values.forEach((setting, text) -> {
            Place place = setting.place();
            String element = place.element() + (place.key().isPresent() ? "/add" : "");
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
        return "<" + name + own + ">\n" + elements(path + "/", attributes) + "</" + name + ">\n";
    }
}
