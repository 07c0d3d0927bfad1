package io.hubwire.signalr.config.setting;

/**
 * Where a value comes from.
 *
 * @param source which of them
 * @param name what it is called there: a file and a line, a variable, a property; empty for a default
 */
public record Origin(Source source, String name) {

    /** What knows values, the weakest first. */
    public enum Source {
        DEFAULT,
        FILE,
        CONTEXT_PARAMETER,
        ENVIRONMENT,
        SYSTEM_PROPERTY,
        COMMAND_LINE
    }

    static final Origin BY_DEFAULT = new Origin(Source.DEFAULT, "");

    @Override
    public String toString() {
        return switch (source) {
            case DEFAULT -> "default";
            case FILE -> name;
            case CONTEXT_PARAMETER -> "context parameter " + name;
            case ENVIRONMENT -> "environment variable " + name;
            case SYSTEM_PROPERTY -> "system property " + name;
            case COMMAND_LINE -> "command line, for " + name;
        };
    }
}
