package io.hubwire.push.realtime;

import java.time.Instant;

/**
 * How busy the machine is. The component names are the names in JSON, as pages of the original's CPU monitor know them.
 *
 * @param Usage of all processors together, in percent from 0 to 100 with two decimals; null when nobody knows
 * @param Time when that was
 */
public record CpuUsageInfo(Double Usage, Instant Time) {

    /** A load from 0 to 1; anything else, NaN as well, is unknown. */
    static CpuUsageInfo of(double load, Instant at) {
        boolean known = load >= 0 && load <= 1;
        return new CpuUsageInfo(known ? Math.round(load * 10_000) / 100.0 : null, at);
    }
}
