package io.hubwire.load.soak;

import io.hubwire.kit.client.TestTransport;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to do to the server. Rates are per second, all clients together.
 *
 * @param connections clients, 4 to 50,000
 * @param shares how many in a hundred use which transport
 * @param seconds how long, from the moment when all clients are there
 * @param sampleSeconds between two looks at the server
 * @param users whom the connections belong to, in turn
 * @param follows how many others each user follows
 * @param rooms of the chat, one of which each connection sits in
 * @param uploads files
 * @param uploadBytes of a file
 * @param broadcasts messages to everyone
 * @param says messages to a room
 * @param churn connections that leave, vanish or are cut off, and come back within seconds
 * @param boundSeconds after which a message is late
 * @param addresses local ones, in 127.0.0.0/8, that connections come from; 1 where the system has but 127.0.0.1
 * @param growthPercent what the heap after collection may gain from the second sample to the last
 * @param server the one to start, or the one that runs
 */
record SoakOptions(
        int connections,
        Map<TestTransport, Integer> shares,
        int seconds,
        int sampleSeconds,
        int users,
        int follows,
        int rooms,
        double uploads,
        int uploadBytes,
        double broadcasts,
        double says,
        double churn,
        int boundSeconds,
        int addresses,
        int growthPercent,
        Server server) {
    private static final int MOST_CONNECTIONS = 50_000;
    private static final int FEWEST_SAMPLES = 3;
    private static final int MOST_ADDRESSES = 250;
    private static final List<TestTransport> ORDER = List.of(
            TestTransport.WEB_SOCKETS,
            TestTransport.SERVER_SENT_EVENTS,
            TestTransport.LONG_POLLING,
            TestTransport.FOREVER_FRAME);
    private static final List<Map.Entry<String, String>> DEFAULTS = List.of(
            Map.entry("connections", "5000"),
            Map.entry("shares", "50,20,20,10"),
            Map.entry("seconds", "600"),
            Map.entry("sample", "60"),
            Map.entry("users", "500"),
            Map.entry("follows", "10"),
            Map.entry("rooms", "100"),
            Map.entry("uploads", "2"),
            Map.entry("bytes", "20000"),
            Map.entry("broadcasts", "0.5"),
            Map.entry("says", "5"),
            Map.entry("churn", "5"),
            Map.entry("bound", "30"),
            Map.entry("addresses", "1"),
            Map.entry("growth", "10"),
            Map.entry("war", "target/hubwire.war"),
            Map.entry("flags", "-Xms1g -Xmx2g -XX:+UseG1GC"),
            Map.entry("log", "target/soak-server.log"),
            Map.entry("url", ""),
            Map.entry("pid", ""),
            Map.entry("accounts", ""));

    SoakOptions {
        require(connections >= ORDER.size() && connections <= MOST_CONNECTIONS, "connections must be 4 to 50000");
        require(shares.values().stream().mapToInt(Integer::intValue).sum() == 100, "shares must add up to 100");
        require(sampleSeconds > 0 && seconds / sampleSeconds >= FEWEST_SAMPLES, "seconds must hold 3 samples");
        require(users > follows && follows > 0, "users must be more than follows, and that at least 1");
        require(rooms > 0 && boundSeconds > 0 && uploadBytes > 0, "rooms, bound and bytes must be at least 1");
        require(uploads > 0 && broadcasts > 0 && says > 0, "uploads, broadcasts and says must be more than 0");
        require(churn >= 0, "churn must be at least 0");
        require(addresses > 0 && addresses <= MOST_ADDRESSES, "addresses must be 1 to 250");
        shares = Map.copyOf(shares);
    }

    /** Which server it is about. */
    sealed interface Server {

        /**
         * One that is started from its archive, with a directory of its own.
         *
         * @param flags of its JVM
         * @param log the file that takes its output
         */
        record Started(Path war, List<String> flags, Path log) implements Server {}

        /**
         * One that runs on this machine.
         *
         * @param accounts who can sign in there, in the form of the setting {@code hubwire.accounts}
         */
        record Running(URI uri, long pid, Path accounts) implements Server {}
    }

    /** Reads {@code name=value} words. */
    static SoakOptions parse(String... args) {
        Map<String, String> values = new LinkedHashMap<>();
        DEFAULTS.forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        for (String word : args) {
            String[] pair = word.split("=", 2);
            require(
                    pair.length == 2 && values.replace(pair[0], pair[1]) != null,
                    "unknown option " + word + "; known are " + values.keySet());
        }
        return new SoakOptions(
                number(values, "connections"),
                shares(values.get("shares")),
                number(values, "seconds"),
                number(values, "sample"),
                number(values, "users"),
                number(values, "follows"),
                number(values, "rooms"),
                rate(values, "uploads"),
                number(values, "bytes"),
                rate(values, "broadcasts"),
                rate(values, "says"),
                rate(values, "churn"),
                number(values, "bound"),
                number(values, "addresses"),
                number(values, "growth"),
                server(values));
    }

    private static Server server(Map<String, String> values) {
        if (values.get("url").isEmpty()) {
            return new Server.Started(
                    Path.of(values.get("war")), List.of(values.get("flags").split(" +")), Path.of(values.get("log")));
        }
        require(
                Optional.of(values.get("pid"))
                                .filter(pid -> pid.matches("[0-9]{1,10}"))
                                .isPresent()
                        && !values.get("accounts").isEmpty(),
                "with url, pid must be the process id of that server, and accounts a file of who can sign in there");
        return new Server.Running(
                URI.create(values.get("url")), Long.parseLong(values.get("pid")), Path.of(values.get("accounts")));
    }

    private static Map<TestTransport, Integer> shares(String text) {
        List<Integer> numbers =
                Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList();
        require(numbers.size() == ORDER.size(), "shares must be numbers of " + ORDER);
        Map<TestTransport, Integer> shares = new LinkedHashMap<>();
        for (int i = 0; i < ORDER.size(); i++) {
            shares.put(ORDER.get(i), numbers.get(i));
        }
        return shares;
    }

    /** Which transport the client of so many uses; the shares hold for each hundred. */
    TestTransport transport(int client) {
        int place = client * 37 % 100; // prime to 100: each place once in a hundred, well mixed
        for (TestTransport transport : ORDER) {
            place -= shares.get(transport);
            if (place < 0) {
                return transport;
            }
        }
        throw new IllegalStateException("shares add up to less than 100: " + shares);
    }

    private static int number(Map<String, String> values, String name) {
        return Integer.parseInt(values.get(name));
    }

    private static double rate(Map<String, String> values, String name) {
        return Double.parseDouble(values.get(name));
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException(rule);
        }
    }
}
