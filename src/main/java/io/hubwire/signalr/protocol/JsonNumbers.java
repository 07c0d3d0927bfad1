package io.hubwire.signalr.protocol;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The original's number layout. A binary floating-point number is printed with 15 digits (float: 7) if they give the
 * same number back, otherwise with 17 (float: 9); in scientific notation when its exponent is below -4 or reaches the
 * number of digits.
 */
final class JsonNumbers {
    private static final int DOUBLE_DIGITS = 15;
    private static final int DOUBLE_DIGITS_EXACT = 17;
    private static final int FLOAT_DIGITS = 7;
    private static final int FLOAT_DIGITS_EXACT = 9;
    // 15 and 6 decimal digits survive the way to double and float and back, so a short text needs no second look
    private static final int FLOAT_DIGITS_SAFE = 6;
    private static final int SMALLEST_PLAIN_EXPONENT = -4;
    private static final int MAX_PLAIN_SCALE = 64;
    private static final double WHOLE_LIMIT = 1e15;

    private JsonNumbers() {}

    static void append(StringBuilder json, double value) {
        if (value == Math.rint(value) && Math.abs(value) < WHOLE_LIMIT) {
            json.append((long) value).append(".0");
        } else if (Double.isNaN(value) || Double.isInfinite(value)) {
            json.append('"').append(value).append('"');
        } else {
            layout(json, digits(value), DOUBLE_DIGITS_EXACT);
        }
    }

    static void append(StringBuilder json, float value) {
        if (Float.isNaN(value) || Float.isInfinite(value)) {
            json.append('"').append(value).append('"');
        } else if (value == 0) {
            json.append("0.0");
        } else {
            layout(json, digits(value), FLOAT_DIGITS_EXACT);
        }
    }

    static void append(StringBuilder json, BigDecimal value) {
        if (Math.abs((long) value.scale()) > MAX_PLAIN_SCALE) {
            json.append(value); // plain text could be gigabytes long
            return;
        }
        json.append(value.toPlainString());
        if (value.scale() <= 0) {
            json.append(".0");
        }
    }

    private static BigDecimal digits(double value) {
        BigDecimal shortest = BigDecimal.valueOf(value);
        if (shortest.precision() <= DOUBLE_DIGITS) {
            return shortest;
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal usual = exact.round(new MathContext(DOUBLE_DIGITS, RoundingMode.HALF_EVEN));
        return usual.doubleValue() == value
                ? usual
                : exact.round(new MathContext(DOUBLE_DIGITS_EXACT, RoundingMode.HALF_EVEN));
    }

    private static BigDecimal digits(float value) {
        BigDecimal shortest = new BigDecimal(Float.toString(value));
        if (shortest.precision() <= FLOAT_DIGITS_SAFE) {
            return shortest;
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal usual = exact.round(new MathContext(FLOAT_DIGITS, RoundingMode.HALF_EVEN));
        return usual.floatValue() == value
                ? usual
                : exact.round(new MathContext(FLOAT_DIGITS_EXACT, RoundingMode.HALF_EVEN));
    }

    private static void layout(StringBuilder json, BigDecimal rounded, int exactDigits) {
        BigDecimal number = rounded.stripTrailingZeros();
        int exponent = number.precision() - number.scale() - 1;
        int usualDigits = exactDigits - 2;
        int plainBelow = number.precision() > usualDigits ? exactDigits : usualDigits;
        if (exponent < SMALLEST_PLAIN_EXPONENT || exponent >= plainBelow) {
            scientific(json, number, exponent);
        } else {
            json.append(number.toPlainString());
            if (number.scale() <= 0) {
                json.append(".0");
            }
        }
    }

    private static void scientific(StringBuilder json, BigDecimal number, int exponent) {
        String digits = number.unscaledValue().abs().toString();
        if (number.signum() < 0) {
            json.append('-');
        }
        json.append(digits.charAt(0));
        if (digits.length() > 1) {
            json.append('.').append(digits, 1, digits.length());
        }
        int magnitude = Math.abs(exponent);
        json.append(exponent < 0 ? "E-" : "E+")
                .append(magnitude < 10 ? "0" : "")
                .append(magnitude);
    }
}
