package io.hubwire.signalr.config.setting;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as operators write them: {@code 00:01:50.500} (.NET's TimeSpan), {@code PT110S} (ISO 8601), {@code 110s}. */
final class Lengths {
    static final String FORMS = "such as 00:00:30, PT30S, 500ms, 30s, 2m or 1h";

    private static final Pattern TIME_SPAN =
            Pattern.compile("(?:(\\d{1,8})\\.)?(\\d{1,2}):([0-5]?\\d):([0-5]?\\d)(?:\\.(\\d{1,7}))?");
    private static final Pattern WITH_UNIT = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?) ?(ms|s|m|h|d)");
    private static final Pattern BARE = Pattern.compile("[+-]?\\d+(\\.\\d+)?");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final int HOURS_OF_A_DAY = 24;
    private static final int DIGITS_OF_A_NANO = 9;

    private Lengths() {}

    /**
     * Reads one.
     *
     * @throws NumberFormatException when it is none
     * @throws IllegalArgumentException otherwise, with the rule that the text breaks
     */
    static Duration parse(String text) {
        Matcher span = TIME_SPAN.matcher(text);
        if (span.matches()) {
            return timeSpan(span);
        }
        Matcher unit = WITH_UNIT.matcher(text.toLowerCase(Locale.ROOT));
        if (unit.matches()) {
            return times(new BigDecimal(unit.group(1)), UNITS.get(unit.group(2)));
        }
        if (BARE.matcher(text).matches()) {
            throw new IllegalArgumentException("must have a unit: ms, s, m, h or d (" + text
                    + "s for seconds); or be written as 00:00:30 or PT30S");
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException | ArithmeticException e) {
            throw (NumberFormatException) new NumberFormatException(text).initCause(e);
        }
    }

    private static Duration timeSpan(Matcher parts) {
        int hours = Integer.parseInt(parts.group(2));
        if (hours >= HOURS_OF_A_DAY) {
            throw new IllegalArgumentException("must have fewer than 24 hours; days stand in front, as in 1.00:00:00");
        }
        String fraction = parts.group(5) == null ? "" : parts.group(5);
        return Duration.ofDays(parts.group(1) == null ? 0 : Long.parseLong(parts.group(1)))
                .plusHours(hours)
                .plusMinutes(Long.parseLong(parts.group(3)))
                .plusSeconds(Long.parseLong(parts.group(4)))
                .plusNanos(Long.parseLong((fraction + "000000000").substring(0, DIGITS_OF_A_NANO)));
    }

    private static Duration times(BigDecimal number, Duration unit) {
        BigDecimal nanos = number.multiply(BigDecimal.valueOf(unit.toNanos()));
        BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.ONE.movePointRight(DIGITS_OF_A_NANO));
        return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValue());
    }

    /** As a TimeSpan: {@code [days.]hh:mm:ss[.fraction]}. */
    static String print(Duration value) {
        String days = value.toDays() == 0 ? "" : value.toDays() + ".";
        String fraction = value.toNanosPart() == 0
                ? ""
                : String.format(Locale.ROOT, ".%09d", value.toNanosPart()).replaceAll("0+$", "");
        return days
                + String.format(
                        Locale.ROOT,
                        "%02d:%02d:%02d",
                        value.toHoursPart(),
                        value.toMinutesPart(),
                        value.toSecondsPart())
                + fraction;
    }
}
