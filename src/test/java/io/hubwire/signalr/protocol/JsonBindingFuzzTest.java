package io.hubwire.signalr.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.fuzz.Inputs;
import io.hubwire.kit.fuzz.Seeded;
import jakarta.json.JsonValue;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

@AddLifecycleHook(Seeded.class)
class JsonBindingFuzzTest {
    private static final JsonBinding BINDING = JsonBinding.standard();

    /** Its components' types are the ones that are tried. */
    @SuppressWarnings("ArrayRecordComponent") // arrays are among the types that are read; no two of these are compared
    record Everything(
            String string,
            CharSequence characters,
            char character,
            boolean bool,
            Boolean boxed,
            int number,
            Long big,
            short small,
            byte tiny,
            double real,
            Float single,
            BigDecimal decimal,
            BigInteger integer,
            Number any,
            Instant instant,
            OffsetDateTime offset,
            ZonedDateTime zoned,
            LocalDateTime local,
            LocalDate date,
            LocalTime time,
            Duration duration,
            Date old,
            UUID uuid,
            URI uri,
            byte[] bytes,
            DayOfWeek day,
            RawJson raw,
            JsonValue tree,
            Object object,
            int[] ints,
            List<String> strings,
            List<List<Integer>> lists,
            Set<Object> set,
            Map<String, Long> map,
            Map<Integer, Object> numbered,
            Optional<Double> optional,
            OptionalInt optionalInt,
            Pair pair,
            List<Pair> pairs,
            Bean bean) {}

    record Pair(String left, int right) {}

    /** A bean as JSON-B binds them. */
    public static class Bean {
        private String name;
        private List<Integer> numbers;

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public List<Integer> getNumbers() {
            return numbers;
        }

        public void setNumbers(List<Integer> numbers) {
            this.numbers = numbers;
        }
    }

    @Property
    void anyJson_isAValueOfTheType_orRefused(@ForAll("json") String text, @ForAll("types") Type type) {
        RawJson value = RawJson.parse(text);
        try {
            Object read = BINDING.read(value, type);
            if (!value.isNull()) {
                assertThat(read).isNotNull();
            }
        } catch (JsonBindingException refused) {
            assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(400);
        }
    }

    @Property(tries = 300)
    void anyObject_isARecord_orRefused(@ForAll("objects") String text) {
        try {
            assertThat(BINDING.read(RawJson.parse(text), Everything.class)).isInstanceOf(Everything.class);
        } catch (JsonBindingException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    /** What {@code Object} makes of a value is written once and for all; the first writing mends lone halves of pairs. */
    @Property
    void plainValues_areWrittenAsTheyAreRead(@ForAll("json") String text) {
        Object read;
        try {
            read = BINDING.read(RawJson.parse(text), Object.class);
        } catch (JsonBindingException refused) {
            return;
        }
        RawJson written = BINDING.write(read);

        assertThat(RawJson.parse(written.text())).isEqualTo(written);
        assertThat(BINDING.write(BINDING.read(written, Object.class))).isEqualTo(written);
    }

    @Provide
    Arbitrary<String> json() {
        return Inputs.json();
    }

    @Provide
    Arbitrary<Type> types() {
        return Arbitraries.of(Stream.of(Everything.class.getRecordComponents())
                .map(RecordComponent::getGenericType)
                .toList());
    }

    /** Objects with some of the members, of any kind. */
    @Provide
    Arbitrary<String> objects() {
        Arbitrary<String> names = Arbitraries.of(Stream.of(Everything.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList());
        return Arbitraries.maps(names, Inputs.json())
                .ofMaxSize(5)
                .map(members -> members.entrySet().stream()
                        .map(member -> Json.quote(member.getKey()) + ":" + member.getValue())
                        .collect(java.util.stream.Collectors.joining(",", "{", "}")))
                .withoutEdgeCases();
    }
}
