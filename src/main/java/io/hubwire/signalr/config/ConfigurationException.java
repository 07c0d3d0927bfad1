package io.hubwire.signalr.config;

/** A configuration that cannot be used. The message names the file, the line, the value and the rule that it breaks; it is for the operator. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigurationException(String message) {
        super(message);
    }

    ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
