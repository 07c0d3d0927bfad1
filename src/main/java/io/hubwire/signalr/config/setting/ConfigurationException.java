package io.hubwire.signalr.config.setting;

import java.util.List;

/**
 * A configuration that cannot be used. The message names the file, the line, the value and the rule that it breaks; it is for the operator. Several problems
 * stand in lines of their own.
 */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String[] problems;

    ConfigurationException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = problems.toArray(String[]::new);
    }

    ConfigurationException(String message) {
        this(List.of(message));
    }

    ConfigurationException(String message, Throwable cause) {
        super(message, cause);
        this.problems = new String[] {message};
    }

    /** One sentence each; at least one. */
    public List<String> problems() {
        return List.of(problems);
    }
}
