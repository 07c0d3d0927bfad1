package io.hubwire.push.realtime;

import io.hubwire.signalr.hub.TypedHub;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

/** The way from pages to the {@link StockTicker}, which tells them of changes by itself: a hub lives for one call. */
public class StockTickerHub extends TypedHub<StockTickerClient> {
    private final StockTicker ticker;

    /** The pipeline makes a hub for each call. */
    @Inject
    public StockTickerHub(StockTicker ticker) {
        this.ticker = ticker;
    }

    /** What all stocks cost now, by symbol. */
    public Collection<Stock> getAllStocks() {
        return ticker.stocks();
    }

    /** {@code Open} or {@code Closed}. */
    public String getMarketState() {
        return ticker.isOpen() ? "Open" : "Closed";
    }

    /** Opens the market for everybody; an open one stays open. */
    public CompletionStage<Void> openMarket() {
        return ticker.openMarket();
    }

    /** Closes the market for everybody; a closed one stays closed. */
    public CompletionStage<Void> closeMarket() {
        return ticker.closeMarket();
    }

    /** Puts all stocks back to their first price. Fails while the market is open. */
    public CompletionStage<Void> reset() {
        return ticker.reset();
    }
}
