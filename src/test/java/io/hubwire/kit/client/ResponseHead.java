package io.hubwire.kit.client;

import java.util.List;
import java.util.Optional;

/**
 * The status line and the headers of a response.
 *
 * @param status status code
 * @param reason reason phrase; empty when the server sends none
 * @param lines header lines in their order, as received
 */
public record ResponseHead(int status, String reason, List<String> lines) {
    public ResponseHead {
        lines = List.copyOf(lines);
    }

    static ResponseHead parse(String head) {
        List<String> lines = List.of(head.split("\r\n"));
        String[] first = lines.get(0).split(" ", 3);
        if (first.length < 2 || !first[0].startsWith("HTTP/1.")) {
            throw new IllegalArgumentException("Not an HTTP/1 status line: " + lines.get(0));
        }
        return new ResponseHead(
                Integer.parseInt(first[1]), first.length > 2 ? first[2] : "", lines.subList(1, lines.size()));
    }

    /** The values of every header of this name, in their order; the name's case does not matter. */
    public List<String> all(String name) {
        String prefix = name + ":";
        return lines.stream()
                .filter(line -> line.regionMatches(true, 0, prefix, 0, prefix.length()))
                .map(line -> line.substring(prefix.length()).strip())
                .toList();
    }

    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }
}
