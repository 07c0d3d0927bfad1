package io.hubwire.signalr.tracing;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a switch stands: what reaches the listeners, as bits of {@code System.Diagnostics.SourceLevels}. It has no say in what reaches the log.
 *
 * @param bits 1 critical, 2 error, 4 warning, 8 information, 16 verbose, 0xFF00 activities (of which there are none here); −1 is everything
 */
public record SourceLevels(int bits) {
    public static final SourceLevels OFF = new SourceLevels(0);
    public static final SourceLevels VERBOSE = new SourceLevels(0x1F);
    public static final SourceLevels ALL = new SourceLevels(-1);

    private static final Map<String, Integer> NAMES = names();

    private static Map<String, Integer> names() {
        Map<String, Integer> names = new LinkedHashMap<>();
        names.put("Off", 0);
        names.put("Critical", 0x01);
        names.put("Error", 0x03);
        names.put("Warning", 0x07);
        names.put("Information", 0x0F);
        names.put("Verbose", 0x1F);
        names.put("ActivityTracing", 0xFF00);
        names.put("All", -1);
        return names;
    }

    /**
     * Reads the value of a switch as .NET does: one of the names, in any case, several of them with commas between, or a number.
     *
     * @throws IllegalArgumentException when it is none of these; the message names what is
     */
    public static SourceLevels parse(String value) {
        try {
            return new SourceLevels(Integer.parseInt(value.strip()));
        } catch (NumberFormatException notANumber) {
            int bits = Arrays.stream(value.split(",", -1))
                    .mapToInt(name -> named(name.strip(), value))
                    .reduce(0, (some, more) -> some | more);
            return new SourceLevels(bits);
        }
    }

    private static int named(String name, String value) {
        return NAMES.entrySet().stream()
                .filter(level -> level.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a switch stands at "
                        + NAMES.keySet().stream().collect(Collectors.joining(", "))
                        + " or at a number, not at \"" + value + "\""));
    }

    /** Whether nothing passes; nothing here is critical. */
    public boolean isOff() {
        return Arrays.stream(TraceEventType.values()).noneMatch(this::passes);
    }

    boolean passes(TraceEventType type) {
        return (bits & type.bit()) != 0;
    }

    /** The name, or the number where there is none. */
    @Override
    public String toString() {
        return NAMES.entrySet().stream()
                .filter(level -> level.getValue() == bits)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> String.format(Locale.ROOT, "%d", bits));
    }
}
