package io.hubwire.signalr.protocol;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.function.Supplier;

/** What values of a Java type look like in JSON, as far as the type tells: for descriptions such as typings, not for binding. Immutable. */
public sealed interface JsonShape {

    /** A value without structure that would be known. */
    enum Simple implements JsonShape {
        /** A string, dates and base64 included. */
        TEXT,
        NUMBER,
        BOOLEAN,
        /** Whatever JSON can be. */
        ANY
    }

    /** A value, or null. A Java reference may of course always be null; this is one whose type says so. */
    record Nullable(JsonShape value) implements JsonShape {}

    /** An array whose elements are all of one shape. */
    record Sequence(JsonShape elements) implements JsonShape {}

    /** An object with members of any name. */
    record Dictionary(JsonShape values) implements JsonShape {}

    /**
     * An enum, in JSON a number; its name is understood as well where it is read.
     *
     * @param numbers the constants' numbers by their names, in the order of declaration
     */
    record Enumeration(Class<?> type, Map<String, Long> numbers) implements JsonShape {}

    /**
     * An object with known members.
     *
     * @param type a class, or a parameterized one
     * @param members the members' shapes by their names; asked later, for a type may contain itself
     */
    record Structure(Type type, Supplier<Map<String, JsonShape>> members) implements JsonShape {}
}
