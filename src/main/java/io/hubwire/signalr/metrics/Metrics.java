package io.hubwire.signalr.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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
    private final Map<String, LongAdder> applicationRefusals; // its keys stay as they are
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
        this(application, Set.of());
    }

    /**
     * Metrics of a named server, whose application has limits of its own.
     *
     * @param limits their names, such as {@code Upload Size}, in the order in which they are shown
     * @throws IllegalArgumentException when one of them is empty, or that of a {@link Limit}
     */
    public Metrics(String application, Set<String> limits) {
        this.name = instanceName(application);
        Map<String, LongAdder> adders = new LinkedHashMap<>();
        limits.forEach(limit -> adders.put(requireFree(limit), new LongAdder()));
        this.applicationRefusals = Collections.unmodifiableMap(adders);
    }

    private static String requireFree(String limit) {
        String shown = Limit.displayName(limit);
        boolean taken =
                Arrays.stream(Limit.values()).anyMatch(own -> own.displayName().equalsIgnoreCase(shown));
        if (limit.isBlank() || taken) {
            throw new IllegalArgumentException("An application cannot have a limit called \"" + limit + "\"");
        }
        return limit;
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

    /**
     * Counts a refusal of the application: under its limit, and in {@link Counter#LIMITS_REFUSED}.
     *
     * @param applicationLimit one that the server was set up with; {@link IllegalArgumentException} for another
     */
    public void refused(String applicationLimit) {
        LongAdder refused = applicationRefusals.get(applicationLimit);
        if (refused == null) {
            throw new IllegalArgumentException("The server was set up without a limit called \"" + applicationLimit
                    + "\"; it knows " + applicationRefusals.keySet());
        }
        refused.increment();
        increment(Counter.LIMITS_REFUSED);
    }

    /** The names of the application's limits, as the server was set up. */
    public Set<String> applicationLimits() {
        return applicationRefusals.keySet();
    }

    /** How often a limit of the application has refused something so far; 0 for one that there is not. */
    public long refusals(String applicationLimit) {
        LongAdder refused = applicationRefusals.get(applicationLimit);
        return refused == null ? 0 : refused.sum();
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
        Map<String, Long> refusedByApplication = new LinkedHashMap<>();
        applicationRefusals.forEach((limit, adder) -> refusedByApplication.put(limit, adder.sum()));
        return new Snapshot(counts, levels, refused, refusedByApplication);
    }

    /**
     * The values of a moment.
     *
     * @param applicationRefusals by the names of the application's limits, in their order
     */
    public record Snapshot(
            Map<Counter, Long> counters,
            Map<Gauge, Long> gauges,
            Map<Limit, Long> refusals,
            Map<String, Long> applicationRefusals) {

        /** Copies the maps. */
        public Snapshot {
            counters = Map.copyOf(counters);
            gauges = Map.copyOf(gauges);
            refusals = Map.copyOf(refusals);
            applicationRefusals = Collections.unmodifiableMap(new LinkedHashMap<>(applicationRefusals));
        }

        /** All values by their display names, counters, then gauges, then refusals, the application's last, each in the order of declaration. */
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
            applicationRefusals.forEach((limit, count) -> values.put(Limit.displayName(limit), count));
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
