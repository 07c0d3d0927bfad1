package io.hubwire.captures;

import io.hubwire.kit.client.Percent;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Shorthands in the vector files for what is long: {@code ${repeat:y:64900}} is that many times the text, {@code
 * ${series:464:499}} the client calls {@code message("m464")} to {@code message("m499")} of EchoHub as they stand in {@code M},
 * {@code ${hubs:echohub,typedhub}} the percent-encoded connectionData of these hubs.
 */
final class Macros {
    private static final Pattern REPEAT = Pattern.compile("\\$\\{repeat:([^:}]+):(\\d+)}");
    private static final Pattern SERIES = Pattern.compile("\\$\\{series:(\\d+):(\\d+)}");
    private static final Pattern HUBS = Pattern.compile("\\$\\{hubs:([^}]*)}");

    private Macros() {}

    static String expand(String text) {
        if (!text.contains("${")) {
            return text;
        }
        String repeated = REPEAT.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2)))));
        String listed = SERIES.matcher(repeated)
                .replaceAll(found -> Matcher.quoteReplacement(
                        calls(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)))));
        return HUBS.matcher(listed).replaceAll(found -> Matcher.quoteReplacement(Percent.encode(hubs(found.group(1)))));
    }

    /** The connectionData of a comma-separated list of hub names. */
    static String hubs(String names) {
        return Arrays.stream(names.split(","))
                .map(name -> "{\"name\":\"" + name + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String calls(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> "{\"H\":\"EchoHub\",\"M\":\"message\",\"A\":[\"m" + i + "\"]}")
                .collect(Collectors.joining(","));
    }
}
