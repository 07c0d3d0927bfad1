package io.hubwire.push.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What part of a file is wanted (RFC 9110 §14). */
sealed interface ByteRange {

    /** All of it: nothing else was asked for, or in a way that may be ignored. */
    record Whole() implements ByteRange {}

    /** From {@code first} to {@code last}, both included. */
    record Span(long first, long last) implements ByteRange {
        long length() {
            return last - first + 1;
        }
    }

    /** Asked for what isn't there. */
    record Unsatisfiable() implements ByteRange {}

    Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /**
     * What the headers ask for; a range that is malformed, or more than one, asks for the whole.
     *
     * @param range the header, or null
     * @param condition {@code If-Range}, or null; unless it is the entity tag the range is ignored
     * @param size of the file, at least 1
     */
    static ByteRange of(String range, String condition, String tag, long size) {
        if (range == null || (condition != null && !condition.equals(tag))) {
            return new Whole();
        }
        Matcher single = SINGLE.matcher(range);
        return single.matches() ? of(single.group(1), single.group(2), size) : new Whole();
    }

    private static ByteRange of(String first, String last, long size) {
        if (first.isEmpty()) {
            return last.isEmpty() ? new Whole() : suffix(Long.parseLong(last), size);
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? size - 1 : Long.parseLong(last);
        if (from > to && !last.isEmpty()) {
            return new Whole();
        }
        return from >= size ? new Unsatisfiable() : new Span(from, Math.min(to, size - 1));
    }

    private static ByteRange suffix(long length, long size) {
        return length == 0 ? new Unsatisfiable() : new Span(Math.max(0, size - length), size - 1);
    }
}
