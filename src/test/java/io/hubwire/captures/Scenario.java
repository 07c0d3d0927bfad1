package io.hubwire.captures;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One recorded scenario.
 *
 * @param number five digits; the first two are the series
 * @param slug short name
 * @param title what it is about
 * @param server which server it runs against
 * @param patience how long a single wait may take
 * @param disconnectDelay earliest and latest time from the client's last sign of life to the disconnect event
 * @param script what the client does
 * @param answers what it gets, by step
 * @param titles what the steps are about
 * @param log the hub events at the server, in their order
 */
record Scenario(
        String number,
        String slug,
        String title,
        ServerProfile server,
        Duration patience,
        Optional<Range> disconnectDelay,
        List<Action> script,
        SortedMap<Integer, Answer> answers,
        Map<Integer, String> titles,
        List<String> log) {

    String name() {
        return number + "-" + slug;
    }

    Scenario withAnswers(SortedMap<Integer, Answer> others) {
        return new Scenario(number, slug, title, server, patience, disconnectDelay, script, others, titles, log);
    }

    Scenario withLog(List<String> other) {
        return new Scenario(number, slug, title, server, patience, disconnectDelay, script, answers, titles, other);
    }

    Scenario withScript(List<Action> other) {
        return new Scenario(number, slug, title, server, patience, disconnectDelay, other, answers, titles, log);
    }

    /** Other patience, and no expectation of when disconnects come. */
    Scenario withPatience(Duration other) {
        return new Scenario(number, slug, title, server, other, Optional.empty(), script, answers, titles, log);
    }

    /** An interval of time. */
    record Range(Duration earliest, Duration latest) {
        boolean holds(Duration time) {
            return time.compareTo(earliest) >= 0 && time.compareTo(latest) <= 0;
        }
    }
}
