package io.hubwire.signalr.hosting;

import io.hubwire.signalr.metrics.Limit;
import java.nio.charset.StandardCharsets;

/**
 * Reads queries and form bodies as the original's host did (protocol §1.5): pairs without {@code =} are ignored, {@code +} is a
 * space, escapes are UTF-8, what is no escape stays as written. Queries are split at {@code &} and {@code ;}, bodies at {@code &} alone.
 *
 * @param maxPairs upper bound on the pairs of one query or body, 1000 by default
 * @param maxQueryLength upper bound on the characters of a raw query, 65536 by default. Containers
 *        that allow less for the request line and all headers together stop earlier, in their own way
 */
public record ParameterParser(int maxPairs, int maxQueryLength) {

    /** With the default limits. */
    public static final ParameterParser DEFAULT = new ParameterParser(1000, 65_536);

    /** Refuses limits below 1. */
    public ParameterParser {
        if (maxPairs < 1 || maxQueryLength < 1) {
            throw new IllegalArgumentException(
                    "Limits must be at least 1: maxPairs=" + maxPairs + ", maxQueryLength=" + maxQueryLength);
        }
    }

    /**
     * Reads a query.
     *
     * @param raw as it was sent, without the question mark; null for none
     * @throws RequestRefusedException 414 when it is too long, 400 when it has too many pairs
     */
    public Parameters query(String raw) throws RequestRefusedException {
        if (raw == null || raw.isEmpty()) {
            return ParsedParameters.EMPTY;
        }
        if (raw.length() > maxQueryLength) {
            throw new RequestRefusedException(
                    Limit.QUERY_LENGTH, 414, "The query is longer than " + maxQueryLength + " characters.");
        }
        return parse(raw, true);
    }

    /**
     * Reads a form.
     *
     * @param body the whole body; its text is taken as UTF-8
     * @throws RequestRefusedException 400 when it has too many pairs
     */
    public Parameters form(byte[] body) throws RequestRefusedException {
        return body.length == 0 ? ParsedParameters.EMPTY : parse(new String(body, StandardCharsets.UTF_8), false);
    }

    private Parameters parse(String raw, boolean semicolonSeparates) throws RequestRefusedException {
        ParsedParameters.Builder found = new ParsedParameters.Builder();
        int pairs = 0;
        int start = 0;
        while (start < raw.length()) {
            int end = start;
            int equals = -1;
            char c;
            while (end < raw.length() && (c = raw.charAt(end)) != '&' && !(semicolonSeparates && c == ';')) {
                if (c == '=' && equals < 0) {
                    equals = end;
                }
                end++;
            }
            if (equals >= 0) {
                if (++pairs > maxPairs) {
                    throw new RequestRefusedException(
                            Limit.PARAMETERS, 400, "The request has more than " + maxPairs + " parameters.");
                }
                found.add(
                        PercentDecoder.decode(raw, start, equals, true),
                        PercentDecoder.decode(raw, equals + 1, end, true));
            }
            start = end + 1;
        }
        return found.build();
    }
}
