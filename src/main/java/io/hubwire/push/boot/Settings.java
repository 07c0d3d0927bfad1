package io.hubwire.push.boot;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What the operator set, by name: {@code hubwire.upload.maxBytes}. The first of these that knows a name wins: the
 * deployment's context parameters, the system properties, the environment ({@code HUBWIRE_UPLOAD_MAXBYTES}).
 */
final class Settings {
    private final List<UnaryOperator<String>> sources;

    private Settings(List<UnaryOperator<String>> sources) {
        this.sources = sources;
    }

    /** Each source gives null for a name that it doesn't know. */
    static Settings of(
            UnaryOperator<String> deployment,
            UnaryOperator<String> systemProperties,
            UnaryOperator<String> environment) {
        return new Settings(List.of(deployment, systemProperties, name -> environment.apply(environmentName(name))));
    }

    Optional<String> text(String name) {
        return sources.stream()
                .map(source -> source.apply(name))
                .filter(Objects::nonNull)
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** A value out of range, as one that isn't a number, throws {@link IllegalArgumentException} with name and range. */
    long number(String name, long defaultValue, long min, long max) {
        String range = "a number from " + min + " to " + max;
        long value = parse(name, defaultValue, Long::valueOf, range);
        if (value < min || value > max) {
            throw wrong(name, String.valueOf(value), range);
        }
        return value;
    }

    /** ISO 8601: {@code PT8H}. A value out of range throws {@link IllegalArgumentException} with name and range. */
    Duration duration(String name, Duration defaultValue, Duration min, Duration max) {
        String range = "a duration from " + min + " to " + max;
        Duration value = parse(name, defaultValue, Duration::parse, range);
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw wrong(name, value.toString(), range);
        }
        return value;
    }

    /** Anything but {@code true} and {@code false} throws {@link IllegalArgumentException}. */
    boolean flag(String name, boolean defaultValue) {
        return parse(name, defaultValue, Settings::parseFlag, "true or false");
    }

    private <T> T parse(String name, T defaultValue, Function<String, T> parser, String expected) {
        Optional<String> text = text(name);
        try {
            return text.map(parser).orElse(defaultValue);
        } catch (NumberFormatException | DateTimeParseException malformed) {
            throw wrong(name, text.orElseThrow(), expected);
        }
    }

    private static Boolean parseFlag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new NumberFormatException(text);
        };
    }

    private static IllegalArgumentException wrong(String name, String value, String expected) {
        return new IllegalArgumentException(name + " must be " + expected + ", not \"" + value + "\"");
    }

    private static String environmentName(String name) {
        return name.replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
