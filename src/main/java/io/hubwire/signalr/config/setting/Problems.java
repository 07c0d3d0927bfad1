package io.hubwire.signalr.config.setting;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a configuration, collected so that the operator hears of all of it at once. For one thread. */
public final class Problems {
    private final List<String> sentences = new ArrayList<>();

    /** Adds one; a sentence that says where, what and which rule. */
    public void add(String sentence) {
        sentences.add(sentence);
    }

    /** Adds those of another. */
    public void addAll(Problems others) {
        sentences.addAll(others.sentences);
    }

    /** Runs code, and takes what it throws of this kind. */
    public void in(Runnable code) {
        try {
            code.run();
        } catch (ConfigurationException e) {
            sentences.addAll(e.problems());
        }
    }

    public boolean isEmpty() {
        return sentences.isEmpty();
    }

    /** Refuses the configuration with all of them, by {@link ConfigurationException}, if there are any. */
    public void throwIfAny() {
        if (!sentences.isEmpty()) {
            throw new ConfigurationException(sentences);
        }
    }
}
