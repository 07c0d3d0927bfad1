package io.hubwire.signalr.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.signalr.hub.RecordingPublisher.Publication;
import io.hubwire.signalr.protocol.RawJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kinds of methods, parameters and results that hubs may have, from the text of a call to that of its response. */
class HubMethodsTest {

    public record Line(String name, int count) {}

    /** What several hubs have in common. */
    public abstract static class StoreHub<T> extends Hub {

        public List<T> twice(T value) {
            return List.of(value, value);
        }

        public String overridden() {
            return "base";
        }

        @HubMethodName("tidy")
        public String cleanUp() {
            return "tidied";
        }
    }

    @HubName("lines")
    public static class LinesHub extends StoreHub<Line> {

        @Override
        public String overridden() {
            return "sub, not " + super.overridden();
        }

        /* --- parameters --- */

        public String optional(Optional<String> text) {
            return text.map(given -> "given " + given).orElse("none");
        }

        public int optionalNumber(OptionalInt number) {
            return number.orElse(-1);
        }

        public String optionalLine(Optional<Line> line) {
            return line.map(Line::name).orElse("none");
        }

        public String generic(Map<String, List<Line>> lines) {
            return lines.entrySet().stream()
                    .map(entry -> entry.getKey()
                            + entry.getValue().stream().mapToInt(Line::count).sum())
                    .collect(Collectors.joining());
        }

        public RawJson raw(RawJson json) {
            return json;
        }

        public int bytes(byte[] bytes) {
            return bytes.length;
        }

        /* --- results --- */

        public Future<String> future() {
            FutureTask<String> future = new FutureTask<>(() -> "done");
            future.run();
            return future;
        }

        public Future<String> failedFuture() {
            FutureTask<String> future = new FutureTask<>(() -> {
                throw new HubException("failed later", Map.of("code", 7));
            });
            future.run();
            return future;
        }

        public Future<String> cancelledFuture() {
            FutureTask<String> future = new FutureTask<>(() -> "never");
            future.cancel(false);
            return future;
        }

        public Future<String> noFuture() {
            return null;
        }

        /* --- overloads with names of their own --- */

        @HubMethodName("findByName")
        public String find(String name) {
            return "by name " + name;
        }

        @HubMethodName("findByNumber")
        public String find(int number) {
            return "by number " + number;
        }

        public String find(String name, int number) {
            return "by both";
        }
    }

    /** A hub may extend another; both are hubs. */
    @HubName("more")
    public static class MoreLinesHub extends LinesHub {
        public String own() {
            return "own";
        }
    }

    private final HubKit kit = HubKit.detailed(LinesHub.class, MoreLinesHub.class, RoomHub.class);

    private String call(String hub, String method, String arguments) {
        return kit.call("{\"H\":\"" + hub + "\",\"M\":\"" + method + "\",\"A\":" + arguments + ",\"I\":0}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    optional; ['x']; 'given x'
                    optional; [null]; 'none'
                    optionalNumber; [3]; 3
                    optionalNumber; [null]; -1
                    optionalLine; [{'name':'pen','count':1}]; 'pen'
                    optionalLine; [null]; 'none'
                    generic; [{'a':[{'name':'pen','count':2},{'name':'ink','count':3}]}]; 'a5'
                    raw; [{'b':[1.50]}]; {'b':[1.50]}
                    bytes; ['AAH/']; 3
                    future; []; 'done'
                    twice; [{'name':'pen','count':1}]; [{'name':'pen','count':1},{'name':'pen','count':1}]
                    overridden; []; 'sub, not base'
                    tidy; []; 'tidied'
                    findByName; ['x']; 'by name x'
                    findByNumber; [5]; 'by number 5'
                    find; ['x',5]; 'by both'""", quoteCharacter = '~')
    void call_givesItsResult(String method, String arguments, String result) {
        for (String hub : List.of("lines", "more")) {
            assertThat(call(hub, method, arguments.replace('\'', '"')))
                    .as(hub)
                    .isEqualTo("{\"R\":" + result.replace('\'', '"') + ",\"I\":\"0\"}");
        }
    }

    @Test
    void methodsOfASubclass_areItsAlone() {
        assertThat(call("more", "own", "[]")).contains("\"R\":\"own\"");
        assertThat(call("lines", "own", "[]")).contains("method could not be resolved");
    }

    @Test
    void overload_thatIsRenamed_isNotThereByItsOwnName() {
        assertThat(call("lines", "find", "[\"x\"]"))
                .contains(
                        "'find' method could not be resolved. Potential candidates are:",
                        "find(name:String, number:int)");
        assertThat(call("lines", "cleanUp", "[]")).contains("method could not be resolved");
    }

    @Test
    void future_thatFails_isAnErrorLikeAnyOther() {
        assertThat(call("lines", "failedFuture", "[]"))
                .startsWith("{\"I\":\"0\",\"H\":true,\"E\":\"failed later\"")
                .contains("\"D\":{\"code\":7}");
        assertThat(call("lines", "cancelledFuture", "[]")).contains("\"E\":").doesNotContain("\"R\"");
    }

    @Test
    void future_thatIsNull_isNoResult() {
        assertThat(call("lines", "noFuture", "[]")).isEqualTo("{\"I\":\"0\"}");
    }

    /* --- exclusions through an interface --- */

    public interface RoomClient {
        void said(String text);
    }

    @HubName("room")
    public static class RoomHub extends TypedHub<RoomClient> {
        public void tell(String kind) {
            select(kind).said(kind);
        }

        private RoomClient select(String kind) {
            return switch (kind) {
                case "allExcept" -> clients().allExcept("a", "b");
                case "others" -> clients().others();
                case "group" -> clients().group("red", "a");
                case "groups" -> clients().groups(List.of("red", "blue"), "a", "b");
                case "othersInGroup" -> clients().othersInGroup("red");
                case "othersInGroups" -> clients().othersInGroups(List.of("red", "blue"));
                default -> throw new IllegalArgumentException(kind);
            };
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    allExcept; h-room; a b
                    others; h-room; caller
                    group; hg-room.red; a
                    groups; hg-room.red hg-room.blue; a b
                    othersInGroup; hg-room.red; caller
                    othersInGroups; hg-room.red hg-room.blue; caller""")
    void typedSelections_leaveOutWhoIsExcluded(String kind, String signals, String excluded) {
        call("room", "tell", "[\"" + kind + "\"]");

        assertThat(kit.publisher().published()).extracting(Publication::signal).containsExactly(signals.split(" "));
        assertThat(kit.publisher().published()).allSatisfy(sent -> {
            assertThat(sent.payload()).isEqualTo("{\"H\":\"room\",\"M\":\"said\",\"A\":[\"" + kind + "\"]}");
            assertThat(sent.exclusions())
                    .containsExactlyInAnyOrder(
                            excluded.replace("caller", HubKit.CONNECTION).split(" "));
        });
    }
}
