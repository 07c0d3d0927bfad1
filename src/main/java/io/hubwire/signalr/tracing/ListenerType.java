package io.hubwire.signalr.tracing;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a listener does with its lines. Each has two names in a configuration: that of the .NET type, and a short one. */
public enum ListenerType {

    /** Writes them to a file. */
    TEXT("System.Diagnostics.TextWriterTraceListener", "text"),

    /** Writes them to a file, their parts in quotation marks and with semicolons between. */
    DELIMITED("System.Diagnostics.DelimitedListTraceListener", "delimited"),

    /** Writes them to the standard output, or to the standard error stream if {@code initializeData} is {@code true}. */
    CONSOLE("System.Diagnostics.ConsoleTraceListener", "console"),

    /** The debugger's window in .NET; here the log, which gets everything at its own levels without this one. */
    DEFAULT("System.Diagnostics.DefaultTraceListener", "default");

    private final String dotNetName;
    private final String shortName;

    ListenerType(String dotNetName, String shortName) {
        this.dotNetName = dotNetName;
        this.shortName = shortName;
    }

    /**
     * Reads a type: the short name in any case, or the full name of the .NET type, with or without its assembly.
     *
     * @throws IllegalArgumentException for any other, the message names those that exist
     */
    public static ListenerType parse(String type) {
        String name = type.split(",", -1)[0].strip();
        return Arrays.stream(values())
                .filter(known -> known.dotNetName.equals(name) || known.shortName.equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no listener of type \"" + name + "\" here; "
                        + Arrays.stream(values())
                                .map(known -> known.dotNetName + " (" + known.shortName + ")")
                                .collect(Collectors.joining(", "))
                        + " exist"));
    }

    /** Whether {@code initializeData} names a file. */
    public boolean writesFile() {
        return this == TEXT || this == DELIMITED;
    }

    /** As it stands in a configuration. */
    @Override
    public String toString() {
        return dotNetName;
    }
}
