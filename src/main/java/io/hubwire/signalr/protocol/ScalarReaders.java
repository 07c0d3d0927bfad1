package io.hubwire.signalr.protocol;

import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * How values without inner structure are read: as leniently as the original does (protocol §6.3, captures 05072 to
 * 05075), and never by guessing. Readers throw {@link IllegalArgumentException}, {@link ArithmeticException} or
 * {@link java.time.DateTimeException} for what does not fit; none is asked about a JSON null.
 */
final class ScalarReaders {
    private static final JsonReaderFactory TREES = JsonProvider.provider().createReaderFactory(Map.of());
    private static final int UUID_LENGTH = 36;
    private static final int UUID_DIGITS = 32;
    private static final Map<Class<?>, Function<RawJson, Object>> READERS = new HashMap<>();

    static {
        READERS.put(String.class, ScalarReaders::string);
        READERS.put(CharSequence.class, ScalarReaders::string);
        add(char.class, Character.class, ScalarReaders::character);
        add(boolean.class, Boolean.class, ScalarReaders::bool);
        addNumbers();
        addTimes();
        READERS.put(UUID.class, value -> uuid(text(value)));
        READERS.put(URI.class, value -> URI.create(text(value)));
        READERS.put(byte[].class, ScalarReaders::bytes);
        READERS.put(RawJson.class, value -> value);
    }

    private ScalarReaders() {}

    private static void addNumbers() {
        add(int.class, Integer.class, value -> (int) integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE));
        add(long.class, Long.class, value -> integer(value, Long.MIN_VALUE, Long.MAX_VALUE));
        add(short.class, Short.class, value -> (short) integer(value, Short.MIN_VALUE, Short.MAX_VALUE));
        add(byte.class, Byte.class, value -> (byte) integer(value, Byte.MIN_VALUE, Byte.MAX_VALUE));
        add(double.class, Double.class, value -> NumberText.floating(number(value)));
        add(float.class, Float.class, ScalarReaders::singleFloat);
        READERS.put(BigDecimal.class, value -> NumberText.decimal(number(value)));
        READERS.put(BigInteger.class, value -> NumberText.bigInteger(wholeNumber(value)));
        READERS.put(Number.class, value -> natural(number(value)));
    }

    private static void addTimes() {
        READERS.put(Instant.class, value -> DotNetTime.instant(text(value)));
        READERS.put(OffsetDateTime.class, value -> DotNetTime.offsetDateTime(text(value)));
        READERS.put(ZonedDateTime.class, value -> DotNetTime.zonedDateTime(text(value)));
        READERS.put(LocalDateTime.class, value -> DotNetTime.localDateTime(text(value)));
        READERS.put(LocalDate.class, value -> DotNetTime.localDate(text(value)));
        READERS.put(LocalTime.class, value -> DotNetTime.localTime(text(value)));
        READERS.put(Duration.class, value -> DotNetTime.duration(text(value)));
        READERS.put(Date.class, value -> Date.from(DotNetTime.instant(text(value))));
    }

    private static void add(Class<?> primitive, Class<?> wrapper, Function<RawJson, Object> reader) {
        READERS.put(primitive, reader);
        READERS.put(wrapper, reader);
    }

    /** The reader for exactly this type; null when it is no scalar. */
    static Function<RawJson, Object> find(Class<?> type) {
        if (type.isEnum()) {
            EnumNumbers constants = new EnumNumbers(type);
            return value -> required(constants.read(value));
        }
        if (JsonValue.class.isAssignableFrom(type)) {
            return value -> type.cast(tree(value));
        }
        return READERS.get(type);
    }

    private static Object required(Object constant) {
        if (constant == null) {
            throw new IllegalArgumentException("no such constant");
        }
        return constant;
    }

    private static Object tree(RawJson value) {
        try (var reader = TREES.createReader(new StringReader(value.text()))) {
            return reader.readValue();
        }
    }

    /** A number as the Java type that holds it: long, BigInteger, or double when it has a fraction or an exponent. */
    static Number natural(String number) {
        if (number.chars().anyMatch(c -> c == '.' || c == 'e' || c == 'E')) {
            return NumberText.floating(number);
        }
        BigInteger value = NumberText.bigInteger(number);
        return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
    }

    /** Scalars become strings as .NET prints them, {@code True} and {@code False} included (capture 05074). */
    private static String string(RawJson value) {
        return value.kind() == RawJson.Kind.BOOLEAN
                ? (value.equals(RawJson.TRUE) ? "True" : "False")
                : value.scalarText();
    }

    private static Character character(RawJson value) {
        String text = text(value);
        if (text.length() != 1) {
            throw new IllegalArgumentException("not one character");
        }
        return text.charAt(0);
    }

    private static Boolean bool(RawJson value) {
        String text = value.scalarText();
        if (value.kind() == RawJson.Kind.NUMBER) {
            return NumberText.decimal(text).signum() != 0;
        }
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equalsIgnoreCase("false")) {
            return false;
        }
        throw new IllegalArgumentException("neither true nor false");
    }

    private static Float singleFloat(RawJson value) {
        double number = NumberText.floating(number(value));
        float single = (float) number;
        if (Float.isInfinite(single) && !Double.isInfinite(number)) {
            throw new NumberFormatException("too large for a float");
        }
        return single;
    }

    private static long integer(RawJson value, long min, long max) {
        return NumberText.integer(wholeNumber(value), min, max);
    }

    /** A JSON number is rounded; a string must be a whole number already (capture 05053). */
    private static String wholeNumber(RawJson value) {
        String text = number(value);
        if (value.kind() == RawJson.Kind.STRING && text.chars().anyMatch(c -> c == '.' || c == 'e' || c == 'E')) {
            throw new NumberFormatException("not a whole number");
        }
        return text;
    }

    private static String number(RawJson value) {
        if (value.kind() == RawJson.Kind.BOOLEAN) {
            throw new NumberFormatException("a boolean is no number");
        }
        return value.kind() == RawJson.Kind.STRING ? value.scalarText().strip() : value.scalarText();
    }

    private static String text(RawJson value) {
        if (value.kind() != RawJson.Kind.STRING) {
            throw new IllegalArgumentException("not a string");
        }
        return value.scalarText();
    }

    /** The forms that .NET reads: with or without hyphens, in braces or parentheses. */
    private static UUID uuid(String text) {
        String plain = text;
        if ((text.startsWith("{") && text.endsWith("}")) || (text.startsWith("(") && text.endsWith(")"))) {
            plain = text.substring(1, text.length() - 1);
        }
        if (plain.length() == UUID_DIGITS && plain.indexOf('-') < 0) {
            plain = plain.substring(0, 8)
                    + '-'
                    + plain.substring(8, 12)
                    + '-'
                    + plain.substring(12, 16)
                    + '-'
                    + plain.substring(16, 20)
                    + '-'
                    + plain.substring(20);
        }
        UUID uuid = UUID.fromString(plain); // takes short groups, too
        if (plain.length() != UUID_LENGTH || !uuid.toString().equalsIgnoreCase(plain)) {
            throw new IllegalArgumentException("not a UUID");
        }
        return uuid;
    }

    /** Base64, or an array of numbers from 0 to 255. */
    private static byte[] bytes(RawJson value) {
        if (value.kind() != RawJson.Kind.ARRAY) {
            return Base64.getDecoder().decode(text(value));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonSlicer elements = new JsonSlicer(value.text())) {
            elements.beginArray();
            for (RawJson element = elements.nextElement(); element != null; element = elements.nextElement()) {
                bytes.write((int) integer(element, 0, 255));
            }
        }
        return bytes.toByteArray();
    }
}
