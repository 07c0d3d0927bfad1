package io.hubwire.signalr.protocol;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/**
 * Dates and times as .NET clients write and read them: ISO 8601 with up to seven digits of a second's fraction, which
 * is all that they can hold (captures 05029, 05030, 05034, 05035). A duration is a .NET time span,
 * {@code [-][d.]hh:mm:ss[.fffffff]}.
 */
final class DotNetTime {
    private static final int TICK_NANOS = 100;
    private static final int TICKS_PER_SECOND = 10_000_000;
    private static final int TICK_DIGITS = 7;
    private static final int NANO_DIGITS = 9;

    private static final DateTimeFormatter TIME_OUT = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, TICK_DIGITS, true)
            .toFormatter(Locale.ROOT);
    private static final DateTimeFormatter LOCAL_OUT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .append(TIME_OUT)
            .toFormatter(Locale.ROOT);
    private static final DateTimeFormatter OFFSET_OUT = new DateTimeFormatterBuilder()
            .append(LOCAL_OUT)
            .appendOffset("+HH:MM", "+00:00")
            .toFormatter(Locale.ROOT);
    private static final DateTimeFormatter IN = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .appendPattern("HH:mm")
            .optionalStart()
            .appendPattern(":ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, NANO_DIGITS, true)
            .optionalEnd()
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    private DotNetTime() {}

    static String text(Instant value) {
        return LOCAL_OUT.format(LocalDateTime.ofInstant(value, ZoneOffset.UTC)) + 'Z';
    }

    static String text(LocalDateTime value) {
        return LOCAL_OUT.format(value);
    }

    static String text(OffsetDateTime value) {
        return OFFSET_OUT.format(value);
    }

    static String text(LocalTime value) {
        return TIME_OUT.format(value);
    }

    static String text(Duration value) {
        StringBuilder text = new StringBuilder();
        Duration positive = value;
        if (value.isNegative()) {
            text.append('-');
            positive = value.negated();
        }
        if (positive.toDays() > 0) {
            text.append(positive.toDays()).append('.');
        }
        append(text, positive.toHoursPart(), 2).append(':');
        append(text, positive.toMinutesPart(), 2).append(':');
        append(text, positive.toSecondsPart(), 2);
        int ticks = positive.toNanosPart() / TICK_NANOS;
        if (ticks > 0) {
            append(text.append('.'), ticks, TICK_DIGITS);
        }
        return text.toString();
    }

    private static StringBuilder append(StringBuilder text, int number, int digits) {
        String unpadded = Integer.toString(number);
        return text.append("0".repeat(digits - unpadded.length())).append(unpadded);
    }

    /**
     * Reads a date or a date with time.
     *
     * @return an {@link OffsetDateTime} when the text has an offset, otherwise a {@link LocalDateTime}; midnight when
     *     it has no time
     * @throws DateTimeException when it is neither
     */
    private static TemporalAccessor parse(String text) {
        TemporalAccessor parsed = IN.parse(text);
        LocalDate date = LocalDate.from(parsed);
        LocalTime time = parsed.query(TemporalQueries.localTime());
        LocalDateTime local = date.atTime(time == null ? LocalTime.MIDNIGHT : time);
        ZoneOffset offset = parsed.query(TemporalQueries.offset());
        return offset == null ? local : local.atOffset(offset);
    }

    /** Text without an offset is taken as UTC. */
    static Instant instant(String text) {
        return offsetDateTime(text).toInstant();
    }

    /** Text without an offset is taken as UTC. */
    static OffsetDateTime offsetDateTime(String text) {
        TemporalAccessor parsed = parse(text);
        return parsed instanceof OffsetDateTime value ? value : ((LocalDateTime) parsed).atOffset(ZoneOffset.UTC);
    }

    /** Text without an offset is taken as UTC; a zone's name in brackets, which Java writes, is understood. */
    static ZonedDateTime zonedDateTime(String text) {
        return text.endsWith("]")
                ? ZonedDateTime.parse(text)
                : offsetDateTime(text).toZonedDateTime();
    }

    /** Text with an offset is brought to UTC. */
    static LocalDateTime localDateTime(String text) {
        TemporalAccessor parsed = parse(text);
        return parsed instanceof OffsetDateTime value
                ? value.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
                : (LocalDateTime) parsed;
    }

    /** The date as written; a time behind it is ignored. */
    static LocalDate localDate(String text) {
        return LocalDate.from(IN.parse(text));
    }

    static LocalTime localTime(String text) {
        return LocalTime.parse(text);
    }

    /** A .NET time span, or an ISO 8601 duration such as {@code PT1.5S}. */
    static Duration duration(String text) {
        if (text.startsWith("P") || text.startsWith("-P")) {
            return Duration.parse(text);
        }
        boolean negative = text.startsWith("-");
        String[] parts = text.substring(negative ? 1 : 0).split(":", -1);
        if (parts.length != 3) {
            throw new DateTimeParseException("not a time span", text, 0);
        }
        int dot = parts[0].indexOf('.');
        long days = dot < 0 ? 0 : number(text, parts[0].substring(0, dot), Integer.MAX_VALUE);
        long hours = number(text, parts[0].substring(dot + 1), 23);
        Duration value = Duration.ofDays(days)
                .plusHours(hours)
                .plusMinutes(number(text, parts[1], 59))
                .plus(seconds(text, parts[2]));
        return negative ? value.negated() : value;
    }

    private static Duration seconds(String whole, String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            return Duration.ofSeconds(number(whole, text, 59));
        }
        String fraction = text.substring(dot + 1);
        if (fraction.isEmpty() || fraction.length() > TICK_DIGITS) {
            throw new DateTimeParseException("a time span has up to 7 digits behind the second", whole, 0);
        }
        long ticks = number(whole, fraction + "0".repeat(TICK_DIGITS - fraction.length()), TICKS_PER_SECOND);
        return Duration.ofSeconds(number(whole, text.substring(0, dot), 59)).plusNanos(ticks * TICK_NANOS);
    }

    private static long number(String whole, String digits, long max) {
        boolean plain =
                !digits.isEmpty() && digits.length() < 11 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        long value = plain ? Long.parseLong(digits) : -1;
        if (value < 0 || value > max) {
            throw new DateTimeParseException("not a time span", whole, 0);
        }
        return value;
    }
}
