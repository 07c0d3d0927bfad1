package io.hubwire.signalr.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.signalr.protocol.JsonBinding;
import io.hubwire.signalr.protocol.RawJson;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of each kind of Java type in a hub's typings. That a compiler takes them is tested where the compiler is. */
class ProxyTypingsTest {

    public enum State {
        OPEN,
        CLOSED
    }

    public record Part(String id, int count) {}

    public record Node(String name, List<Node> children, Optional<State> state) {}

    public record Page<T>(List<T> items, boolean last) {}

    /** A bean. */
    public static class Bean {
        private String title;

        public String getTitle() {
            return title;
        }

        public void setTitle(String title) {
            this.title = title;
        }
    }

    public abstract static class StoreHub<T> extends Hub {
        public T inherited(T value) {
            return value;
        }
    }

    /** A method a type, named for it; what it takes it gives. */
    @SuppressWarnings("unused") // called by nobody: only described
    public static class TypesHub extends StoreHub<Part> {
        public boolean primitiveBoolean(boolean value) {
            return value;
        }

        public Boolean wrappedBoolean(Boolean value) {
            return value;
        }

        public int integer(int value) {
            return value;
        }

        public Long wrappedLong(Long value) {
            return value;
        }

        public double floating(double value) {
            return value;
        }

        public BigDecimal decimal(BigDecimal value) {
            return value;
        }

        public BigInteger bigInteger(BigInteger value) {
            return value;
        }

        public Number anyNumber(Number value) {
            return value;
        }

        public char character(char value) {
            return value;
        }

        public String text(String value) {
            return value;
        }

        public UUID uuid(UUID value) {
            return value;
        }

        public URI uri(URI value) {
            return value;
        }

        public Instant instant(Instant value) {
            return value;
        }

        public LocalDate localDate(LocalDate value) {
            return value;
        }

        public OffsetDateTime offsetDateTime(OffsetDateTime value) {
            return value;
        }

        public Date date(Date value) {
            return value;
        }

        public Duration duration(Duration value) {
            return value;
        }

        public byte[] bytes(byte[] value) {
            return value;
        }

        public int[] array(int[] value) {
            return value;
        }

        public String[][] arrays(String[][] value) {
            return value;
        }

        public List<String> list(List<String> value) {
            return value;
        }

        public Set<Optional<String>> setOfOptionals(Set<Optional<String>> value) {
            return value;
        }

        public Collection<Map<String, Integer>> maps(Collection<Map<String, Integer>> value) {
            return value;
        }

        public Map<String, List<Part>> dictionary(Map<String, List<Part>> value) {
            return value;
        }

        public Optional<Part> optional(Optional<Part> value) {
            return value;
        }

        public OptionalInt optionalInt(OptionalInt value) {
            return value;
        }

        public State enumeration(State value) {
            return value;
        }

        public DayOfWeek jdkEnumeration(DayOfWeek value) {
            return value;
        }

        public Part structure(Part value) {
            return value;
        }

        public Node recursive(Node value) {
            return value;
        }

        public Page<Part> generic(Page<Part> value) {
            return value;
        }

        public Page<List<Integer>> nested(Page<List<Integer>> value) {
            return value;
        }

        public Bean bean(Bean value) {
            return value;
        }

        public RawJson raw(RawJson value) {
            return value;
        }

        public JsonObject json(JsonObject value) {
            return value;
        }

        public Object anything(Object value) {
            return value;
        }

        public void nothing() {}

        public CompletionStage<Void> laterNothing() {
            return CompletableFuture.completedFuture(null);
        }

        public CompletionStage<List<Part>> later() {
            return CompletableFuture.completedFuture(List.of());
        }

        public Future<Part> future() {
            return CompletableFuture.completedFuture(null);
        }

        public CompletableFuture<Optional<Integer>> completable() {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        public int reporting(String file, Progress<Part> progress) {
            return 0;
        }

        public String overloaded(String one) {
            return one;
        }

        public int overloaded(String one, int two) {
            return two;
        }

        @HubMethodName("Re Named")
        public void renamed(String function) {}
    }

    private static String typings(Class<?>... hubs) {
        return ProxyTypings.of(HubRegistry.of(List.of(hubs)).hubs(), JsonBinding.standard());
    }

