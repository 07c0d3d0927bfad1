package io.hubwire.push.realtime;

import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The day of a stock so far. Prices have two decimals.
 *
 * @param symbol what it is called at the market
 * @param price what it costs now, more than nothing
 * @param dayOpen what it cost when the day began
 * @param dayLow the least that it has cost today
 * @param dayHigh the most that it has cost today
 * @param lastChange what the latest change added to the price
 */
@JsonbPropertyOrder({"symbol", "price", "dayOpen", "dayLow", "dayHigh", "lastChange"})
public record Stock(
        @JsonbProperty("Symbol") String symbol,
        @JsonbProperty("Price") BigDecimal price,
        @JsonbProperty("DayOpen") BigDecimal dayOpen,
        @JsonbProperty("DayLow") BigDecimal dayLow,
        @JsonbProperty("DayHigh") BigDecimal dayHigh,
        @JsonbProperty("LastChange") BigDecimal lastChange) {
    private static final BigDecimal LEAST = new BigDecimal("0.01");

    /** A day that begins. */
    static Stock opening(String symbol, String price) {
        BigDecimal opening = new BigDecimal(price);
        return new Stock(symbol, opening, opening, opening, opening, new BigDecimal("0.00"));
    }

    /** After a change by some part of the price, such as -0.002; it never falls below a cent. */
    Stock changedBy(double part) {
        BigDecimal changed = price.multiply(BigDecimal.valueOf(1 + part))
                .setScale(2, RoundingMode.HALF_UP)
                .max(LEAST);
        return new Stock(symbol, changed, dayOpen, dayLow.min(changed), dayHigh.max(changed), changed.subtract(price));
    }
}
