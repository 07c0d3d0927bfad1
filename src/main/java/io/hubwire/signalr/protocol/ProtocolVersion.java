package io.hubwire.signalr.protocol;

import java.util.Comparator;
import java.util.Optional;

/**
 * A version of the client protocol (protocol §2.3).
 *
 * @param build third component, or -1 when the version has two
 * @param revision fourth component, or -1 when the version has fewer
 */
public record ProtocolVersion(int major, int minor, int build, int revision) implements Comparable<ProtocolVersion> {

    /** The oldest version that is served; what a client gets that names none, or none that can be read. */
    public static final ProtocolVersion MIN = new ProtocolVersion(1, 2, -1, -1);

    /** The newest version that is served; newer clients are answered with it. */
    public static final ProtocolVersion MAX = new ProtocolVersion(2, 0, -1, -1);

    private static final ProtocolVersion DELAYED_START = new ProtocolVersion(1, 4, -1, -1);
    private static final ProtocolVersion REDIRECT_QUERY = new ProtocolVersion(2, 1, -1, -1);
    private static final int MAX_COMPONENTS = 4;
    private static final int MAX_DIGITS = 10;
    private static final Comparator<ProtocolVersion> ORDER = Comparator.comparingInt(ProtocolVersion::major)
            .thenComparingInt(ProtocolVersion::minor)
            .thenComparingInt(ProtocolVersion::build)
            .thenComparingInt(ProtocolVersion::revision);

    /** Refuses negative components (but -1 for an absent build or revision) and a revision without a build. */
    public ProtocolVersion {
        if (major < 0 || minor < 0 || build < -1 || revision < -1 || (build < 0 && revision >= 0)) {
            throw new IllegalArgumentException("not a version: " + major + ", " + minor + ", " + build + ", " + revision
                    + "; components are 0 or more");
        }
    }

    /**
     * What a client is served: its own version, clamped between {@link #MIN} and {@link #MAX}. The echo is exact, which
     * older clients insist on: {@code 1.2.5} stays {@code 1.2.5}.
     *
     * @param clientProtocol the query parameter; null, empty or unreadable text means {@link #MIN}
     */
    public static ProtocolVersion negotiate(String clientProtocol) {
        ProtocolVersion wanted =
                clientProtocol == null ? MIN : parse(clientProtocol).orElse(MIN);
        if (wanted.compareTo(MAX) > 0) {
            return MAX;
        }
        return wanted.compareTo(MIN) < 0 ? MIN : wanted;
    }

    /** Reads two to four dot-separated numbers of at most {@link Integer#MAX_VALUE}; empty for anything else. */
    public static Optional<ProtocolVersion> parse(String text) {
        int[] components = {-1, -1, -1, -1};
        int count = 0;
        int start = 0;
        while (start <= text.length()) {
            int dot = text.indexOf('.', start);
            int end = dot < 0 ? text.length() : dot;
            int component = number(text, start, end);
            if (component < 0 || count == MAX_COMPONENTS) {
                return Optional.empty();
            }
            components[count++] = component;
            start = end + 1;
        }
        return count < 2
                ? Optional.empty()
                : Optional.of(new ProtocolVersion(components[0], components[1], components[2], components[3]));
    }

    /** The number in {@code text[start, end)}, or -1 when it is none or exceeds an int. */
    private static int number(String text, int start, int end) {
        if (start == end || end - start > MAX_DIGITS) {
            return -1;
        }
        long value = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value > Integer.MAX_VALUE ? -1 : (int) value;
    }

    /** Whether {@code OnConnected} waits for {@code /start} instead of running in {@code /connect} (protocol §5.2). */
    public boolean delayedStart() {
        return compareTo(DELAYED_START) >= 0;
    }

    /** Whether a client of this version follows a redirect (protocol §2.4). */
    public boolean followsRedirects() {
        return compareTo(MAX) >= 0;
    }

    /** Whether a client of this version follows a redirect to an address with a query (protocol §2.4). */
    public boolean followsRedirectQueries() {
        return compareTo(REDIRECT_QUERY) >= 0;
    }

    /** As on the wire: the components that are there, joined by dots. */
    public String text() {
        StringBuilder text = new StringBuilder().append(major).append('.').append(minor);
        if (build >= 0) {
            text.append('.').append(build);
        }
        if (revision >= 0) {
            text.append('.').append(revision);
        }
        return text.toString();
    }

    /** By components; an absent one comes before 0, so {@code 2.0} is older than {@code 2.0.0}. */
    @Override
    public int compareTo(ProtocolVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return text();
    }
}
