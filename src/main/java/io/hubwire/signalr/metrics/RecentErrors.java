package io.hubwire.signalr.metrics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * The last errors of a server, for its operator: what went wrong, where in the code and how often. Nothing that a user or a peer has sent is kept; of an
 * exception its class and where it was thrown, not its message. Equal errors take one place; beyond {@value #CAPACITY} the one that is longest ago is
 * forgotten. Safe for any thread; takes a lock for a moment.
 */
public final class RecentErrors {

    /** Most different errors. */
    public static final int CAPACITY = 50;

    private static final int MAX_MESSAGE_LENGTH = 300;

    // Guarded by itself; in the order of their last occurrence, oldest first.
    private final Map<Key, Entry> entries = new LinkedHashMap<>();

    private record Key(String source, String message) {}

    /**
     * Errors of one kind.
     *
     * @param source the trace source (protocol §15.2)
     * @param message what failed, and by what exception, at most {@value RecentErrors#MAX_MESSAGE_LENGTH} characters
     * @param count how often since {@code first}
     */
    public record Entry(String source, String message, long count, Instant first, Instant last) {

        private Entry again(Instant now) {
            return new Entry(source, message, count + 1, first, now);
        }
    }

    /** Remembers one; see {@link Metrics#error}. */
    void add(String source, String what, Throwable cause) {
        String described = what + describe(cause);
        String message = described.length() <= MAX_MESSAGE_LENGTH
                ? described
                : described.substring(0, MAX_MESSAGE_LENGTH - 1) + '…';
        Key key = new Key(source, message);
        Instant now = Instant.now();
        synchronized (entries) {
            Entry before = entries.remove(key);
            entries.put(key, before == null ? new Entry(source, message, 1, now, now) : before.again(now));
            if (entries.size() > CAPACITY) {
                entries.remove(entries.keySet().iterator().next());
            }
        }
    }

    /** The newest first. */
    public List<Entry> list() {
        List<Entry> newestFirst;
        synchronized (entries) {
            newestFirst = new ArrayList<>(entries.values());
        }
        Collections.reverse(newestFirst);
        return Collections.unmodifiableList(newestFirst);
    }

    private static String describe(Throwable cause) {
        if (cause == null) {
            return "";
        }
        Throwable thrown = unwrap(cause);
        StackTraceElement[] trace = thrown.getStackTrace();
        String name = ": " + thrown.getClass().getSimpleName();
        return trace.length == 0 ? name : name + " at " + place(trace[0]);
    }

    private static Throwable unwrap(Throwable failure) {
        boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapped && failure.getCause() != null ? unwrap(failure.getCause()) : failure;
    }

    private static String place(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.substring(type.lastIndexOf('.') + 1) + '.' + frame.getMethodName() + ':' + frame.getLineNumber();
    }
}
