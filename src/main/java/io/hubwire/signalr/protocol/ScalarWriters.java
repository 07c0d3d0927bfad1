package io.hubwire.signalr.protocol;

import io.hubwire.signalr.protocol.JsonTextGenerator.ValueWriter;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.Calendar;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** How values without inner structure are written (protocol §4.2). */
final class ScalarWriters {
    private static final Map<Class<?>, ValueWriter> WRITERS = new LinkedHashMap<>();

    static {
        add(CharSequence.class, (value, out) -> out.write(value.toString()));
        add(Character.class, (value, out) -> out.write(value.toString()));
        add(Boolean.class, (value, out) -> out.write(value));
        addNumbers();
        addTimes();
        add(Enum.class, (value, out) -> out.write(EnumNumbers.of(value)));
        add(UUID.class, (value, out) -> out.write(value.toString()));
        add(URI.class, (value, out) -> out.write(value.toString()));
        add(URL.class, (value, out) -> out.write(value.toString()));
        add(byte[].class, (value, out) -> out.write(Base64.getEncoder().encodeToString(value)));
        add(AtomicBoolean.class, (value, out) -> out.write(value.get()));
        add(RawJson.class, (value, out) -> out.raw(value));
        add(JsonValue.class, (value, out) -> out.write(value));
    }

    private ScalarWriters() {}

    private static void addNumbers() {
        add(Integer.class, (value, out) -> out.write(value.intValue()));
        add(Long.class, (value, out) -> out.write(value.longValue()));
        add(Double.class, (value, out) -> out.write(value.doubleValue()));
        add(Float.class, (value, out) -> out.write(value.floatValue()));
        add(Short.class, (value, out) -> out.write(value.intValue()));
        add(Byte.class, (value, out) -> out.write(value.intValue()));
        add(BigDecimal.class, (value, out) -> out.write(value));
        add(BigInteger.class, (value, out) -> out.write(value));
        add(AtomicInteger.class, (value, out) -> out.write(value.get()));
        add(AtomicLong.class, (value, out) -> out.write(value.get()));
    }

    @SuppressWarnings("JavaUtilDate") // applications still have it in their beans
    private static void addTimes() {
        add(Instant.class, (value, out) -> out.write(DotNetTime.text(value)));
        add(OffsetDateTime.class, (value, out) -> out.write(DotNetTime.text(value)));
        add(ZonedDateTime.class, (value, out) -> out.write(DotNetTime.text(value.toOffsetDateTime())));
        add(LocalDateTime.class, (value, out) -> out.write(DotNetTime.text(value)));
        add(LocalDate.class, (value, out) -> out.write(value.toString()));
        add(LocalTime.class, (value, out) -> out.write(DotNetTime.text(value)));
        add(Duration.class, (value, out) -> out.write(DotNetTime.text(value)));
        // not toInstant(), which the dates of java.sql refuse
        add(Date.class, (value, out) -> out.write(DotNetTime.text(Instant.ofEpochMilli(value.getTime()))));
        add(Calendar.class, (value, out) -> out.write(DotNetTime.text(value.toInstant())));
    }

    private static <T> void add(Class<T> type, BiConsumer<T, JsonTextGenerator> writer) {
        WRITERS.put(type, (value, out) -> writer.accept(type.cast(value), out));
    }

    /** The writer for a type or its nearest listed supertype; null when the type is no scalar. */
    static ValueWriter find(Class<?> type) {
        ValueWriter exact = WRITERS.get(type);
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<Class<?>, ValueWriter> entry : WRITERS.entrySet()) {
            if (entry.getKey().isAssignableFrom(type)) {
                return entry.getValue();
            }
        }
        return null;
    }

    /** A value as the name of an object's member: enums by name, all other scalars as their JSON without quotes. */
    static String key(Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        ValueWriter writer = value == null ? null : find(value.getClass());
        if (writer == null) {
            throw new JsonBindingException("A map's key must be a string, a number, a date or the like, not "
                    + (value == null ? "null" : value.getClass().getName()) + ".");
        }
        JsonTextGenerator key = new JsonTextGenerator(writer);
        writer.write(value, key);
        return key.toRawJson().scalarText();
    }
}
