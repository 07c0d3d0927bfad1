/* The stocks: the server's ticker tells every price that changes. */
"use strict";

(() => {
  const { live, shell, view } = Hubwire;
  const HUB = "stockTickerHub";
  const rows = new Map();

  /* --- prices --- */

  const money = amount => amount.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

  function change(stock) {
    const today = stock.Price - stock.DayOpen;
    const percent = Math.abs(100 * today / stock.DayOpen).toFixed(2) + " %";
    if (Math.abs(today) < 0.005) {
      return { direction: "same", text: "0.00 %" };
    }
    return today > 0 ? { direction: "up", text: "▲ +" + percent } : { direction: "down", text: "▼ −" + percent };
  }

  function row(symbol) {
    if (!rows.has(symbol)) {
      const added = view.fromTemplate("quote");
      added.dataset.symbol = symbol;
      rows.set(symbol, added);
      view.byId("quotes").append(added);
    }
    return rows.get(symbol);
  }

  function show(stock) {
    const today = change(stock);
    const quote = view.fill(row(stock.Symbol), {
      symbol: stock.Symbol,
      price: money(stock.Price),
      open: money(stock.DayOpen),
      low: money(stock.DayLow),
      high: money(stock.DayHigh),
      change: today.text
    });
    view.slot(quote, "change").dataset.direction = today.direction;
  }

  /** Lights the price up for a moment, green or red. */
  function update(stock) {
    show(stock);
    view.slot(row(stock.Symbol), "price").animate(
      { color: ["var(--" + (stock.LastChange > 0 ? "good" : "bad") + ")", "var(--ink)"] },
      { duration: 900 });
  }

  /* --- market --- */

  function showMarket(state) {
    const open = state === "Open";
    view.byId("market").textContent = open ? "The market is open" : "The market is closed";
    view.byId("market").dataset.state = state;
    view.byId("market-open").disabled = open;
    view.byId("market-close").disabled = !open;
    view.byId("market-reset").disabled = open;
  }

  /** After every start and reconnect: prices may have changed in between. */
  async function refresh() {
    try {
      (await live.call(HUB, "getAllStocks")).forEach(show);
      showMarket(await live.call(HUB, "getMarketState"));
      view.showText(view.byId("market-error"), "");
    } catch (failure) {
      view.showText(view.byId("market-error"), failure.message);
    }
  }

  function onClick(id, method) {
    view.onClick(view.byId(id), view.byId("market-error"), () => live.call(HUB, method));
  }

  shell.whenSignedIn(() => {
    shell.show();
    onClick("market-open", "openMarket");
    onClick("market-close", "closeMarket");
    onClick("market-reset", "reset");
    shell.connect({
      [HUB]: {
        updateStockPrice: update,
        marketOpened: () => showMarket("Open"),
        marketClosed: () => showMarket("Closed"),
        marketReset: refresh
      }
    }, refresh);
  });
})();
