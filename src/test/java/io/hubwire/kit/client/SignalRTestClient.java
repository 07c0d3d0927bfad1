package io.hubwire.kit.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * One SignalR connection as a client sees it, over any transport: negotiate, connect, start, call hubs, receive, drop,
 * reconnect, abort. It keeps the cursor and the groups token and sends them back as clients do, collects everything it
 * receives, and waits for conditions with a limit.
 *
 * <p>The usual beginning is {@link #start(ClientOptions)}; each step is also there by itself. All {@code await…} methods throw
 * {@link AssertionError} with what was received when their limit passes. Usable from any thread; close it when done.
 */
public final class SignalRTestClient implements AutoCloseable {
    private final ClientOptions options;
    private final Inbox inbox = new Inbox();
    private final AtomicLong nextCall = new AtomicLong();

    private final List<ReceiveChannel> besides = new CopyOnWriteArrayList<>(); // opened before, and perhaps open

    private volatile Negotiation negotiation;
    private volatile ReceiveChannel channel;

    private SignalRTestClient(ClientOptions options) {
        this.options = options;
    }

    /** A client that has not sent anything yet. */
    public static SignalRTestClient create(ClientOptions options) {
        return new SignalRTestClient(options);
    }

    /** Negotiates, connects, waits for the init message and starts. */
    public static SignalRTestClient start(ClientOptions options) {
        SignalRTestClient client = create(options);
        try {
            client.negotiate();
            client.connect();
            client.start();
            return client;
        } catch (RuntimeException | Error e) {
            client.close();
            throw e;
        }
    }

    public ClientOptions options() {
        return options;
    }

    /** Asks for an id and a token. */
    public Negotiation negotiate() {
        RawExchange exchange = call(request("GET", options.target("negotiate")));
        requireStatus(exchange, 200);
        negotiation = new Negotiation(JsonText.parse(exchange.body()));
        return negotiation;
    }

    /** Uses an id and a token that somebody else negotiated. */
    public void adopt(Negotiation other) {
        negotiation = other;
    }

    /** Takes the place of a client that has received this cursor and this groups token last; an empty one is none. */
    public void resumeFrom(String cursor, String groupsToken) {
        inbox.resumeFrom(cursor, groupsToken);
    }

    /** Opens the receive channel and waits for the init message. */
    public void connect() {
        openChannel("connect");
        if (!inbox.awaitInit(options.patience()) || !isInitialized()) {
            throw failed("No init message after connect");
        }
    }

    /** Sends {@code /start} and checks its answer. */
    public void start() {
        RawExchange exchange = call(request("GET", target("start")));
        requireStatus(exchange, 200);
        String response = JsonText.parse(exchange.body())
                .get("Response")
                .map(JsonText::text)
                .orElse("");
        if (!response.equals("started")) {
            throw new AssertionError("Answer to start: " + exchange.body());
        }
    }

    /** Opens the receive channel again with the cursor and groups token received last. */
    public void reconnect() {
        openChannel("reconnect");
    }

    /** Opens a receive channel without waiting for its init message, and leaves the one before it to the server, which has to end it. */
    public void connectBesides() {
        openAnotherChannel("connect");
    }

    /** As {@link #reconnect}, but leaves the channel before it to the server, which has to end it. */
    public void reconnectBesides() {
        openAnotherChannel("reconnect");
    }

    /** Long polling with {@link ClientOptions#withManualPolling()}: polls once and waits for the answer. */
    public void poll() {
        openChannel("poll");
        awaitChannelEnd();
    }

    /** Long polling with {@link ClientOptions#withManualPolling()}: polls once, without waiting. */
    public void openPoll() {
        openChannel("poll");
    }

    /** Ends the receive channel without a word, as a client that lost its network; the connection lives on at the server. */
    public void drop() {
        channel.drop();
    }

    /** Tells the server that this client is done, then waits for the end of the channel if it is open. */
    public void abort() {
        if (channel != null) {
            channel.stopPolling();
        }
        RawExchange exchange = call(request("POST", target("abort")));
        requireStatus(exchange, 200);
        if (inbox.isChannelOpen()) {
            awaitChannelEnd();
        }
    }

    /** Keeps the host's session alive; true when the server answered {@code pong}. */
    public boolean ping() {
        RawExchange exchange = call(request("GET", options.path() + "/ping"));
        return exchange.status() == 200 && exchange.body().contains("\"pong\"");
    }

    /** Calls a hub method and waits for the answer. Arguments as for {@link JsonText#write}. */
    public HubResponse invoke(String hub, String method, Object... arguments) {
        return invokeAsync(hub, method, arguments).orTimeoutAfter(options.patience());
    }

    /** Calls a hub method without waiting. */
    public PendingCall invokeAsync(String hub, String method, Object... arguments) {
        return open("", hub, method, arguments);
    }

    /**
     * Calls a hub method with client state, without waiting.
     *
     * @param state JSON, sent as it is
     */
    public PendingCall invokeWithState(String state, String hub, String method, Object... arguments) {
        return open(",\"S\":" + state, hub, method, arguments);
    }

    private PendingCall open(String more, String hub, String method, Object... arguments) {
        String id = Long.toString(nextCall.getAndIncrement());
        String call = "{\"H\":" + JsonText.write(hub) + ",\"M\":" + JsonText.write(method) + ",\"A\":"
                + JsonText.write(arguments) + ",\"I\":" + id + more + "}";
        if (options.transport() == TestTransport.WEB_SOCKETS) {
            sendData(call);
            return new PendingCall(call, timeout -> inbox.awaitResponse(id, timeout), () -> inbox.response(id));
        }
        RawExchange exchange = openSend(call);
        return new PendingCall(call, exchange::endsWithin, () -> hubResponse(exchange));
    }

    /** Sends data as it is, over the socket or by {@code /send}; over HTTP the answer must be 200. */
    public void sendData(String data) {
        if (options.transport() == TestTransport.WEB_SOCKETS) {
            channel.webSocket()
                    .orElseThrow(() -> new IllegalStateException("not connected"))
                    .sendText(data);
        } else {
            RawExchange exchange = openSend(data);
            exchange.awaitEnd(options.patience());
            requireStatus(exchange, 200);
        }
    }

    /** Everything in {@code M} so far, over all frames. */
    public List<JsonText> messages() {
        return inbox.messages();
    }

    public List<ReceivedFrame> frames() {
        return inbox.frames();
    }

    /** Payloads that are neither frame, hub response nor keep-alive; a server must never send any. */
    public List<String> unreadable() {
        return inbox.unreadable();
    }

    /** {@code C} of the newest frame. */
    public Optional<String> cursor() {
        return inbox.cursor();
    }

    /** The newest {@code G}. */
    public Optional<String> groupsToken() {
        return inbox.groupsToken();
    }

    public String connectionId() {
        return negotiation().connectionId();
    }

    public boolean isNegotiated() {
        return negotiation != null;
    }

    public Negotiation negotiation() {
        if (negotiation == null) {
            throw new IllegalStateException("not negotiated yet");
        }
        return negotiation;
    }

    public int keepAlives() {
        return inbox.keepAlives();
    }

    /** The raw socket of the current WebSocket channel. */
    public Optional<RawWebSocket> webSocket() {
        return Optional.ofNullable(channel).flatMap(ReceiveChannel::webSocket);
    }

    /** The raw exchange of the current stream or poll. */
    public Optional<RawExchange> exchange() {
        return Optional.ofNullable(channel).flatMap(ReceiveChannel::exchange);
    }

    /** Waits until at least {@code count} messages have come and returns all. */
    public List<JsonText> awaitMessages(int count) {
        return awaitMessages(messages -> messages.size() >= count, count + " messages");
    }

    /** Waits until the messages satisfy {@code condition} and returns all. */
    public List<JsonText> awaitMessages(Predicate<List<JsonText>> condition, String what) {
        if (!inbox.awaitMessages(condition, options.patience())) {
            throw failed("Not received: " + what);
        }
        return inbox.messages();
    }

    /** Waits for a client call {@code hub.method} and returns its arguments; the first one counts. */
    public List<JsonText> awaitCall(String hub, String method) {
        Predicate<JsonText> wanted = message -> isCall(message, hub, method);
        return awaitMessages(messages -> messages.stream().anyMatch(wanted), hub + "." + method).stream()
                .filter(wanted)
                .findFirst()
                .flatMap(message -> message.get("A"))
                .orElseThrow()
                .elements();
    }

    /** Waits until the frames satisfy {@code condition} and returns all. */
    public List<ReceivedFrame> awaitFrames(Predicate<List<ReceivedFrame>> condition, String what) {
        if (!inbox.awaitFrames(condition, options.patience())) {
            throw failed("Not received: " + what);
        }
        return inbox.frames();
    }

    public void awaitKeepAlives(int count) {
        if (!inbox.awaitKeepAlives(count, options.patience())) {
            throw failed("Fewer than " + count + " keep-alives");
        }
    }

    /** Waits until the server has ended the receive channel. */
    public void awaitChannelEnd() {
        if (!inbox.awaitChannelEnd(options.patience())) {
            throw failed("The receive channel is still open");
        }
    }

    /** True when no message arrives within {@code time} that satisfies {@code unwanted}. */
    public boolean receivesNothing(Predicate<JsonText> unwanted, Duration time) {
        return !inbox.awaitMessages(messages -> messages.stream().anyMatch(unwanted), time);
    }

    /** Ends the channel, and those that were left to the server, without telling the server. Harmless when they have ended. */
    @Override
    public void close() {
        besides.forEach(ReceiveChannel::drop);
        besides.clear();
        ReceiveChannel current = channel;
        if (current != null) {
            current.drop();
        }
    }

    private void openChannel(String operation) {
        ReceiveChannel previous = channel;
        if (previous != null) {
            previous.drop();
        }
        openAnotherChannel(operation);
    }

    private void openAnotherChannel(String operation) {
        StringBuilder target = new StringBuilder(target(operation));
        if (!operation.equals("connect")) {
            inbox.cursor().ifPresent(cursor -> target.append("&messageId=").append(Percent.encode(cursor)));
            inbox.groupsToken()
                    .ifPresent(groups -> target.append("&groupsToken=").append(Percent.encode(groups)));
        }
        if (channel != null) {
            besides.add(channel);
        }
        channel = ReceiveChannel.open(options, target.toString(), target("poll"), inbox);
    }

    private RawExchange openSend(String data) {
        RawHttpRequest form = RawHttpRequest.form(target("send"), "data=" + Percent.encode(data));
        return options.http().open(form.headers(options.headers()));
    }

    private static Optional<HubResponse> hubResponse(RawExchange exchange) {
        return exchange.status() == 200 ? JsonText.tryParse(exchange.body()).map(HubResponse::new) : Optional.empty();
    }

    private boolean isInitialized() {
        return inbox.frames().stream().anyMatch(ReceivedFrame::init);
    }

    private static boolean isCall(JsonText message, String hub, String method) {
        return message.get("H")
                        .map(JsonText::text)
                        .filter(hub::equalsIgnoreCase)
                        .isPresent()
                && message.get("M").map(JsonText::text).filter(method::equals).isPresent();
    }

    private String target(String operation) {
        String target = options.target(operation, negotiation().connectionToken());
        return options.transport() == TestTransport.FOREVER_FRAME && operation.endsWith("connect")
                ? target + "&frameId=1"
                : target;
    }

    private RawHttpRequest request(String method, String target) {
        return new RawHttpRequest(method, target, options.headers(), new byte[0]);
    }

    private RawExchange call(RawHttpRequest request) {
        return options.http().call(request, options.patience());
    }

    private static void requireStatus(RawExchange exchange, int status) {
        if (exchange.status() != status) {
            throw new AssertionError(exchange.request() + " was answered " + exchange.status() + " " + exchange.body());
        }
    }

    private AssertionError failed(String what) {
        return new AssertionError(what + " within " + options.patience().toMillis() + " ms; frames: "
                + inbox.frames().stream().map(ReceivedFrame::json).toList() + ", unreadable: " + inbox.unreadable());
    }

    /** A hub call that was sent. */
    public static final class PendingCall {
        private final String call;
        private final Predicate<Duration> await;
        private final java.util.function.Supplier<Optional<HubResponse>> response;

        PendingCall(
                String call, Predicate<Duration> await, java.util.function.Supplier<Optional<HubResponse>> response) {
            this.call = call;
            this.await = await;
            this.response = response;
        }

        /** Whether the answer has come within {@code timeout}. */
        public boolean answersWithin(Duration timeout) {
            return await.test(timeout);
        }

        /**
         * Waits for the answer.
         *
         * @throws AssertionError when {@code timeout} passes first, or when the answer is no hub response
         */
        public HubResponse orTimeoutAfter(Duration timeout) {
            if (!answersWithin(timeout)) {
                throw new AssertionError("No answer within " + timeout.toMillis() + " ms to " + call);
            }
            return response.get().orElseThrow(() -> new AssertionError("No hub response to " + call));
        }
    }
}
