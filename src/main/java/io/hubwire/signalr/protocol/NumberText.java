package io.hubwire.signalr.protocol;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Numbers out of text that a peer has sent, with bounded work: a number may be short and its value enormous.
 *
 * <p>All methods throw {@link NumberFormatException} for text that is no number, too long, or out of range.
 */
final class NumberText {

    /** Longest number that is read, in characters. */
    static final int MAX_LENGTH = 1_100;

    private static final int MAX_LONG_DIGITS = 19;

    private NumberText() {}

    /** Rounds half to even, like the original (capture 05072). */
    static long integer(String text, long min, long max) {
        long value =
                isShortInteger(text) ? Long.parseLong(text) : bigInteger(text).longValueExact();
        if (value < min || value > max) {
            throw new NumberFormatException("not between " + min + " and " + max);
        }
        return value;
    }

    private static boolean isShortInteger(String text) {
        return text.length() < MAX_LONG_DIGITS && text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '-');
    }

    static BigInteger bigInteger(String text) {
        BigDecimal value = decimal(text);
        if ((long) value.precision() - value.scale() > MAX_LENGTH) {
            throw new NumberFormatException("more than " + MAX_LENGTH + " digits");
        }
        // far behind the point there is nothing but zero, and scaling it would take long
        return value.precision() - value.scale() < -1L
                ? BigInteger.ZERO
                : value.setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
    }

    static BigDecimal decimal(String text) {
        return new BigDecimal(check(text));
    }

    /** Also the names of what JSON has no numbers for. */
    static double floating(String text) {
        switch (text) {
            case "NaN" -> {
                return Double.NaN;
            }
            case "Infinity" -> {
                return Double.POSITIVE_INFINITY;
            }
            case "-Infinity" -> {
                return Double.NEGATIVE_INFINITY;
            }
            default -> {
                double value = Double.parseDouble(check(text));
                if (Double.isInfinite(value)) {
                    throw new NumberFormatException("too large for a double");
                }
                return value;
            }
        }
    }

    /** Java's own parsers also take type suffixes, hexadecimal digits and whitespace. */
    static String check(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new NumberFormatException("longer than " + MAX_LENGTH + " characters");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '-' && c != '+' && c != '.' && c != 'e' && c != 'E') {
                throw new NumberFormatException("not a number");
            }
        }
        return text;
    }
}
