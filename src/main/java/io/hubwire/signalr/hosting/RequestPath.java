package io.hubwire.signalr.hosting;

/**
 * Paths as the protocol wants them (protocol §1.2): decoded, otherwise untouched. Containers normalize what they hand out
 * ({@code //} becomes {@code /}), so hosts decode the raw request target themselves.
 */
public final class RequestPath {
    private RequestPath() {}

    /**
     * Decodes a raw path: path parameters ({@code ;name=value}) are cut from each segment, escapes become UTF-8 text, malformed ones
     * stay. Empty and dot segments stay.
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
