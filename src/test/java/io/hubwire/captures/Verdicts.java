package io.hubwire.captures;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is decided outside of the recordings: which scenarios are still expected to fail, and where the server differs on
 * purpose. Both are resources with a reason to every entry.
 */
final class Verdicts {
    private static final String FAILURES = "/captures/expected-failures.txt";
    private static final String DIFFERENCES = "/captures/deliberate-differences.txt";

    private final Map<String, String> failures;
    private final Map<String, List<Difference>> differences;

    private Verdicts(Map<String, String> failures, Map<String, List<Difference>> differences) {
        this.failures = failures;
        this.differences = differences;
    }

    static Verdicts load() {
        return new Verdicts(
                readFailures(VectorReader.lines(FAILURES)), readDifferences(VectorReader.lines(DIFFERENCES)));
    }

    static Verdicts of(List<String> failures, List<String> differences) {
        return new Verdicts(readFailures(failures), readDifferences(differences));
    }

    /** Why a scenario is expected to fail; empty when it must pass. */
    Optional<String> expectedFailure(Scenario scenario) {
        return Optional.ofNullable(failures.get(scenario.name()));
    }

    /** The scenario as our server is meant to answer it. */
    Scenario adjusted(Scenario scenario) {
        Scenario result = scenario;
        for (Difference difference : differences.getOrDefault(scenario.number(), List.of())) {
            result = difference.applyTo(result);
        }
        return result;
    }

    /** The names that the two resources speak of; each must be a scenario's. */
    List<String> failureNames() {
        return List.copyOf(failures.keySet());
    }

    List<String> differenceNumbers() {
        return List.copyOf(differences.keySet());
    }

    /** {@code reason …} lines, each followed by indented names. */
    private static Map<String, String> readFailures(List<String> lines) {
        Map<String, String> found = new LinkedHashMap<>();
        String reason = "";
        for (String line : lines) {
            if (line.startsWith("reason ")) {
                reason = line.substring(7);
            } else if (line.startsWith("  ")) {
                requireReason(reason, line);
                if (found.put(line.strip(), reason) != null) {
                    throw new IllegalArgumentException(line.strip() + " is listed twice");
                }
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                throw new IllegalArgumentException("Neither reason nor name: " + line);
            }
        }
        return found;
    }

    /** {@code reason …} lines, each followed by indented {@code number what…} entries. */
    private static Map<String, List<Difference>> readDifferences(List<String> lines) {
        Map<String, List<Difference>> found = new TreeMap<>();
        String reason = "";
        for (String line : lines) {
            if (line.startsWith("reason ")) {
                reason = line.substring(7);
            } else if (line.startsWith("  ")) {
                requireReason(reason, line);
                String[] words = line.strip().split(" ", 2);
                found.computeIfAbsent(words[0], any -> new ArrayList<>()).add(Difference.parse(words[1]));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                throw new IllegalArgumentException("Neither reason nor entry: " + line);
            }
        }
        return found;
    }

    private static void requireReason(String reason, String line) {
        if (reason.isEmpty()) {
            throw new IllegalArgumentException("No reason above " + line);
        }
    }
}
