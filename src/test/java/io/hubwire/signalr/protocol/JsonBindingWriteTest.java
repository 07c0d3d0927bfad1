package io.hubwire.signalr.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.CharBuffer;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class JsonBindingWriteTest {
    private final JsonBinding binding = JsonBinding.standard();

    enum Color implements WireEnum {
        RED(0),
        GREEN(5) {
            @Override
            public String toString() {
                return "constant with a body";
            }
        };

        private final long number;

        Color(long number) {
            this.number = number;
        }

        @Override
        public long wireNumber() {
            return number;
        }
    }

    enum Plain {
        ONE,
        TWO
    }

    record Point(int x, Double Y, String nothing, List<Color> colors) {}

    record Loop(List<Object> list) {}

    record Failing(int x) {
        @Override
        public int x() {
            throw new IllegalStateException("on purpose");
        }
    }

    private String write(Object value) {
        return binding.write(value).text();
    }

    private void assertRefused(Object value) {
        assertThatExceptionOfType(JsonBindingException.class).isThrownBy(() -> binding.write(value));
    }

    @Test
    void write_scalars_keepTheOriginalsShape() {
        assertThat(binding.write(null)).isEqualTo(RawJson.NULL);
        assertThat(write("a\"<é>")).isEqualTo("\"a\\\"<é>\"");
        assertThat(write(CharBuffer.wrap("sb"))).isEqualTo("\"sb\"");
        assertThat(write('c')).isEqualTo("\"c\"");
        assertThat(write(true)).isEqualTo("true");
        assertThat(write(5)).isEqualTo("5");
        assertThat(write(Long.MAX_VALUE)).isEqualTo("9223372036854775807");
        assertThat(write((short) -1)).isEqualTo("-1");
        assertThat(write((byte) 1)).isEqualTo("1");
        assertThat(write(BigInteger.TEN.pow(30))).isEqualTo("1" + "0".repeat(30));
        assertThat(write(new BigDecimal("12.30"))).isEqualTo("12.30");
        assertThat(write(new AtomicInteger(3))).isEqualTo("3");
        assertThat(write(new AtomicReference<>("x"))).isEqualTo("\"x\"");
        assertThat(write(URI.create("http://a/b"))).isEqualTo("\"http://a/b\"");
        assertThat(write(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff")))
                .isEqualTo("\"00112233-4455-6677-8899-aabbccddeeff\"");
    }

    @Test
    void write_scalars_knowTheirKind() {
        assertThat(binding.write("x").kind()).isEqualTo(RawJson.Kind.STRING);
        assertThat(binding.write(-1).kind()).isEqualTo(RawJson.Kind.NUMBER);
        assertThat(binding.write(false).kind()).isEqualTo(RawJson.Kind.BOOLEAN);
        assertThat(binding.write(List.of(Map.of())).kind()).isEqualTo(RawJson.Kind.ARRAY);
        assertThat(binding.write(List.of(Map.of())).depth()).isEqualTo(2);
        assertThat(binding.write(Map.of()).kind()).isEqualTo(RawJson.Kind.OBJECT);
    }

    @Test
    void write_floatingPoint_captures05024To05026HaveTheSameText() {
        assertThat(write(
                        new double[] {1.0, 1.5, -0.0, 1e21, 1e-7, Double.MAX_VALUE, Double.POSITIVE_INFINITY, 0.1, 100.0
                        }))
                .isEqualTo("[1.0,1.5,0.0,1E+21,1E-07,1.7976931348623157E+308,\"Infinity\",0.1,100.0]");
        assertThat(write(new float[] {1.0f, 0.1f, Float.MAX_VALUE, (float) 3E10}))
                .isEqualTo("[1.0,0.1,3.40282347E+38,3E+10]");
        assertThat(write(Double.NaN)).isEqualTo("\"NaN\"");
        assertThat(write(List.of(0.1f, 0.1d))).isEqualTo("[0.1,0.1]");
    }

    @Test
    void write_enum_capture05039IsANumber() {
        assertThat(write(Color.GREEN)).isEqualTo("5");
        assertThat(write(Plain.TWO)).isEqualTo("1");
    }

    @Test
    void write_bytes_capture05036AreBase64() {
        assertThat(write(new byte[] {0, 1, 2, (byte) 250, (byte) 255})).isEqualTo("\"AAEC+v8=\"");
    }

    @Test
    void write_dates_captures05029And05030AreIso() {
        assertThat(write(Instant.parse("2014-01-02T03:04:05Z"))).isEqualTo("\"2014-01-02T03:04:05Z\"");
        assertThat(write(Instant.parse("2014-01-02T03:04:05.678Z"))).isEqualTo("\"2014-01-02T03:04:05.678Z\"");
        assertThat(write(Instant.parse("2014-01-02T03:04:00.100Z"))).isEqualTo("\"2014-01-02T03:04:00.1Z\"");
        assertThat(write(Instant.parse("2014-01-02T03:04:05.123456789Z")))
                .isEqualTo("\"2014-01-02T03:04:05.1234567Z\"");
        assertThat(write(LocalDateTime.parse("2014-01-02T03:04:05"))).isEqualTo("\"2014-01-02T03:04:05\"");
        assertThat(write(LocalDateTime.parse("2014-01-02T03:00"))).isEqualTo("\"2014-01-02T03:00:00\"");
        assertThat(write(OffsetDateTime.parse("2014-01-02T03:04:05+02:00"))).isEqualTo("\"2014-01-02T03:04:05+02:00\"");
        assertThat(write(OffsetDateTime.parse("2014-01-02T03:04:05Z"))).isEqualTo("\"2014-01-02T03:04:05+00:00\"");
        assertThat(write(ZonedDateTime.parse("2014-01-02T03:04:05+01:00[Europe/Paris]")))
                .isEqualTo("\"2014-01-02T03:04:05+01:00\"");
        assertThat(write(LocalDate.parse("2014-01-02"))).isEqualTo("\"2014-01-02\"");
        assertThat(write(LocalTime.parse("03:04"))).isEqualTo("\"03:04:00\"");
        assertThat(write(Date.from(Instant.EPOCH))).isEqualTo("\"1970-01-01T00:00:00Z\"");
        assertThat(write(new java.sql.Date(0))).isEqualTo("\"1970-01-01T00:00:00Z\"");
        assertThat(write(new Timestamp(1_500))).isEqualTo("\"1970-01-01T00:00:01.5Z\"");
    }

    @Test
    void write_duration_isATimeSpan() {
        assertThat(write(Duration.parse("P1DT2H3M4.005S"))).isEqualTo("\"1.02:03:04.0050000\"");
        assertThat(write(Duration.ZERO)).isEqualTo("\"00:00:00\"");
        assertThat(write(Duration.ofMillis(-1_500))).isEqualTo("\"-00:00:01.5000000\"");
    }

    @Test
    void write_containers_areArraysAndObjects() {
        assertThat(write(new int[] {1, 2})).isEqualTo("[1,2]");
        assertThat(write(new Object[] {1, "two", null, true, new int[0]})).isEqualTo("[1,\"two\",null,true,[]]");
        assertThat(write(Arrays.asList("a", null, 3))).isEqualTo("[\"a\",null,3]");
        assertThat(write(new ArrayDeque<>(List.of(1)))).isEqualTo("[1]");
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("B", 2);
        map.put("a", null);
        map.put("C d", "x");
        assertThat(write(map)).isEqualTo("{\"B\":2,\"a\":null,\"C d\":\"x\"}");
    }

    @Test
    void write_mapKeys_areText() {
        assertThat(write(Map.of(Color.GREEN, 1.0))).isEqualTo("{\"GREEN\":1.0}");
        assertThat(write(new TreeMap<>(Map.of(2, "b", 1, "a")))).isEqualTo("{\"1\":\"a\",\"2\":\"b\"}");
        assertThat(write(Map.of(LocalDate.parse("2014-01-02"), 1))).isEqualTo("{\"2014-01-02\":1}");
        assertThat(write(Map.of("a\"b", 1))).isEqualTo("{\"a\\\"b\":1}");
        assertRefused(Map.of(List.of(1), 1));
        Map<String, Integer> nullKey = new HashMap<>();
        nullKey.put(null, 1);
        assertRefused(nullKey);
    }

    @Test
    void write_optionals_areTheirContent() {
        assertThat(write(Optional.of(5))).isEqualTo("5");
        assertThat(write(Optional.empty())).isEqualTo("null");
        assertThat(write(OptionalInt.of(1))).isEqualTo("1");
        assertThat(write(OptionalLong.empty())).isEqualTo("null");
    }

    @Test
    void write_record_keepsOrderNamesAndNulls() {
        assertThat(write(new Point(1, 2.0, null, List.of(Color.GREEN))))
                .isEqualTo("{\"x\":1,\"Y\":2.0,\"nothing\":null,\"colors\":[5]}");
    }

    @Test
    void write_json_isTakenOver() {
        RawJson raw = RawJson.parse("{ \"a\" : [ 1 ] }");
        assertThat(binding.write(raw)).isEqualTo(raw);
        assertThat(write(List.of(raw, raw))).isEqualTo("[{\"a\":[1]},{\"a\":[1]}]");
        assertThat(write(Json.createObjectBuilder()
                        .add(
                                "a",
                                Json.createArrayBuilder()
                                        .add(1.50)
                                        .add("é\u2028")
                                        .addNull()
                                        .add(true))
                        .build()))
                .isEqualTo("{\"a\":[1.5,\"é\\u2028\",null,true]}");
    }

    @Test
    void write_sameValueTwice_isNoCycle() {
        List<Integer> shared = List.of(1);
        assertThat(write(List.of(shared, shared))).isEqualTo("[[1],[1]]");
    }

    @Test
    void write_valueThatContainsItself_v64IsRefused() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        list.add(list);
        assertThatExceptionOfType(JsonBindingException.class)
                .isThrownBy(() -> binding.write(list))
                .withMessage("A value of type java.util.ArrayList refers to itself.");
        Map<String, Object> map = new HashMap<>();
        map.put("self", List.of(map));
        assertRefused(map);
        List<Object> content = new ArrayList<>();
        Loop loop = new Loop(content);
        content.add(loop);
        assertRefused(loop);
        Object[] array = new Object[1];
        array[0] = array;
        assertRefused(array);
    }

    @Test
    void write_nestedOneLevelTooDeep_isRefused() {
        Object value = List.of();
        for (int depth = 1; depth < JsonTextGenerator.MAX_DEPTH; depth++) {
            value = List.of(value);
        }
        assertThat(binding.write(value).depth()).isEqualTo(64);
        Object tooDeep = List.of(value);
        assertThatExceptionOfType(JsonBindingException.class)
                .isThrownBy(() -> binding.write(tooDeep))
                .withMessage("A value is nested deeper than 64 levels; does it refer to itself?");
        assertRefused(List.of(binding.write(value)));
    }

    @Test
    void write_accessorThatThrows_isABindingError() {
        assertThatExceptionOfType(JsonBindingException.class)
                .isThrownBy(() -> binding.write(new Failing(1)))
                .withRootCauseExactlyInstanceOf(IllegalStateException.class);
    }
}
