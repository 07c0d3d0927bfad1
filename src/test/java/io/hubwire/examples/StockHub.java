package io.hubwire.examples;

import io.hubwire.signalr.hub.Hub;
import io.hubwire.signalr.hub.HubException;
import jakarta.json.bind.annotation.JsonbProperty;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Results at once and later, overloads, and errors. */
public class StockHub extends Hub {
    private static final List<Stock> STOCKS =
            List.of(new Stock("ALDER", new BigDecimal("107.70")), new Stock("BIRCH", new BigDecimal("25.36")));

    /** A result; the names in JSON are those of the guide's client code. */
    public record Stock(
            @JsonbProperty("Symbol") String symbol,
            @JsonbProperty("Price") BigDecimal price) {}

    public List<Stock> getAllStocks() {
        return STOCKS;
    }

    /** For clients the same as above. */
    public CompletionStage<List<Stock>> fetchAllStocks() {
        return CompletableFuture.supplyAsync(() -> STOCKS);
    }

    /** Overloads differ in the number of their parameters. */
    public Stock find(String symbol) {
        return find(symbol, "0");
    }

    public Stock find(String symbol, String least) {
        return STOCKS.stream()
                .filter(stock -> stock.symbol().equals(symbol))
                .filter(stock -> stock.price().compareTo(new BigDecimal(least)) >= 0)
                .findFirst()
                .orElseThrow(() -> new HubException("There is no such stock.", Map.of("symbol", symbol)));
    }

    /** What is thrown here reaches clients only where detailed errors are switched on. */
    public void fail() {
        throw new IllegalStateException("the database is on fire");
    }
}
