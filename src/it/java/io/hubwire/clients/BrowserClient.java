package io.hubwire.clients;

import static io.hubwire.clients.Story.patiently;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** jquery.signalR in a frame. */
final class BrowserClient implements StoryClient {
    private final BrowserStage stage;
    private final Page page;
    private final AtomicInteger orders = new AtomicInteger();

    /**
     * What the frame shows.
     *
     * @param site that has the page
     * @param query what {@code client.js} reads
     */
    record Page(String site, Map<String, String> query) {

        /** @param signalr version of the client, as in the packages' names
         * @param jquery version of jQuery, likewise */
        static Page of(String site, String teller, String signalr, String jquery, String transport) {
            return new Page(site, Map.of())
                    .with("teller", teller)
                    .with("signalr", signalr)
                    .with("jquery", jquery)
                    .with("transport", transport)
                    .with("hubs", "/signalr");
        }

        Page with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(query);
            more.put(name, value);
            return new Page(site, more);
        }

        String teller() {
            return query.get("teller");
        }

        String address() {
            return query.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&", site + "/pages/client.html?", ""));
        }
    }

    private BrowserClient(BrowserStage stage, Page page) {
        this.stage = stage;
        this.page = page;
    }

    /** Returns when the page is loaded. */
    static BrowserClient enter(BrowserStage stage, Page page) {
        BrowserClient client = new BrowserClient(stage, page);
        stage.enter(page.teller(), page.address());
        client.await(page.teller() + " is there");
        return client;
    }

    @Override
    public void start() {
        order("start");
    }

    /** Versions of the client and of jQuery, with a blank between them. */
    String versions() {
        return (String) look().get("versions");
    }

    @Override
    public String transport() {
        return (String) look().get("transport");
    }

    @Override
    public String invoke(String method, Object... arguments) {
        Object[] parameters = new Object[arguments.length + 1];
        parameters[0] = method;
        System.arraycopy(arguments, 0, parameters, 1, arguments.length);
        return String.valueOf(order("invoke", parameters));
    }

    @Override
    @SuppressWarnings("unchecked") // An array of the script is a list of the driver.
    public List<String> received() {
        return (List<String>) look().get("received");
    }

    @Override
    public void comeBack() {
        patiently(page.teller() + " to be connected again").until(() -> "connected".equals(look().get("state")));
    }

    @Override
    public void stop() {
        order("stop");
    }

    @Override
    public void close() {
        stage.leave(page.teller());
    }

    @SuppressWarnings("unchecked") // An object of the script is a map of the driver.
    private Map<String, Object> look() {
        return (Map<String, Object>) order("look");
    }

    private Object order(String name, Object... parameters) {
        String id = page.teller() + " " + orders.incrementAndGet();
        stage.order(page.teller(), id, name, parameters);
        Map<String, Object> answer = await(id);
        if (answer.get("failure") != null) {
            throw new AssertionError(page.teller() + ", " + name + ": " + answer.get("failure"));
        }
        return answer.get("value");
    }

    private Map<String, Object> await(String id) {
        return patiently("answer to " + id)
                .until(() -> stage.answer(id), Optional::isPresent)
                .orElseThrow();
    }
}
