package io.hubwire.signalr.config.setting;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An element of the file and where it stands. What reads a section of the file asks it for what it knows, and has it refuse everything else.
 *
 * @param file for messages
 * @param line where the element begins, from 1
 * @param attributes in the order of the file
 */
public record ConfigElement(
        String file, int line, String name, Map<String, String> attributes, List<ConfigElement> children) {

    /** The elements of this name. */
    public Stream<ConfigElement> children(String childName) {
        return children.stream().filter(child -> child.name().equals(childName));
    }

    /** Refuses an attribute that is none of these, by {@link ConfigurationException}. */
    public void requireAttributesAmong(String... known) {
        attributes.keySet().stream()
                .filter(attribute -> !List.of(known).contains(attribute))
                .findFirst()
                .ifPresent(unknown -> {
                    throw wrong("<" + name + "> has no attribute \"" + unknown + "\"; it has " + listed(known));
                });
    }

    /** Refuses an element in it that is none of these, by {@link ConfigurationException}. */
    public void requireChildrenAmong(String... known) {
        children.stream()
                .filter(child -> !List.of(known).contains(child.name()))
                .findFirst()
                .ifPresent(unknown -> {
                    throw unknown.wrong(
                            "<" + name + "> has no element <" + unknown.name() + ">; it has " + listed(known));
                });
    }

    /** The value as it stands there; empty when the attribute is not there. */
    public Optional<String> text(String attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    /** The attribute's text; {@link ConfigurationException} when it is not there. */
    public String requiredText(String attribute) {
        return text(attribute).orElseThrow(() -> wrong("<" + name + "> needs the attribute \"" + attribute + "\""));
    }

    /** {@code true} or {@code false} in any case, as in the files of .NET. */
    public boolean flag(String attribute, boolean defaultValue) {
        String value = attributes.getOrDefault(attribute, String.valueOf(defaultValue));
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(attribute, value, "must be true or false");
        };
    }

    /** That a value breaks a rule, such as "must be true or false". */
    public ConfigurationException wrong(String attribute, String value, String rule) {
        return wrong(attribute + "=\"" + value + "\" of <" + name + "> " + rule);
    }

    /** That something is wrong here, in a sentence without its full stop. */
    public ConfigurationException wrong(String text) {
        return new ConfigurationException(where() + ": " + text + ".");
    }

    /** The file and the line. */
    public String where() {
        return file + ", line " + line;
    }

    private static String listed(String... known) {
        return known.length == 0 ? "none" : String.join(", ", known);
    }
}
