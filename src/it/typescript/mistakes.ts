// Each line that ends with "wrong" must be refused, and no other.
const wrongOrders = $.connection.orderHub;
const incomplete = { id: "1", state: 0 as const, total: 1, note: null };

$.connection.ordersHub; // wrong
wrongOrders.server.plcae; // wrong
wrongOrders.server.place({ ...incomplete, parts: [] }, { name: "Ada", known: true });
wrongOrders.server.place(incomplete, { name: "Ada", known: true }); // wrong
wrongOrders.server.place({ ...incomplete, parts: [], state: 2 }, { name: "Ada", known: true }); // wrong
wrongOrders.server.list("0"); // wrong
wrongOrders.server.list(0, 10, 20); // wrong
wrongOrders.server.list(0).done((page: string) => page); // wrong
wrongOrders.server.totals([1, 2], "2026-01-01"); // wrong
wrongOrders.server.totals("AQI=", new Date()); // wrong
wrongOrders.server.importAll("a.csv"); // wrong
wrongOrders.server.deleteAll(); // wrong
wrongOrders.server.state("1").done(state => state.toFixed()); // wrong
wrongOrders.client.palced = () => {}; // wrong
wrongOrders.client.placed = (order: string) => order; // wrong
wrongOrders.client.moved = (id, state, more) => more; // wrong
wrongOrders.client.hint = (text, seconds: number) => seconds; // wrong
$.connection.demo.server.sumOfBytes([1, 2]); // wrong
