package io.hubwire.push.realtime;

import java.util.concurrent.CompletionStage;

/** What the pages that show the stocks can be told. Stages complete when the message is on its way. */
public interface StockTickerClient {

    /** A price has changed. */
    CompletionStage<Void> updateStockPrice(Stock stock);

    /** Prices change from now on. */
    CompletionStage<Void> marketOpened();

    /** Prices stay as they are. */
    CompletionStage<Void> marketClosed();

    /** All stocks are at their first price again. */
    CompletionStage<Void> marketReset();
}
