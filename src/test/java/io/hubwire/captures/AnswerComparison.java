package io.hubwire.captures;

import io.hubwire.captures.Answer.End;
import io.hubwire.kit.client.JsonText;
import io.hubwire.kit.client.TestTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares a live answer with the recorded one. Exactly: status, content type, {@code X-Content-Type-Options}, CORS headers,
 * the text of bodies, the keys of frames and their order, the messages over all frames and their order, hub responses, {@code
 * S}, {@code T} and {@code L}, close codes, how the answer ends.
 *
 * <p>Not compared, because the recordings' host or the network decides it: other headers and the reason phrase; how a body is
 * cut; how messages are gathered into frames (and so how many {@code G} there are: at least one where there was one, at most as
 * many as there were); keep-alives, unless the scenario is about them; everything but the status of a 404 (the host's own page);
 * of a 500 everything but the status, as long as the body is short and shows no stack trace; white space and case in a content
 * type's parameters; whether the head of a long poll that stayed unanswered was flushed.
 */
final class AnswerComparison {
    private static final int SHORT_BODY = 400;
    private static final int MANY = 4;
    private static final Duration KEEP_ALIVE_TOLERANCE = Duration.ofMillis(700);
    private static final Duration DURATION_TOLERANCE = Duration.ofMillis(1_500);
    private static final Pattern JSONP = Pattern.compile("^([^{]*)(\\{.*})(\\);)$", Pattern.DOTALL);
    private static final Pattern ERROR_TEXT = Pattern.compile("\"E\":\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final String CANDIDATES = "Potential candidates are: \\n";
    private static final Pattern PROLOGUE =
            Pattern.compile("^<!-- foreverFrame prologue, protocol 4.5, frameId (\\d+) -->\r\n");

    private final Symbols symbols;
    private final List<String> differences = new ArrayList<>();

    private AnswerComparison(Symbols symbols) {
        this.symbols = symbols;
    }

    /** What differs, in words; empty when nothing does. Symbols met for the first time take their values from the answer. */
    static List<String> differences(Answer recorded, Answer actual, Symbols symbols) {
        AnswerComparison comparison = new AnswerComparison(symbols);
        comparison.compare(recorded, actual);
        return comparison.differences;
    }

    private void compare(Answer recorded, Answer actual) {
        if (recorded.status() == 0) {
            compareUnanswered(actual);
            return;
        }
        check("status", recorded.status(), actual.status());
        if (recorded.status() == 404) {
            return;
        }
        if (recorded.status() == 500) {
            checkErrorPage(actual);
            return;
        }
        check("content type", mediaType(recorded.contentType()), mediaType(actual.contentType()));
        check("X-Content-Type-Options: nosniff", recorded.nosniff(), actual.nosniff());
        check("CORS headers", recorded.corsHeaders(), actual.corsHeaders());
        compareContent(recorded, actual);
        check("end", recorded.end(), actual.end());
        compareTimes(recorded, actual);
    }

    private void compareUnanswered(Answer actual) {
        boolean waitingPoll = actual.status() == 200
                && mediaType(actual.contentType()).startsWith("application/json")
                && actual.body().isBlank();
        if (actual.status() != 0 && !waitingPoll) {
            differences.add("answered " + actual.status() + " " + actual.body() + ", recorded was no answer");
        }
        check("end", new End.ByClient(), actual.end());
    }

    private void checkErrorPage(Answer actual) {
        String body = actual.body();
        if (body.length() > SHORT_BODY || body.contains("\tat ") || body.contains("Exception")) {
            differences.add("the body of an error is long or shows the server's inside: " + body);
        }
    }

    private void compareContent(Answer recorded, Answer actual) {
        String type = mediaType(recorded.contentType());
        if (recorded.status() == 101) {
            compareViews(ChannelView.ofFrames(recorded.frames()), ChannelView.ofFrames(actual.frames()));
        } else if (type.startsWith("text/event-stream")) {
            checkWholeEvents(actual);
            compareViews(
                    view(TestTransport.SERVER_SENT_EVENTS, recorded), view(TestTransport.SERVER_SENT_EVENTS, actual));
        } else if (type.startsWith("text/html")) {
            checkPrologue(recorded.body(), actual.body());
            compareViews(view(TestTransport.FOREVER_FRAME, recorded), view(TestTransport.FOREVER_FRAME, actual));
        } else if (recorded.body().contains("{\"C\":")) {
            compareWrapping(recorded.body(), actual.body());
            compareViews(view(TestTransport.LONG_POLLING, recorded), view(TestTransport.LONG_POLLING, actual));
        } else if (recorded.body().isBlank()) {
            check("body", "", actual.body().strip());
        } else {
            compareText(recorded.body(), actual.body());
        }
    }

    private static ChannelView view(TestTransport transport, Answer answer) {
        return ChannelView.ofPayloads(transport.payloads(answer.body()));
    }

    private void compareViews(ChannelView recorded, ChannelView actual) {
        differences.addAll(actual.mistakes());
        check("opening word", recorded.initialized(), actual.initialized());
        check("frames with S", recorded.inits(), actual.inits());
        check("T", recorded.shutdown(), actual.shutdown());
        check("L", recorded.delays(), actual.delays());
        check("pongs", recorded.pongs(), actual.pongs());
        compareGroups(recorded.groupTokens(), actual.groupTokens());
        compareAll("message", recorded.messages(), actual.messages());
        compareAll("hub response", recorded.responses(), actual.responses());
    }

    private void compareGroups(int recorded, int actual) {
        boolean bothOrNone = (recorded == 0) == (actual == 0);
        if (!bothOrNone || actual > recorded) {
            differences.add("frames with G: recorded " + recorded + ", actual " + actual);
        }
    }

    private void compareAll(String what, List<JsonText> recorded, List<JsonText> actual) {
        int before = differences.size();
        int common = Math.min(recorded.size(), actual.size());
        for (int i = 0; i < common; i++) {
            compareJson(
                    what + " " + (i + 1), recorded.get(i).raw(), actual.get(i).raw());
        }
        recorded.stream().skip(common).forEach(missing -> differences.add("missing " + what + ": " + missing.raw()));
        actual.stream().skip(common).forEach(extra -> differences.add("extra " + what + ": " + extra.raw()));
        shorten(what, before);
    }

    /** A stream of a thousand messages that is off by one need not say so a thousand times. */
    private void shorten(String what, int before) {
        int more = differences.size() - before - MANY;
        if (more > 0) {
            differences.subList(before + MANY, differences.size()).clear();
            differences.add("and " + more + " more differences, " + what + " by " + what);
        }
    }

    private void compareText(String recorded, String actual) {
        compareJson("body", recorded, actual);
    }

    private void compareJson(String what, String recorded, String actual) {
        boolean same = recorded.contains(CANDIDATES)
                ? sameButForCandidateOrder(recorded, actual)
                : symbols.matches(recorded, actual);
        if (!same) {
            differences.add(what + ": recorded " + recorded + ", actual " + actual);
        }
    }

    /** The methods that an unresolved call might have meant come in no promised order; ours name Java types. */
    private boolean sameButForCandidateOrder(String recorded, String actual) {
        Optional<String> recordedError = errorText(recorded);
        Optional<String> actualError = errorText(actual);
        if (recordedError.isEmpty()
                || actualError.isEmpty()
                || !actualError.get().contains(CANDIDATES)) {
            return false;
        }
        String around = recorded.replace(recordedError.get(), "");
        return symbols.matches(around, actual.replace(actualError.get(), ""))
                && before(recordedError.get()).equals(before(actualError.get()))
                && sameLines(candidates(recordedError.get()), candidates(actualError.get()));
    }

    private static Optional<String> errorText(String json) {
        Matcher error = ERROR_TEXT.matcher(json);
        return error.find() ? Optional.of(error.group(1)) : Optional.empty();
    }

    private static String before(String error) {
        return error.substring(0, error.indexOf(CANDIDATES));
    }

    private static List<String> candidates(String error) {
        return List.of(
                error.substring(error.indexOf(CANDIDATES) + CANDIDATES.length()).split(Pattern.quote("\\n")));
    }

    private boolean sameLines(List<String> recorded, List<String> actual) {
        List<String> left = new ArrayList<>(actual);
        for (String line : recorded) {
            Optional<String> match = left.stream()
                    .filter(candidate -> symbols.matches(line, candidate))
                    .findFirst();
            if (match.isEmpty()) {
                return false;
            }
            left.remove(match.get());
        }
        return left.isEmpty();
    }

    private void checkWholeEvents(Answer actual) {
        String left = actual.body().replaceAll("data: [^\\n]*\\n\\n", "");
        if (!left.isEmpty() && !(actual.end() instanceof End.ByClient)) {
            differences.add("text outside of events: " + left);
        }
    }

    /** Protocol §4.5 says what the page must do before the first frame; the recording leaves it out. */
    private void checkPrologue(String recorded, String actual) {
        Matcher prologue = PROLOGUE.matcher(recorded);
        int scripts = actual.indexOf("<script>r(c, ");
        String page = scripts < 0 ? actual : actual.substring(0, scripts);
        String frameId = prologue.find() ? prologue.group(1) : "none";
        boolean connects = page.contains("getConnection('" + frameId + "')")
                || page.contains("getConnection(\"" + frameId + "\")");
        if (!connects || !page.contains(".started(c)") || !page.endsWith("</head><body>\r\n")) {
            differences.add("the page's beginning does not do what protocol §4.5 asks for: " + page);
        }
    }

    /** A JSONP callback around the frame; spaces before it are allowed only where there is none. */
    private void compareWrapping(String recorded, String actual) {
        Matcher wrapped = JSONP.matcher(recorded);
        if (wrapped.matches()) {
            Matcher actualWrapped = JSONP.matcher(actual);
            check("callback", wrapped.group(1), actualWrapped.matches() ? actualWrapped.group(1) : actual);
        } else if (!actual.strip().startsWith("{")) {
            differences.add("body is no frame: " + actual);
        }
    }

    private void compareTimes(Answer recorded, Answer actual) {
        recorded.keepAlives()
                .ifPresent(times -> compareKeepAlives(times, actual.keepAlives().orElse(List.of())));
        recorded.duration().ifPresent(time -> {
            Duration off = time.minus(actual.duration().orElse(Duration.ZERO)).abs();
            if (off.compareTo(DURATION_TOLERANCE) > 0) {
                differences.add("ended after " + actual.duration() + ", recorded " + time);
            }
        });
    }

    private void compareKeepAlives(List<Duration> recorded, List<Duration> actual) {
        boolean countOff = Math.abs(recorded.size() - actual.size()) > 1 || (recorded.isEmpty() && !actual.isEmpty());
        if (countOff || !evenly(recorded, actual)) {
            differences.add("keep-alives at " + actual + ", recorded " + recorded);
        }
    }

    private static boolean evenly(List<Duration> recorded, List<Duration> actual) {
        if (recorded.size() < 2 || actual.size() < 2) {
            return true;
        }
        Duration interval = recorded.get(1).minus(recorded.get(0));
        for (int i = 1; i < actual.size(); i++) {
            Duration off =
                    actual.get(i).minus(actual.get(i - 1)).minus(interval).abs();
            if (off.compareTo(KEEP_ALIVE_TOLERANCE) > 0) {
                return false;
            }
        }
        return true;
    }

    private static String mediaType(String contentType) {
        return contentType
                .replaceAll("\\s*;\\s*", "; ")
                .toLowerCase(Locale.ROOT)
                .strip();
    }

    private void check(String what, Object recorded, Object actual) {
        if (!recorded.equals(actual)) {
            differences.add(what + ": recorded " + recorded + ", actual " + actual);
        }
    }
}