    private static String line(String typings, String start) {
        return typings.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow(() -> new AssertionError(start + " is missing in " + typings));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    primitiveBoolean; boolean
                    wrappedBoolean; boolean
                    integer; number
                    wrappedLong; number
                    floating; number
                    decimal; number
                    bigInteger; number
                    anyNumber; number
                    character; string
                    text; string
                    uuid; string
                    uri; string
                    instant; string
                    localDate; string
                    offsetDateTime; string
                    date; string
                    duration; string
                    bytes; string
                    array; number[]
                    arrays; Array<string[]>
                    list; string[]
                    setOfOptionals; Array<string | null>
                    maps; Array<{ [key: string]: number }>
                    dictionary; { [key: string]: Part[] }
                    optional; Part | null
                    optionalInt; number | null
                    enumeration; State
                    jdkEnumeration; DayOfWeek
                    structure; Part
                    recursive; Node
                    generic; PageOfPart
                    nested; PageOfListOfInteger
                    bean; Bean
                    raw; any
                    json; any
                    anything; any
                    inherited; Part""")
    void type_asParameterAndAsResult(String method, String type) {
        assertThat(line(typings(TypesHub.class), method + "("))
                .isEqualTo(method + "(value: " + type + "): JQueryPromise<" + type + ">;");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    nothing; nothing(): JQueryPromise<void>;
                    laterNothing; laterNothing(): JQueryPromise<void>;
                    later; later(): JQueryPromise<Part[]>;
                    future; future(): JQueryPromise<Part>;
                    completable; completable(): JQueryPromise<number | null>;
                    reporting; reporting(file: string): JQuery.Promise<number, any, Part>;
                    overloaded(one: string):; overloaded(one: string): JQueryPromise<string>;
                    overloaded(one: string,; overloaded(one: string, two: number): JQueryPromise<number>;
                    "Re Named"; "Re Named"(arg0: string): JQueryPromise<void>;""", quoteCharacter = '~')
    void method_isAwaitedNamedAndCounted(String start, String signature) {
        assertThat(line(typings(TypesHub.class), start)).isEqualTo(signature + ";");
    }

    @Test
    void declarations_ofNamedTypes_areMadeOnce() {
        assertThat(typings(TypesHub.class))
                .containsOnlyOnce("    interface Part {\n        id: string;\n        count: number;\n    }\n")
                .containsOnlyOnce(
                        "    interface Node {\n        name: string;\n        children: Node[];\n        state: State | null;\n    }\n")
                .containsOnlyOnce("    interface PageOfPart {\n        items: Part[];\n        last: boolean;\n    }\n")
                .containsOnlyOnce("    interface PageOfListOfInteger {\n        items: Array<number[]>;")
                .containsOnlyOnce("    /** OPEN = 0, CLOSED = 1 */\n    type State = 0 | 1;\n")
                .containsOnlyOnce("type DayOfWeek = 0 | 1 | 2 | 3 | 4 | 5 | 6;")
                .containsOnlyOnce("interface Bean {");
    }

    /* --- names --- */

    /** Two of one simple name, and names that the file needs for itself. */
    public static final class Elsewhere {
        public record Part(boolean other) {}

        public record All(String name) {}

        public record TypesHub(String name) {}
    }

    public static class ClashingHub extends Hub {
        public Part first() {
            return null;
        }

        public Elsewhere.Part second() {
            return null;
        }

        public Elsewhere.All third() {
            return null;
        }

        public Elsewhere.TypesHub fourth() {
            return null;
        }
    }

    @Test
    void names_thatAreTaken_areNumbered() {
        String typings = typings(TypesHub.class, ClashingHub.class);

        assertThat(line(typings, "first(")).endsWith("JQueryPromise<Part>;");
        assertThat(line(typings, "second(")).endsWith("JQueryPromise<Part2>;");
        assertThat(line(typings, "third(")).endsWith("JQueryPromise<All2>;");
        assertThat(line(typings, "fourth(")).endsWith("JQueryPromise<TypesHub2>;");
        assertThat(typings)
                .contains("interface Part2 {\n        other: boolean;")
                .contains("interface All {\n        clashingHub: ClashingHub;\n        typesHub: TypesHub;\n    }\n");
    }

    @Test
    void names_dependOnNoLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(typings(InboxHub.class)).contains("inboxHub: InboxHub;").contains("items(): ");
        } finally {
            Locale.setDefault(before);
        }
    }

    public static class InboxHub extends Hub {
        public List<String> Items() {
            return List.of();
        }
    }

    /* --- clients --- */

    public interface PageFunctions {
        void told(Part part, State state);

        void hint(String text);

        void hint(String text, int seconds);

        @HubMethodName("the-end")
        CompletionStage<Void> end();
    }

    public static class TypedTypesHub extends TypedHub<PageFunctions> {}

    @Test
    void clients_throughAnInterface_offerItsMethods_allOfThemOptional() {
        String typings = typings(TypedTypesHub.class);

        assertThat(line(typings, "told?")).isEqualTo("told?: (part: Part, state: State) => void;");
        assertThat(line(typings, "hint?"))
                .isEqualTo("hint?: (...args: [text: string] | [text: string, seconds: number]) => void;");
        assertThat(line(typings, "\"the-end\"?")).isEqualTo("\"the-end\"?: () => void;");
        assertThat(typings).contains("interface TypedTypesHubServer {\n    }\n");
    }

    @Test
    void clients_calledByName_mayOfferAnything() {
        assertThat(typings(InboxHub.class))
                .contains("interface InboxHubClient {\n        [method: string]: (...args: any[]) => void;\n    }\n");
    }

    @Test
    void file_withoutHubs_isWholeAllTheSame() {
        assertThat(typings())
                .startsWith("// Typings of the proxies")
                .contains("    interface All {\n    }\n")
                .endsWith("}\n");
    }
}
