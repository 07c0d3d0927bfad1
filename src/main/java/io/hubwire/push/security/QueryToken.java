package io.hubwire.push.security;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the bearer token in a query: browsers can't send a header with a WebSocket or an event stream. Reads the raw
 * query, as asking the request for parameters would consume a form's body.
 */
final class QueryToken {
    private static final Set<String> NAMES = Set.of("bearer", "access_token");

    private QueryToken() {}

    /** @param query raw; null for none. Names count in any case; of several values the first that isn't empty */
    static Optional<String> in(String query) {
        if (query == null) {
            return Optional.empty();
        }
        return Stream.of(query.split("&"))
                .filter(pair -> pair.indexOf('=') > 0)
                .filter(pair -> NAMES.contains(name(pair)))
                .map(pair -> decode(pair.substring(pair.indexOf('=') + 1)))
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private static String name(String pair) {
        return decode(pair.substring(0, pair.indexOf('='))).toLowerCase(Locale.ROOT);
    }

    private static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return encoded;
        }
    }
}
