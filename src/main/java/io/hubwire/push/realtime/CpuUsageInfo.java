package io.hubwire.push.realtime;

import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;

/**
 * How busy the machine is.
 *
 * @param usage of all processors together, in percent from 0 to 100 with two decimals; null when nobody knows
 * @param time when that was
 */
@JsonbNillable
@JsonbPropertyOrder({"usage", "time"})
public record CpuUsageInfo(
        @JsonbProperty("Usage") Double usage,
        @JsonbProperty("Time") Instant time) {

    /** @param load from 0 to 1; anything else, NaN as well, is unknown */
    static CpuUsageInfo of(double load, Instant time) {
        boolean known = load >= 0 && load <= 1;
        return new CpuUsageInfo(known ? Math.round(load * 10_000) / 100.0 : null, time);
    }
}
