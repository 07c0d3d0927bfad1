// What a page may do with the typings of OrderHub and DemoHub; must compile.
const orders = $.connection.orderHub;
const { demo } = $.signalR;

orders.client.placed = (order, at) => {
    const total: number = order.total;
    const note: string | null = order.note;
    const ids: string[] = order.parts.map(part => part.id);
    console.log(order.id.length, total, note, ids, at.substring(0, 10));
};
orders.client.moved = (id: string, state: HubProxies.State) => console.log(id, state === 1);
orders.client.hint = (text, seconds?: number) => console.log(text, seconds);
orders.client["the-end"] = () => console.log("the end");

const order: HubProxies.Order = { id: "1", state: 0, total: 2.5, note: null, parts: [] };

$.connection.hub.start({ transport: "longPolling" })
    .then(() => orders.server.place(order, { name: "Ada", known: true }))
    .then((text: string) => console.log(text.length));
orders.server.list(0).done(page => page.items.forEach((item: HubProxies.Order) => console.log(item.id, page.last)));
orders.server.list(0, 10).done((page: HubProxies.PageOfOrder) => console.log(page.items.length));
orders.server.state("1").done(state => console.log(state === null ? "none" : state === 1));
orders.server.totals("AQI=", new Date().toISOString()).done(totals => console.log(totals["a"].toFixed(2)));
orders.server.move("1", 1).done(() => console.log("moved"));
orders.server.importAll(["a.csv"]).progress(file => console.log(file.length)).done(count => console.log(count.toFixed()));
orders.server.anything({ whatever: [1, "2"] }).done(value => console.log(value.whatever));
orders.server.Delete_All();
orders.state.locale = "de";
orders.on("placed", () => {}).off("placed");

demo.client.signal = (text: string) => console.log(text);
demo.server.Overload(7).done((n: number) => console.log(n));
demo.server.Overload().done(() => console.log("done"));

const other = $.hubConnection("/elsewhere", { useDefaultPath: false });
other.createHubProxies().demo.server.echoReturn("x").done((text: string) => console.log(text));
