package io.hubwire.signalr.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.signalr.protocol.JsonShape.Simple;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbTransient;
import java.io.StringReader;
import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A shape is right when it is that of what is written. */
class JsonShapeTest {
    private static final JsonBinding BINDING = JsonBinding.standard();

    public enum Size implements WireEnum {
        SMALL,
        LARGE;

        @Override
        public long wireNumber() {
            return this == SMALL ? 10 : 20;
        }
    }

    public record Point(double x, double y) {}

    record Page<T>(List<T> items, Optional<Page<T>> next) {}

    /** JSON-B takes public ones only. */
    public record Renamed(@JsonbProperty("first") String one, int two) {}

    /** A bean. */
    public static class Named {
        @JsonbProperty("fullName")
        private final String name = "Ada";

        public final int open = 3;

        public String getName() {
            return name;
        }

        @JsonbTransient
        public String getSecret() {
            return "hidden";
        }
    }

    /** A bean with inherited properties. */
    public static class Employee extends Named {
        public boolean isFit() {
            return true;
        }

        public String getURL() {
            return "http://example.com";
        }

        public Size getSize() {
            return Size.LARGE;
        }

        public List<Point> getPlaces() {
            return List.of(new Point(1, 2));
        }

        public static String getStatic() {
            return "no property";
        }
    }

    /** A value of each field is written, and must have its shape. */
    @SuppressWarnings({"unused", "JavaUtilDate"})
    private static final class Samples {
        String text = "x";
        char letter = 'x';
        Character boxedLetter = 'x';
        int number = 1;
        Long boxedNumber = 1L;
        Number anyNumber = 1.5;
        BigDecimal decimal = BigDecimal.TEN;
        AtomicLong counter = new AtomicLong(4);
        boolean flag = true;
        Boolean boxedFlag = false;
        AtomicBoolean atomicFlag = new AtomicBoolean();
        UUID id = new UUID(0, 1);
        URI address = URI.create("a:b");
        Instant instant = Instant.EPOCH;
        LocalDate date = LocalDate.EPOCH;
        Duration duration = Duration.ofMinutes(1);
        Date oldDate = new Date(0);
        byte[] bytes = {1, 2};
        DayOfWeek day = DayOfWeek.MONDAY;
        Size size = Size.LARGE;
        int[] numbers = {1, 2};
        String[][] table = {{"x"}};
        List<String> list = List.of("x");
        Set<Optional<Integer>> optionals = Set.of(Optional.of(1));
        Map<String, List<Point>> map = Map.of("k", List.of(new Point(1, 2)));
        Optional<String> empty = Optional.empty();
        OptionalInt optionalNumber = OptionalInt.of(1);
        Object anything = List.of(1);
        RawJson raw = RawJson.parse("{\"a\":1}");
        JsonObject tree = Json.createObjectBuilder().build();
        Point point = new Point(1, 2);
        Page<Point> page = new Page<>(List.of(new Point(1, 2)), Optional.of(new Page<>(List.of(), Optional.empty())));
        Renamed renamed = new Renamed("a", 2);
        Named bean = new Named();
        Employee inheriting = new Employee();
    }

    static Stream<Field> samples() {
        return Arrays.stream(Samples.class.getDeclaredFields()).filter(field -> !field.isSynthetic());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shape_ofAType_isThatOfWhatIsWritten(Field sample) throws Exception {
        RawJson written = BINDING.write(sample.get(new Samples()));
        try (JsonReader reader = Json.createReader(new StringReader(written.text()))) {
            requireShape(reader.readValue(), BINDING.shape(sample.getGenericType()));
        }
    }

    private static void requireShape(JsonValue value, JsonShape shape) {
        if (shape instanceof JsonShape.Nullable optional) {
            if (value != JsonValue.NULL) {
                requireShape(value, optional.value());
            }
        } else if (shape instanceof JsonShape.Sequence sequence) {
            assertThat(value).isInstanceOf(JsonArray.class);
            value.asJsonArray().forEach(element -> requireShape(element, sequence.elements()));
        } else if (shape instanceof JsonShape.Dictionary dictionary) {
            value.asJsonObject().values().forEach(member -> requireShape(member, dictionary.values()));
        } else if (shape instanceof JsonShape.Enumeration enumeration) {
            assertThat(enumeration.numbers()).containsValue(Long.valueOf(value.toString()));
        } else if (shape instanceof JsonShape.Structure structure) {
            JsonObject object = value.asJsonObject();
            Map<String, JsonShape> members = structure.members().get();
            assertThat(members.keySet()).containsExactlyInAnyOrderElementsOf(object.keySet());
            members.forEach((name, member) -> requireShape(object.get(name), member));
        } else {
            requireKind(value.getValueType(), (Simple) shape);
        }
    }

    private static void requireKind(JsonValue.ValueType kind, Simple shape) {
        switch (shape) {
            case TEXT -> assertThat(kind).isEqualTo(JsonValue.ValueType.STRING);
            case NUMBER -> assertThat(kind).isEqualTo(JsonValue.ValueType.NUMBER);
            case BOOLEAN -> assertThat(kind).isIn(JsonValue.ValueType.TRUE, JsonValue.ValueType.FALSE);
            case ANY -> assertThat(kind).isNotNull();
        }
    }

    private static JsonShape shapeOf(String sample) throws NoSuchFieldException {
        return BINDING.shape(Samples.class.getDeclaredField(sample).getGenericType());
    }

    @Test
    void shape_whereTheTypeTells_isKnown() throws Exception {
        assertThat(shapeOf("map")).isInstanceOfSatisfying(JsonShape.Dictionary.class, map -> assertThat(map.values())
                .isInstanceOf(JsonShape.Sequence.class));
        assertThat(shapeOf("optionals")).isEqualTo(new JsonShape.Sequence(new JsonShape.Nullable(Simple.NUMBER)));
        assertThat(shapeOf("bytes")).isEqualTo(Simple.TEXT);
        assertThat(shapeOf("inheriting")).isInstanceOfSatisfying(JsonShape.Structure.class, bean -> assertThat(
                        bean.members().get())
                .containsOnlyKeys("URL", "fit", "fullName", "open", "places", "size")
                .containsEntry("fit", Simple.BOOLEAN));
    }

    @Test
    void shape_whereTheTypeDoesNotTell_isAny() {
        for (Type open : List.<Type>of(Object.class, RawJson.class, Comparable.class, Path.class, Enum.class)) {
            assertThat(BINDING.shape(open)).as(open.getTypeName()).isEqualTo(Simple.ANY);
        }
    }

    @Test
    void shape_ofABindingThatCannotTell_isAny() {
        JsonBinding other = new JsonBinding() {
            @Override
            public Object read(RawJson value, Type type) {
                return null;
            }

            @Override
            public RawJson write(Object value) {
                return RawJson.NULL;
            }
        };

        assertThat(other.shape(String.class)).isEqualTo(Simple.ANY);
    }
}
