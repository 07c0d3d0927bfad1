package io.hubwire.signalr.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.json.bind.annotation.JsonbTransient;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonbObjectBindingTest {
    private final JsonBinding binding = JsonBinding.standard();

    public enum Color implements WireEnum {
        Red(0),
        Green(5),
        Blue(6);

        private final long number;

        Color(long number) {
            this.number = number;
        }

        @Override
        public long wireNumber() {
            return number;
        }
    }

    public static class Address {
        public String Street;
        public int Zip;
    }

    @JsonbPropertyOrder({
        "Name",
        "Age",
        "Home",
        "Tags",
        "Favourite",
        "Born",
        "Id",
        "Score",
        "Money",
        "Counts",
        "Nothing",
        "Flag"
    })
    public static class Person {
        public String Name;
        public int Age;
        public Address Home;
        public String[] Tags;
        public Color Favourite = Color.Red;
        public Instant Born;
        public UUID Id;
        public double Score;
        public BigDecimal Money;
        public Map<String, Integer> Counts;
        public Object Nothing;

        @JsonbProperty("renamedProp")
        public boolean Flag;

        @JsonbTransient
        public String Secret;
    }

    public static class Numbers {
        public int primitive;
        public Integer boxed;
        public long big;
        public BigDecimal decimal;
        public Boolean flag;
        public Character character;
        public Object any;
    }

    public record Point(int x, Color color) {}

    public record Annotated(@JsonbProperty("renamed") int value) {}

    @JsonbPropertyOrder({
        "big",
        "single",
        "bytes",
        "offset",
        "local",
        "span",
        "date",
        "byColor",
        "point",
        "points",
        "optional",
        "hidden"
    })
    public static class Mixed {
        public double big = 1e21;
        public float single = 0.1f;
        public byte[] bytes = {0, 1, (byte) 255};
        public OffsetDateTime offset = OffsetDateTime.parse("2014-01-02T03:04:05Z");
        public LocalDateTime local = LocalDateTime.parse("2014-01-02T03:04:05.5");
        public Duration span = Duration.ofMillis(1_500);
        public Date date = Date.from(Instant.EPOCH);
        public Map<Color, Double> byColor = new LinkedHashMap<>(Map.of(Color.Blue, 1.0));
        public Point point = new Point(1, Color.Green);
        public List<Point> points = List.of(new Point(2, null));
        public Optional<Integer> optional = Optional.empty();
        private int hidden = 3;

        public int getHidden() {
            return hidden;
        }

        public void setHidden(int hidden) {
            this.hidden = hidden;
        }
    }

    public static class Loop {
        public Loop getSelf() {
            return this;
        }
    }

    public static class ListLoop {
        public List<Object> children = new ArrayList<>();
    }

    public static class Node {
        public Node next;
    }

    public record Link(Object next) {}

    public static class Failing {
        public int getX() {
            throw new IllegalStateException("on purpose");
        }
    }

    private Person readPerson(String json) {
        return (Person) binding.read(RawJson.parse(json), Person.class);
    }

    private void assertRefused(Object value) {
        assertThatExceptionOfType(JsonBindingException.class).isThrownBy(() -> binding.write(value));
    }

    private static Person ann() {
        Person person = new Person();
        person.Name = "Ann";
        person.Age = 30;
        person.Home = new Address();
        person.Home.Street = "Main";
        person.Home.Zip = 12345;
        person.Tags = new String[] {"a", "b"};
        person.Favourite = Color.Green;
        person.Born = Instant.parse("1984-05-06T07:08:09Z");
        person.Id = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        person.Score = 1.5;
        person.Money = new BigDecimal("12.30");
        person.Counts = new LinkedHashMap<>();
        person.Counts.put("One", 1);
        person.Counts.put("two", 2);
        person.Flag = true;
        person.Secret = "hidden";
        return person;
    }

    /* --- writing --- */

    @Test
    void write_bean_capture05043IsTheSameToTheCharacter() {
        assertThat(binding.write(ann()).text())
                .isEqualTo(
                        "{\"Name\":\"Ann\",\"Age\":30,\"Home\":{\"Street\":\"Main\",\"Zip\":12345},\"Tags\":[\"a\",\"b\"],\"Favourite\":5,"
                                + "\"Born\":\"1984-05-06T07:08:09Z\",\"Id\":\"00112233-4455-6677-8899-aabbccddeeff\",\"Score\":1.5,\"Money\":12.30,"
                                + "\"Counts\":{\"One\":1,\"two\":2},\"Nothing\":null,\"renamedProp\":true}");
    }

    @Test
    void write_beanWithOtherTypes_followsOurRules() {
        assertThat(binding.write(new Mixed()).text())
                .isEqualTo(
                        "{\"big\":1E+21,\"single\":0.1,\"bytes\":\"AAH/\",\"offset\":\"2014-01-02T03:04:05+00:00\",\"local\":\"2014-01-02T03:04:05.5\","
                                + "\"span\":\"00:00:01.5000000\",\"date\":\"1970-01-01T00:00:00Z\",\"byColor\":{\"Blue\":1.0},\"point\":{\"x\":1,\"color\":5},"
                                + "\"points\":[{\"x\":2,\"color\":null}],\"optional\":null,\"hidden\":3}");
    }

    @Test
    void write_beansInsideContainers_areBound() {
        Address address = new Address();
        assertThat(binding.write(List.of(Map.of("a", address))).text())
                .isEqualTo("[{\"a\":{\"Street\":null,\"Zip\":0}}]");
        assertThat(binding.write(new Link(address)).text()).isEqualTo("{\"next\":{\"Street\":null,\"Zip\":0}}");
    }

    @Test
    void write_annotatedRecord_isJsonBs() {
        assertThat(binding.write(new Annotated(1)).text()).isEqualTo("{\"renamed\":1}");
    }

    @Test
    void write_beanThatContainsItself_v64IsRefused() {
        assertRefused(new Loop());
        ListLoop list = new ListLoop();
        list.children.add(list);
        assertRefused(list);
        ListLoop throughRecord = new ListLoop();
        throughRecord.children.add(new Link(throughRecord));
        assertRefused(throughRecord);
        assertRefused(new Link(throughRecord));
    }

    @Test
    void write_longChainOfBeans_isRefused() {
        Node chain = null;
        for (int i = 0; i < 100_000; i++) {
            Node node = new Node();
            node.next = chain;
            chain = node;
        }
        assertRefused(chain);
    }

    @Test
    void write_getterThatThrows_isABindingErrorAndLogsNothing() {
        List<LogRecord> records = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                records.add(entry);
            }

            @Override
            public void flush() {
                // nothing is buffered
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        Logger logger = Logger.getLogger("org.eclipse.yasson");
        logger.addHandler(handler);
        try {
            assertRefused(new Failing());
            assertRefused(new Loop());
            assertThatExceptionOfType(JsonBindingException.class).isThrownBy(() -> readPerson("{\"Age\":\"x\"}"));
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(records).isEmpty();
    }

    /* --- reading --- */

    @Test
    void read_bean_capture05045MatchesNamesInAnyCase() {
        Person person = readPerson(
                "{\"name\":\"Bob\",\"AGE\":5,\"home\":{\"street\":\"S\",\"zip\":1},\"renamedprop\":true,\"unknown\":{\"x\":[1]}}");
        assertThat(person.Name).isEqualTo("Bob");
        assertThat(person.Age).isEqualTo(5);
        assertThat(person.Home.Street).isEqualTo("S");
        assertThat(person.Home.Zip).isEqualTo(1);
        assertThat(person.Favourite).isEqualTo(Color.Red);
        assertThat(person.Flag).isTrue();
    }

    @Test
    void read_bean_roundTrips() {
        assertThat(binding.write(readPerson(binding.write(ann()).text()))).isEqualTo(binding.write(ann()));
        RawJson mixed = binding.write(new Mixed());
        assertThat(binding.write(binding.read(mixed, Mixed.class))).isEqualTo(mixed);
    }

    @Test
    void read_lenientValues_areConverted() {
        assertThat(readPerson("{\"Age\":\"17\"}").Age).isEqualTo(17);
        assertThat(readPerson("{\"Favourite\":\"blue\"}").Favourite).isEqualTo(Color.Blue);
        assertThat(readPerson("{\"Favourite\":5}").Favourite).isEqualTo(Color.Green);
        assertThat(readPerson("{\"Score\":\"1.5\"}").Score).isEqualTo(1.5);
        assertThat(readPerson("{\"Counts\":{\"a\":\"5\"}}").Counts).isEqualTo(Map.of("a", 5));
        assertThat(readPerson("{\"Born\":\"2014-01-02T03:04:05+02:00\"}").Born)
                .isEqualTo(Instant.parse("2014-01-02T01:04:05Z"));
    }

    @Test
    void read_numbersOfBeans_areRoundedOrRefusedButNeverCut() {
        assertThat(readNumbers("{\"primitive\":1.9,\"boxed\":2.5,\"big\":1.9}"))
                .usingRecursiveComparison()
                .isEqualTo(numbers(2, 2, 2L));
        assertThat(readNumbers("{\"primitive\":\"7\",\"boxed\":\"8\",\"big\":\"9\"}"))
                .usingRecursiveComparison()
                .isEqualTo(numbers(7, 8, 9L));
        assertThat(readNumbers("{\"flag\":1}").flag).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"primitive\":99999999999}",
                "{\"boxed\":99999999999}",
                "{\"big\":9223372036854775808}",
                "{\"primitive\":1e1000000000}",
                "{\"decimal\":1e99999999999}",
                "{\"flag\":\"yes\"}",
                "{\"character\":\"xy\"}"
            })
    void read_numberThatDoesNotFitItsProperty_isRefused(String json) {
        assertThatExceptionOfType(JsonBindingException.class).isThrownBy(() -> readNumbers(json));
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.SECONDS)
    void read_numberOfTooManyDigits_isRefusedAtOnce() {
        String digits = "9".repeat(1_000_000);
        for (String property : List.of("primitive", "boxed", "big", "decimal", "any")) {
            assertThatExceptionOfType(JsonBindingException.class)
                    .isThrownBy(() -> readNumbers("{\"" + property + "\":" + digits + "}"));
        }
        assertThatExceptionOfType(JsonBindingException.class)
                .isThrownBy(() -> readNumbers("{\"decimal\":\"" + digits + "\"}"));
    }

    private Numbers readNumbers(String json) {
        return (Numbers) binding.read(RawJson.parse(json), Numbers.class);
    }

    private static Numbers numbers(int primitive, Integer boxed, long big) {
        Numbers numbers = new Numbers();
        numbers.primitive = primitive;
        numbers.boxed = boxed;
        numbers.big = big;
        return numbers;
    }

    @Test
    void read_dateText_v65StaysText() {
        assertThat(readPerson("{\"Name\":\"2013-05-09T18:30:00Z\"}").Name).isEqualTo("2013-05-09T18:30:00Z");
        assertThat(readPerson("{\"Nothing\":\"2013-05-09T18:30:00Z\"}").Nothing).isEqualTo("2013-05-09T18:30:00Z");
    }

    @Test
    void read_annotatedRecord_isJsonBs() {
        assertThat(binding.read(RawJson.parse("{\"renamed\":1}"), Annotated.class))
                .isEqualTo(new Annotated(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"x\"",
                "5",
                "true",
                "[1,2]",
                "{\"Age\":\"notanumber\"}",
                "{\"Age\":null}",
                "{\"Home\":\"x\"}",
                "{\"Home\":[1]}",
                "{\"Tags\":\"x\"}",
                "{\"Favourite\":\"purple\"}",
                "{\"Favourite\":1}",
                "{\"Born\":\"yesterday\"}",
                "{\"Id\":\"x\"}"
            })
    void read_valueThatDoesNotFit_captures05047To05050AreRefused(String json) {
        assertThatExceptionOfType(JsonBindingException.class).isThrownBy(() -> readPerson(json));
    }

    @Test
    void read_nullBean_capture05046IsNull() {
        assertThat(readPerson("null")).isNull();
    }

    @Test
    void readAndWrite_fromManyThreads_work() throws Exception {
        RawJson json = binding.write(ann());
        var executor = Executors.newFixedThreadPool(4);
        try {
            List<Future<RawJson>> results = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                results.add(executor.submit(() -> {
                    JsonBinding shared = binding;
                    return shared.write(shared.read(json, Person.class));
                }));
            }
            for (Future<RawJson> result : results) {
                assertThat(result.get()).isEqualTo(json);
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
