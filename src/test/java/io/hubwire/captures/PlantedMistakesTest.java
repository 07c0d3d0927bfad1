package io.hubwire.captures;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.captures.Answer.End;
import io.hubwire.captures.Answer.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A harness that cannot fail shows nothing: a server that plays the recording back with one thing wrong must be found out. */
class PlantedMistakesTest {
    private static final Map<String, Scenario> SCENARIOS = VectorReader.all().stream()
            .map(Untimed::of)
            .map(scenario -> scenario.withPatience(Duration.ofSeconds(1)))
            .collect(Collectors.toMap(Scenario::number, scenario -> scenario));

    static Stream<Arguments> mistakes() {
        return Stream.of(
                answer("status", "01010", 1, answer -> answer.withStatus(201)),
                answer("refusal with another status", "03047", 2, answer -> answer.withStatus(401)),
                answer("content type", "02006", 1, answer -> answer.withContentType("text/plain")),
                answer("charset", "02006", 1, answer -> answer.withContentType("application/json; charset=ISO-8859-1")),
                answer("content type where there is none", "03010", 1, answer -> answer.withContentType("text/plain")),
                answer("no nosniff", "01010", 1, answer -> answer.withNosniff(false)),
                answer("nosniff where there is none", "01066", 1, answer -> answer.withNosniff(true)),
                body(
                        "key order of negotiate",
                        "01010",
                        1,
                        "\"TryWebSockets\":true,\"ProtocolVersion\":\"2.0\"",
                        "\"ProtocolVersion\":\"2.0\",\"TryWebSockets\":true"),
                body("number format", "01010", 1, "20.0", "20"),
                body("extra key", "01010", 1, "\"LongPollDelay\":0.0", "\"LongPollDelay\":0.0,\"Extra\":1"),
                body("id that is no GUID", "01010", 1, "${id:1}", "not-a-guid"),
                body("text of a refusal", "03010", 1, "Missing", "missing"),
                body("one space where two belong", "03047", 2, "identity.  The", "identity. The"),
                body("white space in the answer to start", "04003", 3, "{ \"Response\"", "{\"Response\""),
                body("callback", "01055", 1, "cb(", "cc("),
                body("semicolon after a callback", "01055", 1, ");", ")"),
                body("I as a number", "05001", 1, "\"I\":\"0\"", "\"I\":0"),
                body("order of R and I", "05001", 1, "\"R\":\"hello\",\"I\":\"0\"", "\"I\":\"0\",\"R\":\"hello\""),
                body("R of a void method", "05018", 1, "{\"I\"", "{\"R\":null,\"I\""),
                body("another result", "05025", 1, "1E+21", "1.0E21"),
                body("error text", "06002", 1, "There was", "There is"),
                body("error without E", "05041", 1, ",\"E\":\"${text}\"", ""),
                body("HubException without H", "06005", 1, "\"H\":true,", ""),
                body("candidate missing", "05083", 1, "\\nOverload():${type}", ""),
                body("connection id of somebody else", "05107", 1, "${id:1}", "00000000-0000-4000-8000-00000000ffff"),
                body(
                        "doubled message",
                        "04065",
                        5,
                        "\"M\":[",
                        "\"M\":[{\"H\":\"EchoHub\",\"M\":\"message\",\"A\":[\"m0\"]},"),
                body("missing message", "04065", 5, "{\"H\":\"EchoHub\",\"M\":\"message\",\"A\":[\"m5\"]},", ""),
                body(
                        "swapped messages",
                        "08053",
                        6,
                        "missed-all\"]},{\"H\":\"EchoHub\",\"M\":\"message\",\"A\":[\"missed-group",
                        "missed-group\"]},{\"H\":\"EchoHub\",\"M\":\"message\",\"A\":[\"missed-all"),
                body("no S", "04003", 2, "\"S\":1,", ""),
                body("S twice", "04003", 4, "\"M\":", "\"S\":1,\"M\":"),
                body("no G", "04003", 7, "\"G\":\"${groups:1}\",", ""),
                body("G for nothing", "04003", 4, "\"M\":", "\"G\":\"g\",\"M\":"),
                body("T for nothing", "04054", 4, "\"M\":", "\"T\":1,\"M\":"),
                body("no L", "12002", 2, "\"L\":1500,", ""),
                body(
                        "key order of a frame",
                        "04003",
                        7,
                        "\"G\":\"${groups:1}\",\"M\":[]",
                        "\"M\":[],\"G\":\"${groups:1}\""),
                body("unknown key in a frame", "04003", 4, "\"M\":", "\"X\":1,\"M\":"),
                body("frame without a cursor", "04003", 4, "${cursor}", ""),
                body("space before a JSONP frame", "04067", 6, "jp(", " jp("),
                body("no opening word", "08013", 1, "data: initialized\n\n", ""),
                body("one line end after an event", "08013", 1, "to-all\"]}]}\n\n", "to-all\"]}]}\n"),
                body("HTML not escaped", "04057", 2, "\\u003cb\\u003e", "<b>"),
                body(
                        "page without its script",
                        "04002",
                        2,
                        "<!-- foreverFrame prologue, protocol 4.5, frameId 1 -->\r\n",
                        "<html>"),
                answer(
                        "stack trace",
                        "01027",
                        1,
                        answer -> answer.withBody("java.lang.IllegalStateException\n\tat a.B.c(B.java:1)")),
                answer("answer where none belongs", "04045", 3, answer -> answered(answer, "{\"I\":\"0\"}")),
                answer("close code", "11004", 1, answer -> answer.withEnd(new End.Closed(1001))),
                answer("cut in place of a close frame", "11004", 1, answer -> answer.withEnd(new End.Cut())),
                answer(
                        "missing pong",
                        "11014",
                        1,
                        answer -> answer.withFrames(answer.frames().subList(0, 1))),
                frames("response missing", "11027", frames -> frames.remove(2)),
                frames("responses swapped", "11027", frames -> Collections.swap(frames, 1, 2)),
                frames(
                        "response in a frame",
                        "11029",
                        frames -> frames.set(1, new Frame(false, "{\"C\":\"c\",\"M\":[{\"R\":\"x\",\"I\":\"0\"}]}"))),
                log("missing event", "04003", log -> log.subList(0, 1)),
                log("event twice", "04003", log -> List.of(log.get(0), log.get(0), log.get(1))),
                log("events swapped", "04003", log -> List.of(log.get(1), log.get(0))),
                log(
                        "other stopCalled",
                        "04003",
                        log -> List.of(log.get(0), log.get(1).replace("True", "False"))),
                log("event of another connection", "08013", log -> log.stream()
                        .map(line -> line.replace("${id:2}", "${id:1}"))
                        .toList()),
                log(
                        "other transport",
                        "04003",
                        log -> List.of(log.get(0).replace("longPolling", "webSockets"), log.get(1))),
                log("error not seen by the pipeline", "06001", log -> log.subList(0, 1)));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("mistakes")
    void replay_ofAnAnswerWithAMistake_findsIt(String what, String number, UnaryOperator<Scenario> mistake) {
        Scenario recorded = SCENARIOS.get(number);
        Scenario played = mistake.apply(recorded);
        assertThat(played).as("the planted mistake changes the scenario").isNotEqualTo(recorded);

        assertThat(Playback.differences(recorded, played)).as(what).isNotEmpty();
    }

    @Test
    void compare_keepAlivesAtTheWrongTimes_findsIt() {
        Answer recorded = timed("10004", 3);

        assertThat(differences(recorded, recorded)).isEmpty();
        assertThat(differences(recorded, recorded.withKeepAlives(List.of()))).isNotEmpty();
        assertThat(differences(recorded, recorded.withKeepAlives(seconds(1, 2, 3, 4, 5))))
                .isNotEmpty();
        assertThat(differences(recorded, recorded.withKeepAlives(seconds(1, 2, 5))))
                .isNotEmpty();
        assertThat(differences(recorded, recorded.withDuration(Duration.ofSeconds(2))))
                .isNotEmpty();
    }

    @Test
    void compare_twoIdsWithTheSameValue_findsIt() {
        Symbols symbols = new Symbols();

        assertThat(symbols.bind("id:1", "a")).isTrue();
        assertThat(symbols.bind("id:1", "a")).isTrue();
        assertThat(symbols.bind("id:1", "b")).isFalse();
        assertThat(symbols.bind("id:2", "a")).isFalse();
        assertThat(symbols.bind("token:2", "a")).isTrue();
    }

    private static List<String> differences(Answer recorded, Answer actual) {
        return AnswerComparison.differences(recorded, actual, new Symbols());
    }

    private static Answer timed(String number, int step) {
        return VectorReader.all().stream()
                .filter(scenario -> scenario.number().equals(number))
                .findFirst()
                .orElseThrow()
                .answers()
                .get(step);
    }

    private static List<Duration> seconds(int... seconds) {
        return Arrays.stream(seconds).mapToObj(Duration::ofSeconds).toList();
    }

    private static Answer answered(Answer none, String body) {
        return none.withStatus(200)
                .withContentType("application/json; charset=UTF-8")
                .withNosniff(true)
                .withBody(body)
                .withEnd(new End.Complete());
    }

    private static Arguments answer(String what, String number, int step, UnaryOperator<Answer> mistake) {
        UnaryOperator<Scenario> planted = scenario -> {
            SortedMap<Integer, Answer> answers = new TreeMap<>(scenario.answers());
            answers.computeIfPresent(step, (any, answer) -> mistake.apply(answer));
            return scenario.withAnswers(answers);
        };
        return Arguments.of(what, number, planted);
    }

    private static Arguments body(String what, String number, int step, String right, String wrong) {
        return answer(
                what, number, step, answer -> answer.withBody(answer.body().replace(right, wrong)));
    }

    private static Arguments frames(String what, String number, Consumer<List<Frame>> mistake) {
        return answer(what, number, 1, answer -> {
            List<Frame> frames = new ArrayList<>(answer.frames());
            mistake.accept(frames);
            return answer.withFrames(frames);
        });
    }

    private static Arguments log(String what, String number, UnaryOperator<List<String>> mistake) {
        UnaryOperator<Scenario> planted = scenario -> scenario.withLog(mistake.apply(scenario.log()));
        return Arguments.of(what, number, planted);
    }
}
