package io.hubwire.signalr.config.setting;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the values of a setting are written, and which there are. Immutable.
 *
 * @param <T> the type of the values
 */
public final class SettingType<T> {
    private static final String NONE = "none";
    private static final Pattern BYTES = Pattern.compile("(\\d{1,19}) ?(b|kb|kib|mb|mib|gb|gib)?");
    private static final Map<String, Long> BYTE_UNITS = Map.of("k", 1L << 10, "m", 1L << 20, "g", 1L << 30);

    /**
     * What values lie between.
     *
     * @param lowest that is allowed
     * @param highest that is allowed
     */
    public record Range<V>(V lowest, V highest) {}

    private final String rule;
    private final Function<String, T> reader; // throws IllegalArgumentException with a rule: "must be ..."
    private final Function<T, String> printer;
    private final Optional<Range<T>> range;

    private SettingType(
            String rule, Function<String, T> reader, Function<T, String> printer, Optional<Range<T>> range) {
        this.rule = rule;
        this.reader = reader;
        this.printer = printer;
        this.range = range;
    }

    /** {@code true} or {@code false}, in any case. */
    public static SettingType<Boolean> flag() {
        return choice(Map.of("true", true, "false", false), "true or false");
    }

    /** A whole number. */
    public static SettingType<Integer> whole(int lowest, int highest) {
        return between("a whole number", Integer::valueOf, String::valueOf, Comparator.naturalOrder(), lowest, highest);
    }

    /** A whole number that may be beyond two billions. */
    public static SettingType<Long> large(long lowest, long highest) {
        return between("a whole number", Long::valueOf, String::valueOf, Comparator.naturalOrder(), lowest, highest);
    }

    /** A number of bytes: {@code 65536}, {@code 64kB}, {@code 4MB}, {@code 1GB}; a kB has 1,024. */
    public static SettingType<Long> bytes(long lowest, long highest) {
        return between(
                "a number of bytes",
                SettingType::readBytes,
                String::valueOf,
                Comparator.naturalOrder(),
                lowest,
                highest);
    }

    /** A length of time: {@code 00:01:50}, {@code PT110S}, {@code 110s}. */
    public static SettingType<Duration> duration(Duration lowest, Duration highest) {
        String kind = "a length of time, " + Lengths.FORMS + ",";
        return between(kind, Lengths::parse, Lengths::print, Comparator.naturalOrder(), lowest, highest);
    }

    /**
     * Values of any kind that have no order.
     *
     * @param rule what a text must be, for messages: "one of a, b or c"
     * @param reader throws {@link IllegalArgumentException} for anything else
     * @param printer into what {@code reader} reads
     */
    public static <V> SettingType<V> of(String rule, Function<String, V> reader, Function<V, String> printer) {
        return new SettingType<>(rule, refusing(reader, e -> "must be " + rule), printer, Optional.empty());
    }

    /** Text that is not blank. */
    public static SettingType<String> text() {
        return text("text", text -> !text.isBlank());
    }

    /**
     * Text of some kind.
     *
     * @param rule what it must be, for messages: "a path below the root"
     */
    public static SettingType<String> text(String rule, Predicate<String> valid) {
        return new SettingType<>(
                rule,
                text -> {
                    if (!valid.test(text)) {
                        throw new IllegalArgumentException("must be " + rule);
                    }
                    return text;
                },
                Function.identity(),
                Optional.empty());
    }

    /**
     * Any number of texts, separated by commas; empty text is none.
     *
     * @param rule what each must be, for messages
     */
    public static SettingType<Set<String>> list(String rule, Predicate<String> valid) {
        String whole = rule + ", or several, separated by commas";
        return new SettingType<>(
                whole,
                text -> {
                    Set<String> items = new LinkedHashSet<>();
                    Arrays.stream(text.split(",", -1))
                            .map(String::strip)
                            .filter(item -> !item.isEmpty())
                            .forEach(items::add);
                    if (!items.stream().allMatch(valid)) {
                        throw new IllegalArgumentException("must be " + whole);
                    }
                    return Collections.unmodifiableSet(items);
                },
                items -> String.join(", ", items),
                Optional.empty());
    }

    /** One of several words, in any case. */
    public static <V> SettingType<V> choice(Map<String, V> words) {
        return choice(words, "one of " + String.join(", ", new TreeSet<>(words.keySet())));
    }

    private static <V> SettingType<V> choice(Map<String, V> words, String rule) {
        Map<String, V> byWord = new LinkedHashMap<>(words);
        return new SettingType<>(
                rule,
                text -> byWord.entrySet().stream()
                        .filter(entry -> entry.getKey().equalsIgnoreCase(text))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("must be " + rule)),
                value -> byWord.entrySet().stream()
                        .filter(entry -> Objects.equals(entry.getValue(), value))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow(),
                Optional.empty());
    }

    private static <V> SettingType<V> between(
            String kind,
            Function<String, V> reader,
            Function<V, String> printer,
            Comparator<V> order,
            V lowest,
            V highest) {
        String rule = kind + " from " + printer.apply(lowest) + " to " + printer.apply(highest);
        return new SettingType<>(
                rule,
                text -> {
                    V value = readNumber(text, reader, rule);
                    if (order.compare(value, lowest) < 0 || order.compare(value, highest) > 0) {
                        throw new IllegalArgumentException("must be " + rule);
                    }
                    return value;
                },
                printer,
                Optional.of(new Range<>(lowest, highest)));
    }

    private static <V> V readNumber(String text, Function<String, V> reader, String rule) {
        try {
            return reader.apply(text);
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException("must be " + rule, e);
        }
    }

    private static Long readBytes(String text) {
        Matcher parts = BYTES.matcher(text.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw new NumberFormatException(text);
        }
        String unit = parts.group(2) == null ? "b" : parts.group(2);
        long factor = BYTE_UNITS.getOrDefault(unit.substring(0, 1), 1L);
        return new BigInteger(parts.group(1))
                .multiply(BigInteger.valueOf(factor))
                .longValueExact();
    }

    /** The same with {@code none}, which is the empty one. */
    public SettingType<Optional<T>> orNone() {
        return new SettingType<>(
                rule + ", or none",
                text -> text.equalsIgnoreCase(NONE) ? Optional.empty() : Optional.of(readOrNone(text)),
                value -> value.map(printer).orElse(NONE),
                range.map(ends -> new Range<>(Optional.of(ends.lowest()), Optional.of(ends.highest()))));
    }

    private T readOrNone(String text) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            String message = e.getMessage();
            throw new IllegalArgumentException(message.endsWith(rule) ? message + ", or none" : message, e);
        }
    }

    private static <V> Function<String, V> refusing(
            Function<String, V> reader, Function<IllegalArgumentException, String> words) {
        return text -> {
            try {
                return reader.apply(text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(words.apply(e), e);
            }
        };
    }

    /** The same with more to say to who breaks the rule, such as the original's words. */
    public SettingType<T> explained(String sentence) {
        return new SettingType<>(rule, refusing(reader, e -> e.getMessage() + " (" + sentence + ")"), printer, range);
    }

    /**
     * Reads a value; white space around it has no meaning.
     *
     * @throws IllegalArgumentException with the rule that the text breaks, such as "must be true or false"
     */
    public T read(String text) {
        return reader.apply(text.strip());
    }

    /** The value in the form in which it is read. */
    public String print(T value) {
        return printer.apply(value);
    }

    /** What a value must be: "a whole number from 1 to 100". */
    public String rule() {
        return rule;
    }

    /** What values lie between, if they have an order. */
    public Optional<Range<T>> range() {
        return range;
    }
}
