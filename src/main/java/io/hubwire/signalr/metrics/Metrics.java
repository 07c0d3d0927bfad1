package io.hubwire.signalr.metrics;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counters and gauges of one server. Safe for any thread; counting takes no lock and allocates nothing.
 */
public final class Metrics {

    /** Longest instance name, in characters (protocol §15.1). */
    public static final int MAX_NAME_LENGTH = 127;

    private final String name;
    private final Map<Counter, LongAdder> counters = adders(Counter.class);
    private final Map<Gauge, LongAdder> gauges = adders(Gauge.class);
    private final Map<Limit, LongAdder> refusals = adders(Limit.class);
    private final RecentErrors recentErrors = new RecentErrors();
    private final Map<String, CallStatistics> calls = new ConcurrentSkipListMap<>();

    /** Metrics of a server that needs no name. */
    public Metrics() {
        this("signalr");
    }

    /**
     * Metrics of a named server.
     *
     * @param application tells several servers of one process apart; see {@link #name}
     */
    public Metrics(String application) {
        this.name = instanceName(application);
    }

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
        EnumMap<E, LongAdder> adders = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            adders.put(constant, new LongAdder());
        }
        return Collections.unmodifiableMap(adders);
    }

    private static String instanceName(String application) {
        String name = application
                .replace('(', '[')
                .replace(')', ']')
                .replace('#', '-')
                .replace('\\', '-')
                .replace('/', '-');
        return name.length() <= MAX_NAME_LENGTH ? name : name.substring(0, MAX_NAME_LENGTH);
    }

    /** The instance name: {@code ( ) # \ /} became {@code [ ] - - -}, cut at {@value #MAX_NAME_LENGTH} characters. */
    public String name() {
        return name;
    }

    /** Counts one. */
    public void increment(Counter counter) {
        counters.get(counter).increment();
    }

    /**
     * Counts several.
     *
     * @param amount 0 or more: counters never go down
     */
    public void add(Counter counter, long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException(counter + " cannot go down by " + -amount);
        }
        counters.get(counter).add(amount);
    }

    /**
     * Counts an error of the server, of its kind and among all, and remembers it for the operator.
     *
     * @param kind one of the counters of errors; {@link Counter#ERRORS_ALL} for one of no other kind
     * @param source the trace source (protocol §15.2)
     * @param what the server was doing; nothing that a peer has sent
     * @param cause null for none; only its class and where it was thrown are kept
     */
    public void error(Counter kind, String source, String what, Throwable cause) {
        countError(kind);
        recentErrors.add(source, what, cause);
    }

    /** Counts an error that is a peer's doing, of its kind and among all; nothing is remembered of it. */
    public void countError(Counter kind) {
        if (kind != Counter.ERRORS_ALL) {
            increment(kind);
        }
        increment(Counter.ERRORS_ALL);
    }

    /** The errors that {@link #error} was told of. */
    public RecentErrors recentErrors() {
        return recentErrors;
    }

    /**
     * The calls of one hub.
     *
     * @param hub a hub of the server by its name; never a name that a peer has sent, since what was asked for once stays
     */
    public CallStatistics calls(String hub) {
        return calls.computeIfAbsent(hub, name -> new CallStatistics());
    }

    /** The calls of all hubs that were asked for, by name. */
    public Map<String, CallStatistics> calls() {
        return Collections.unmodifiableMap(calls);
    }

    /** One more. */
    public void increment(Gauge gauge) {
        gauges.get(gauge).increment();
    }

    /** One less. */
    public void decrement(Gauge gauge) {
        gauges.get(gauge).decrement();
    }

    /** Moves a gauge up, or down when negative. */
    public void add(Gauge gauge, long change) {
        gauges.get(gauge).add(change);
    }

    /** Counts a refusal: under its limit, and in {@link Counter#LIMITS_REFUSED}. */
    public void refused(Limit limit) {
        refusals.get(limit).increment();
        increment(Counter.LIMITS_REFUSED);
    }

    /** How often the limit has refused something so far. */
    public long refusals(Limit limit) {
        return refusals.get(limit).sum();
    }

    /** What was counted so far. */
    public long value(Counter counter) {
        return counters.get(counter).sum();
    }

    /** Where the gauge stands; concurrent changes may or may not be seen. */
    public long value(Gauge gauge) {
        return gauges.get(gauge).sum();
    }

    /** All values; each is exact, but they are not taken at one instant. */
    public Snapshot snapshot() {
        EnumMap<Counter, Long> counts = new EnumMap<>(Counter.class);
        counters.forEach((counter, adder) -> counts.put(counter, adder.sum()));
        EnumMap<Gauge, Long> levels = new EnumMap<>(Gauge.class);
        gauges.forEach((gauge, adder) -> levels.put(gauge, adder.sum()));
        EnumMap<Limit, Long> refused = new EnumMap<>(Limit.class);
        refusals.forEach((limit, adder) -> refused.put(limit, adder.sum()));
        return new Snapshot(counts, levels, refused);
    }

    /** The values of a moment. */
    public record Snapshot(Map<Counter, Long> counters, Map<Gauge, Long> gauges, Map<Limit, Long> refusals) {

        /** Copies the maps. */
        public Snapshot {
            counters = Map.copyOf(counters);
            gauges = Map.copyOf(gauges);
            refusals = Map.copyOf(refusals);
        }

        /** All values by their display names, counters, then gauges, then refusals, each in the order of declaration. */
        public Map<String, Long> byName() {
            Map<String, Long> values = new LinkedHashMap<>();
            for (Counter counter : Counter.values()) {
                values.put(counter.displayName(), counters.getOrDefault(counter, 0L));
            }
            for (Gauge gauge : Gauge.values()) {
                values.put(gauge.displayName(), gauges.getOrDefault(gauge, 0L));
            }
            for (Limit limit : Limit.values()) {
                values.put(limit.displayName(), refusals.getOrDefault(limit, 0L));
            }
            return values;
        }

        /**
         * What was counted per second since an earlier snapshot, by the names that the original gives to rates.
         *
         * @param elapsed between the two, more than zero
         */
        public Map<String, Double> ratesSince(Snapshot earlier, Duration elapsed) {
            if (elapsed.isZero() || elapsed.isNegative()) {
                throw new IllegalArgumentException("elapsed must be more than zero: " + elapsed);
            }
            double seconds = elapsed.toNanos() / 1e9;
            Map<String, Double> rates = new LinkedHashMap<>();
            for (Counter counter : Counter.values()) {
                long counted = counters.getOrDefault(counter, 0L) - earlier.counters.getOrDefault(counter, 0L);
                counter.rateName().ifPresent(rate -> rates.put(rate, counted / seconds));
            }
            return rates;
        }
    }
}
