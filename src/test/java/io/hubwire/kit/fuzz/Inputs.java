package io.hubwire.kit.fuzz;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Inputs as peers might send them. */
public final class Inputs {
    /** Everything that means something to somebody on the way: queries, JSON, HTML, JavaScript, paths, headers. */
    private static final String MEANINGFUL = "%&;=+?#[]{}()<>\"'`:,./\\|~^$_-! \t\r\n\u0000\u0085\u2028\u2029\ufeff";

    private static final int LONGEST = 120;
    private static final int MOST_EDITS = 4;
    private static final int DEEPEST = 4;

    private Inputs() {}

    /** Texts of any characters, some of them lone halves of pairs. */
    public static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ascii().ofMaxLength(LONGEST),
                Arbitraries.strings().withChars(MEANINGFUL).alpha().numeric().ofMaxLength(LONGEST),
                Arbitraries.strings().withCharRange('\u0080', '\uffff').ofMaxLength(LONGEST),
                Arbitraries.strings()
                        .withChars('%', 'C', '3', 'A', '9', 'f', 'F', 'u', '+')
                        .ofMaxLength(LONGEST));
    }

    /** Texts that UTF-8 can carry: no lone halves of pairs. */
    public static Arbitrary<String> encodableTexts() {
        return texts().map(Inputs::withoutLoneSurrogates);
    }

    /** Names as hubs, methods, groups and parameters have them; no two characters that differ by case alone. */
    public static Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .withChars("_-$ é中")
                .ofMinLength(1)
                .ofMaxLength(20);
    }

    private static String withoutLoneSurrogates(String text) {
        StringBuilder kept = new StringBuilder();
        text.codePoints()
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    /** Valid inputs with a few places spoilt: cut out, doubled, overwritten, cut off. */
    public static Arbitrary<String> spoilt(Arbitrary<String> valid) {
        Arbitrary<Edit> edits = Combinators.combine(
                        Arbitraries.of(Edit.Kind.class),
                        Arbitraries.integers().between(0, Integer.MAX_VALUE),
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.oneOf(
                                Arbitraries.strings().withChars(MEANINGFUL).ofMaxLength(3),
                                Arbitraries.strings().ofMaxLength(3)))
                .as(Edit::new);
        return Combinators.combine(valid, edits.list().ofMinSize(1).ofMaxSize(MOST_EDITS))
                .as(Inputs::apply)
                .withoutEdgeCases();
    }

    private static String apply(String text, List<Edit> edits) {
        String result = text;
        for (Edit edit : edits) {
            result = edit.apply(result);
        }
        return result;
    }

    private record Edit(Kind kind, int where, int length, String text) {

        enum Kind {
            CUT_OUT,
            DOUBLE,
            OVERWRITE,
            INSERT,
            CUT_OFF
        }

        String apply(String input) {
            int from = where % (input.length() + 1);
            int to = Math.min(input.length(), from + length);
            String head = input.substring(0, from);
            String part = input.substring(from, to);
            String tail = input.substring(to);
            return switch (kind) {
                case CUT_OUT -> head + tail;
                case DOUBLE -> head + part + part + tail;
                case OVERWRITE -> head + text + tail;
                case INSERT -> head + text + part + tail;
                case CUT_OFF -> head;
            };
        }
    }

    /** Well-formed JSON of any kind, with whitespace where it may stand. */
    public static Arbitrary<String> json() {
        // edge cases of what is nested multiply until they fill the memory
        return Arbitraries.recursive(Inputs::scalars, Inputs::container, 0, DEEPEST)
                .withoutEdgeCases();
    }

    private static Arbitrary<String> scalars() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "null", "true", "false", "0", "-0", "1.0", "1e3", "1E-400", "-1.5e+300", "9223372036854775808"),
                Arbitraries.longs().map(String::valueOf),
                Arbitraries.doubles().map(String::valueOf),
                Arbitraries.integers().between(1, 400).map("9"::repeat),
                Arbitraries.integers().between(400, 2_000_000_000).map(exponent -> "1e" + exponent),
                jsonStrings());
    }

    /** JSON strings, the characters escaped in all the ways there are. */
    public static Arbitrary<String> jsonStrings() {
        Arbitrary<String> piece = Arbitraries.oneOf(
                Arbitraries.strings()
                        .withCharRange(' ', '\ud7ff')
                        .ofMaxLength(12)
                        .map(text -> text.replace("\\", "\\\\").replace("\"", "\\\"")),
                Arbitraries.of(
                        "\\n",
                        "\\t",
                        "\\r",
                        "\\b",
                        "\\f",
                        "\\/",
                        "\\\\",
                        "\\\"",
                        "\\u0000",
                        "\\ud83d\\ude00",
                        "\\ud83d",
                        "\\uDe00"),
                Arbitraries.of(
                        "2014-01-02T03:04:05Z",
                        "1.02:03:04",
                        "00000000-0000-0000-0000-000000000000",
                        "AAECAw==",
                        "1",
                        "true"));
        return piece.list().ofMaxSize(4).map(pieces -> "\"" + String.join("", pieces) + "\"");
    }

    private static Arbitrary<String> container(Arbitrary<String> element) {
        Arbitrary<String> spaces = Arbitraries.of("", "", "", " ", "\n\t", "\r\n");
        Arbitrary<String> arrays = Combinators.combine(element.list().ofMaxSize(4), spaces)
                .as((elements, space) -> "[" + space + String.join(space + "," + space, elements) + space + "]");
        Arbitrary<String> members = Combinators.combine(jsonStrings(), element, spaces)
                .as((key, value, space) -> key + space + ":" + space + value);
        Arbitrary<String> objects = Combinators.combine(members.list().ofMaxSize(4), spaces)
                .as((pairs, space) -> "{" + space + String.join(space + "," + space, pairs) + space + "}");
        return Arbitraries.oneOf(arrays, objects);
    }
}
