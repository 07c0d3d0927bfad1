package io.hubwire.push.realtime;

import io.hubwire.signalr.hub.HubContext;
import io.hubwire.signalr.hub.HubException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A market whose prices change by chance while it is open, and that tells all clients of {@link StockTickerHub}. There is one for the deployment; on several
 * nodes each has prices of its own. Closed when it starts.
 *
 * <p>Owns one thread, on which everything changes, so that clients hear of changes in the order in which they were made. The thread ends when this is closed;
 * the market's timer runs only while the market is open. Methods may be called from any thread and never block, {@link #close} excepted.
 */
public final class StockTicker implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final double CHANCE_OF_A_CHANGE = 0.4;
    private static final double MOST_CHANGE = 0.005;

    private final HubContext<StockTickerClient> watchers;
    private final RandomGenerator chance;
    private final Duration period;
    private final BroadcastThread thread = new BroadcastThread("hubwire-stocks");
    private volatile Map<String, Stock> stocks = firstPrices(); // never changed; replaced by the thread alone
    private volatile Future<?> timer; // set by the thread alone; null while the market is closed

    private StockTicker(HubContext<StockTickerClient> watchers, RandomGenerator chance, Duration period) {
        this.watchers = watchers;
        this.chance = chance;
        this.period = period;
    }

    /** Starts with a closed market. */
    public static StockTicker start(HubContext<StockTickerClient> watchers) {
        // Not RandomGenerator.getDefault(), which finds nothing by the class loader of a web application.
        return start(watchers, new SplittableRandom(), PERIOD);
    }

    static StockTicker start(HubContext<StockTickerClient> watchers, RandomGenerator chance, Duration period) {
        return new StockTicker(watchers, chance, period);
    }

    private static Map<String, Stock> firstPrices() {
        return bySymbol(Stream.of(
                Stock.opening("ALDER", "107.70"),
                Stock.opening("BIRCH", "25.36"),
                Stock.opening("CEDAR", "570.42"),
                Stock.opening("HAZEL", "63.19"),
                Stock.opening("LARCH", "9.85"),
                Stock.opening("ROWAN", "231.04")));
    }

    private static Map<String, Stock> bySymbol(Stream<Stock> stocks) {
        return stocks.collect(Collectors.toMap(Stock::symbol, stock -> stock, (one, other) -> other, TreeMap::new));
    }

    /** All stocks as they are now, by symbol. */
    Collection<Stock> stocks() {
        return List.copyOf(stocks.values());
    }

    boolean isOpen() {
        return timer != null;
    }

    /** Completes when clients are being told. */
    CompletionStage<Void> openMarket() {
        return change(() -> {
            if (!isOpen()) {
                timer = thread.every(period, this::tick);
                thread.tell(() -> watchers.clients().all().marketOpened());
            }
        });
    }

    /** Completes when clients are being told. */
    CompletionStage<Void> closeMarket() {
        return change(() -> {
            if (isOpen()) {
                timer.cancel(false);
                timer = null;
                thread.tell(() -> watchers.clients().all().marketClosed());
            }
        });
    }

    /** Completes when clients are being told; fails with a {@link HubException} while the market is open. */
    CompletionStage<Void> reset() {
        return change(() -> {
            if (isOpen()) {
                throw new HubException("Close the market before you reset it.");
            }
            stocks = firstPrices();
            thread.tell(() -> watchers.clients().all().marketReset());
        });
    }

    private CompletionStage<Void> change(Runnable change) {
        return CompletableFuture.runAsync(change, thread.executor());
    }

    private void tick() {
        List<Stock> changed = stocks.values().stream()
                .filter(stock -> chance.nextDouble() < CHANCE_OF_A_CHANGE)
                .map(stock -> stock.changedBy(chance.nextDouble(-MOST_CHANGE, MOST_CHANGE)))
                .filter(stock -> stock.lastChange().signum() != 0)
                .toList();
        stocks = bySymbol(Stream.concat(stocks.values().stream(), changed.stream()));
        changed.forEach(stock -> thread.tell(() -> watchers.clients().all().updateStockPrice(stock)));
    }

    @Override
    public void close() {
        thread.close();
    }
}
