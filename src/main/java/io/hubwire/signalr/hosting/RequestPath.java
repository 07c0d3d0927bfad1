package io.hubwire.signalr.hosting;

import java.util.regex.Pattern;

/**
 * Paths as the protocol wants them (protocol §1.2): decoded, otherwise untouched. Containers normalize what they hand out
 * ({@code //} becomes {@code /}), so hosts decode the raw request target themselves.
 */
public final class RequestPath {
    private static final Pattern DOT_SEGMENT = Pattern.compile("[/\\\\]\\.\\.?(?:[/\\\\]|$)");

    private RequestPath() {}

    /**
     * Decodes a raw path: path parameters ({@code ;name=value}) are cut from each segment, escapes become UTF-8 text, malformed ones
     * stay. Empty and dot segments stay (see {@link #hasDotSegments}).
     *
     * @param raw the path of a request target, without query
     */
    public static String decode(String raw) {
        String bare = withoutPathParameters(raw);
        return PercentDecoder.decode(bare, 0, bare.length(), false);
    }

    private static String withoutPathParameters(String raw) {
        int semicolon = raw.indexOf(';');
        if (semicolon < 0) {
            return raw;
        }
        StringBuilder kept = new StringBuilder(raw.length());
        int from = 0;
        while (semicolon >= 0) {
            kept.append(raw, from, semicolon);
            int slash = raw.indexOf('/', semicolon);
            from = slash < 0 ? raw.length() : slash;
            semicolon = raw.indexOf(';', from);
        }
        return kept.append(raw, from, raw.length()).toString();
    }

    /**
     * Whether a decoded path has a segment {@code .} or {@code ..}; some containers take a backslash for a slash. Containers guard paths with those resolved, which
     * this class does not do: no mapping may be found by them, for it could be another one than was guarded.
     */
    public static boolean hasDotSegments(String path) {
        return DOT_SEGMENT.matcher(path).find();
    }

    /**
     * Whether {@code path} lies under {@code prefix}: in any case, and on a segment boundary (protocol §1.1).
     *
     * @param path a decoded path, from {@code offset} on
     * @param prefix with a leading slash and none at the end
     */
    public static boolean startsWith(String path, int offset, String prefix) {
        int end = offset + prefix.length();
        return path.regionMatches(true, offset, prefix, 0, prefix.length())
                && (path.length() == end || path.charAt(end) == '/');
    }
}
