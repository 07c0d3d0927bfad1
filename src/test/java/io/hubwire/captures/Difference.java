package io.hubwire.captures;

import io.hubwire.captures.Answer.End;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One place where our server is meant to differ from the recorded one. It replaces what the recording says, so the server is
 * held to its own behaviour just as exactly.
 */
sealed interface Difference {
    Scenario applyTo(Scenario scenario);

    /** Reads an entry: {@code <step> status 400}, {@code <step> body …}, {@code <step> end close 1003}, {@code log + …}… */
    static Difference parse(String entry) {
        String[] words = entry.split(" ", 3);
        if (words[0].equals("log")) {
            return new Log(words[1], words[2]);
        }
        if (words[0].equals("script")) {
            return new Script(words[1], words[2]);
        }
        return new Step(Integer.parseInt(words[0]), words[1], words.length > 2 ? words[2] : "");
    }

    /** Another answer to a step. */
    record Step(int step, String field, String value) implements Difference {
        @Override
        public Scenario applyTo(Scenario scenario) {
            SortedMap<Integer, Answer> answers = new TreeMap<>(scenario.answers());
            Answer recorded = answers.get(step);
            if (recorded == null) {
                throw new IllegalArgumentException(scenario.name() + " has no step " + step);
            }
            answers.put(step, altered(recorded));
            return scenario.withAnswers(answers);
        }

        private Answer altered(Answer recorded) {
            return switch (field) {
                // An error of ours: its text is our own, plain, and harmless to sniffing browsers.
                case "refused" ->
                    recorded.withStatus(Integer.parseInt(value))
                            .withContentType("")
                            .withNosniff(true)
                            .withFrames(List.of())
                            .withBody("${text}")
                            .withEnd(new End.Complete());
                case "status" -> recorded.withStatus(Integer.parseInt(value));
                case "type" -> recorded.withContentType(value);
                case "body" -> recorded.withBody(VectorReader.text(value));
                case "end" -> recorded.withEnd(End.parse(value));
                // Nothing comes until the client leaves.
                case "unanswered" ->
                    recorded.withStatus(0).withContentType("").withBody("").withEnd(new End.ByClient());
                default -> throw new IllegalArgumentException("Unknown field " + field);
            };
        }
    }

    /** A line in the server's log that is more ({@code +}), less ({@code -}), or may be more ({@code ?}). */
    record Log(String sign, String line) implements Difference {
        @Override
        public Scenario applyTo(Scenario scenario) {
            List<String> log = new ArrayList<>(scenario.log());
            switch (sign) {
                case "+" -> log.add(line);
                case "?" -> log.add(LogComparison.MAY_BE_MISSING + line);
                default -> {
                    if (!log.remove(line)) {
                        throw new IllegalArgumentException(scenario.name() + " has no log line " + line);
                    }
                }
            }
            return scenario.withLog(List.copyOf(log));
        }
    }

    /** Another wait of the client's: the recorded one is for something that does not come. */
    record Script(String recorded, String ours) implements Difference {
        @Override
        public Scenario applyTo(Scenario scenario) {
            Action before = ActionReader.read(recorded.replace('_', ' '), List.of());
            Action after = ActionReader.read(ours.replace('_', ' '), List.of());
            if (!scenario.script().contains(before)) {
                throw new IllegalArgumentException(scenario.name() + " does not do " + before);
            }
            List<Action> script = scenario.script().stream()
                    .map(action -> action.equals(before) ? after : action)
                    .toList();
            return scenario.withScript(script);
        }
    }
}
