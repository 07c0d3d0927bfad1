package io.hubwire.push.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hubwire.kit.LeakAudit;
import io.hubwire.push.realtime.Watchers.Call;
import io.hubwire.signalr.hub.HubException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class StockTickerTest {
    private static final Duration OFTEN = Duration.ofMillis(2);

    private final Watchers<StockTickerClient> watchers = Watchers.of(StockTickerClient.class);

    private StockTicker start() {
        return StockTicker.start(watchers, new Random(7), OFTEN);
    }

    @Test
    void market_open_tellsPricesThatChange_untilItIsClosed() {
        try (StockTicker ticker = start()) {
            assertThat(ticker.isOpen()).isFalse();

            done(ticker.openMarket());
            done(ticker.openMarket());
            await().until(() -> watchers.methods().contains("updateStockPrice"));
            done(ticker.closeMarket());

            assertThat(watchers.methods())
                    .startsWith("marketOpened", "updateStockPrice")
                    .endsWith("marketClosed");
            assertThat(watchers.methods()).containsOnlyOnce("marketOpened", "marketClosed");
            assertThat(ticker.stocks()).containsAll(lastTold());
        }
    }

    /** Of every stock that was told the last that was told. */
    private List<Stock> lastTold() {
        List<Stock> told = watchers.calls().stream()
                .filter(call -> call.method().equals("updateStockPrice"))
                .map(Call::arguments)
                .map(arguments -> (Stock) arguments.get(0))
                .toList();
        return told.stream()
                .filter(stock -> told.subList(told.indexOf(stock) + 1, told.size()).stream()
                        .noneMatch(later -> later.symbol().equals(stock.symbol())))
                .toList();
    }

    @Test
    void reset_closedMarket_bringsTheFirstPricesBack() {
        try (StockTicker ticker = start()) {
            var first = ticker.stocks();
            done(ticker.openMarket());
            await().untilAsserted(() -> assertThat(ticker.stocks()).isNotEqualTo(first));
            done(ticker.closeMarket());

            done(ticker.reset());

            assertThat(ticker.stocks()).isEqualTo(first);
            assertThat(watchers.methods()).endsWith("marketReset");
        }
    }

    @Test
    void reset_openMarket_isRefusedInPlainWords() {
        try (StockTicker ticker = start()) {
            done(ticker.openMarket());

            assertThatThrownBy(() -> done(ticker.reset()))
                    .hasRootCauseInstanceOf(HubException.class)
                    .hasRootCauseMessage("Close the market before you reset it.");
            assertThat(watchers.methods()).doesNotContain("marketReset");
        }
    }

    @Test
    void close_openMarket_endsTimerAndThread() {
        LeakAudit threads = LeakAudit.ofThreads("hubwire-stocks", "hubwire-shape");
        StockTicker ticker = start();
        done(ticker.openMarket());

        ticker.close();

        threads.verify();
        assertThatThrownBy(ticker::openMarket).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void changedBy_keepsLowAndHigh_andNeverFallsBelowACent() {
        Stock stock = Stock.opening("X", "10.00").changedBy(0.1).changedBy(-0.5);

        assertThat(stock)
                .isEqualTo(new Stock(
                        "X", amount("5.50"), amount("10.00"), amount("5.50"), amount("11.00"), amount("-5.50")));
        assertThat(stock.changedBy(-1).price()).isEqualTo("0.01");
    }

    private static BigDecimal amount(String text) {
        return new BigDecimal(text);
    }

    private static void done(CompletionStage<Void> stage) {
        stage.toCompletableFuture().join();
    }
}
