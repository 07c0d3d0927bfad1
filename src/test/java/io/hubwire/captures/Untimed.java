package io.hubwire.captures;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A scenario without its waits: for playing back recorded answers, which are there at once. */
final class Untimed {
    private Untimed() {}

    static Scenario of(Scenario scenario) {
        SortedMap<Integer, Answer> answers = new TreeMap<>();
        scenario.answers().forEach((step, answer) -> answers.put(step, withoutTimes(answer)));
        List<Action> script = scenario.script().stream().map(Untimed::atOnce).toList();
        return scenario.withAnswers(answers).withScript(script).withPatience(Duration.ofSeconds(3));
    }

    private static Answer withoutTimes(Answer answer) {
        return new Answer(
                answer.status(),
                answer.contentType(),
                answer.nosniff(),
                answer.corsHeaders(),
                answer.body(),
                answer.frames(),
                answer.end(),
                Optional.empty(),
                Optional.empty());
    }

    private static Action atOnce(Action action) {
        if (action instanceof Action.Leave leave) {
            return new Action.Leave(leave.step(), Duration.ofMillis(20), true);
        }
        if (action instanceof Action.Hold hold) {
            return new Action.Hold(hold.step(), Duration.ZERO);
        }
        if (action instanceof Action.Drop drop) {
            return new Action.Drop(drop.step(), Duration.ZERO);
        }
        return action;
    }
}
