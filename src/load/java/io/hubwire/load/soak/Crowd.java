package io.hubwire.load.soak;

import io.hubwire.push.kit.MultipartForm;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * So many places, each with a client that is replaced when it goes, and what the clients do: talk, upload, leave, vanish, lose their channels. Belongs to the thread of
 * the loop.
 */
final class Crowd implements SoakClient.Surroundings {
    private static final int COMING_AT_A_TIME = 32;
    private static final int MOST_COMPLAINTS = 50;
    private static final int TRIES_TO_FIND_ONE = 50;
    private static final long LEAST_AWAY_MILLIS = 1_000;
    private static final long MOST_AWAY_MILLIS = 5_000;
    private static final long CHECK_EVERY_MILLIS = 5_000;

    /**
     * A socket that nobody reads is found out by the second keep-alive at the latest, after 20 s; then come the disconnect timeout, with its grace 35 s, and a heartbeat of 5 s.
     * The rest is for a machine that has much to do.
     */
    private static final long UNTIL_VANISHED_IS_KNOWN_MILLIS = 90_000;

    /** An abort is carried out after it has been answered. */
    private static final long UNTIL_ABORT_IS_KNOWN_MILLIS = 10_000;

    private final SoakOptions options;
    private final InetSocketAddress server;
    private final SocketLoop loop;
    private final Requests requests;
    private final List<Person> people;
    private final DeliveryLedger ledger;
    private final Random chance = new Random();
    private final SoakClient[] places; // null while nobody is there
    private final List<String> complaints = new ArrayList<>();
    private int nextPlace;
    private int serial;
    private boolean busy;
    private int departed; // of whom the server may not know yet
    private long failures;
    private final Map<Deed, Long> counts = new EnumMap<>(Deed.class);

    /**
     * The crowd at one moment.
     *
     * @param here clients that the server must know
     * @param unsure those that it may know: coming, away, or gone a short while ago
     * @param failures what went wrong beside deliveries
     */
    record State(int here, int unsure, Map<Deed, Long> counts, DeliveryLedger.Totals deliveries, long failures) {
        State {
            counts = Map.copyOf(counts);
        }

        long count(Deed deed) {
            return counts.getOrDefault(deed, 0L);
        }

        /** Everything that went wrong. */
        long errors() {
            return failures + deliveries.wrong();
        }
    }

    Crowd(SoakOptions options, int size, URI uri, SocketLoop loop, Requests requests, List<Person> people) {
        this.options = options;
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), uri.getPort());
        this.loop = loop;
        this.requests = requests;
        this.people = people;
        this.ledger = new DeliveryLedger(TimeUnit.SECONDS.toNanos(options.boundSeconds()));
        this.places = new SoakClient[size];
    }

    /* --- the crowd as a whole --- */

    /** Lets clients come into all places. */
    void fill() {
        while (nextPlace < places.length && count(SoakClient::isComing) < COMING_AT_A_TIME) {
            come(nextPlace++);
        }
    }

    /** Whether every place has a client with a channel. */
    boolean isComplete() {
        return count(SoakClient::isHere) == places.length;
    }

    /** Lets them be busy, until {@link #rest}. */
    void beBusy() {
        busy = true;
        repeat(options.uploads(), this::upload);
        repeat(options.broadcasts(), this::broadcast);
        repeat(options.says(), this::say);
        repeat(options.churn(), this::churn);
        check();
    }

    private void repeat(double perSecond, Runnable deed) {
        if (perSecond > 0) {
            long period = Math.max(1, Math.round(TimeUnit.SECONDS.toMillis(1) / perSecond));
            loop.later(period, () -> {
                if (busy) {
                    repeat(perSecond, deed);
                    deed.run();
                }
            });
        }
    }

    private void check() {
        ledger.check(System.nanoTime());
        clients().forEach(SoakClient::checkSilence);
        loop.later(CHECK_EVERY_MILLIS, () -> {
            if (busy) {
                check();
            }
        });
    }

    void rest() {
        busy = false;
    }

    /** Whether everybody is here and has got everything. */
    boolean isSettled() {
        ledger.check(System.nanoTime());
        return isComplete() && ledger.isSettled();
    }

    /** Lets all leave; those away too. */
    void leaveAll() {
        ledger.finish();
        for (int place = 0; place < places.length; place++) {
            if (places[place] != null) {
                leave(place);
            }
        }
    }

    State state() {
        int coming = (int) count(SoakClient::isComing) + (int) count(SoakClient::isAway);
        return new State((int) count(SoakClient::isHere), coming + departed, counts, ledger.totals(), failures);
    }

    /** What is wrong so far, in words; only the first of much. */
    List<String> complaints() {
        return Stream.concat(complaints.stream(), ledger.complaints().stream()).toList();
    }

    private Stream<SoakClient> clients() {
        return Arrays.stream(places).filter(Objects::nonNull);
    }

    private long count(Predicate<SoakClient> which) {
        return clients().filter(which).count();
    }

    /* --- coming and going --- */

    private void come(int place) {
        Person person = people.get(place % people.size());
        String room = "room-" + place % options.rooms();
        Set<String> streams = new HashSet<>(Set.of("everyone", room));
        person.followed().forEach(name -> streams.add("files of " + name));
        String from = "127.0.1." + (1 + place % options.addresses());
        ReceiveChannel.Path path = new ReceiveChannel.Path(
                loop,
                new InetSocketAddress(options.addresses() == 1 ? "127.0.0.1" : from, 0),
                server,
                person.authorization());
        places[place] = new SoakClient(
                this, person, options.transport(place), room, streams, path, person.name() + "/" + serial++);
        places[place].come();
    }

    private void comeAgain(int place) {
        places[place] = null;
        loop.later(awayMillis(), () -> come(place));
    }

    private long awayMillis() {
        return chance.nextLong(LEAST_AWAY_MILLIS, MOST_AWAY_MILLIS);
    }

    private int placeOf(SoakClient client) {
        return Arrays.asList(places).indexOf(client);
    }

    private void churn() {
        someone(SoakClient::isIdle).ifPresent(client -> {
            switch (chance.nextInt(3)) {
                case 0 -> {
                    int place = placeOf(client);
                    leave(place);
                    comeAgain(place);
                }
                case 1 -> {
                    note(Deed.VANISH);
                    client.vanish();
                    unsureFor(UNTIL_VANISHED_IS_KNOWN_MILLIS);
                    comeAgain(placeOf(client));
                }
                default -> {
                    note(Deed.DROP);
                    client.drop(awayMillis());
                }
            }
        });
    }

    private void leave(int place) {
        note(Deed.LEAVE);
        departed++;
        places[place].leave();
        places[place] = null;
    }

    private void unsureFor(long millis) {
        departed++;
        loop.later(millis, () -> departed--);
    }

    private Optional<SoakClient> someone(Predicate<SoakClient> which) {
        return chance.ints(TRIES_TO_FIND_ONE, 0, places.length)
                .mapToObj(place -> places[place])
                .filter(Objects::nonNull)
                .filter(which)
                .findFirst();
    }

    /* --- what they do --- */

    private void upload() {
        Person owner = people.get(chance.nextInt(people.size()));
        int number = ledger.publish("files of " + owner.name(), System.nanoTime());
        byte[] content = new byte[options.uploadBytes()];
        chance.nextBytes(content);
        MultipartForm form = new MultipartForm()
                .field("category", "documents")
                .file(MessageText.fileName(number), "application/octet-stream", content);
        note(Deed.UPLOAD);
        published(number, requests.post(owner.authorization(), "/api/files", form.contentType(), form.body(), 201));
    }

    private void broadcast() {
        someone(SoakClient::isHere).ifPresent(client -> {
            int number = ledger.publish("everyone", System.nanoTime());
            note(Deed.BROADCAST);
            published(number, client.call("pushhub", "Send", MessageText.of(number)));
        });
    }

    private void say() {
        someone(SoakClient::isHere).ifPresent(client -> {
            int number = ledger.publish(client.room(), System.nanoTime());
            note(Deed.SAY);
            published(number, client.call("chathub", "Send", MessageText.of(number)));
        });
    }

    private void published(int number, CompletionStage<?> publication) {
        publication.whenComplete((done, failure) -> {
            if (failure != null) {
                ledger.withdraw(number);
                complain("message " + number + " could not be published: " + failure.getMessage());
            }
        });
    }

    private void note(Deed deed) {
        counts.merge(deed, 1L, Long::sum);
    }

    /* --- what clients tell --- */

    @Override
    public SocketLoop loop() {
        return loop;
    }

    @Override
    public Requests requests() {
        return requests;
    }

    @Override
    public DeliveryLedger ledger() {
        return ledger;
    }

    @Override
    public void arrived(SoakClient client) {
        note(Deed.ARRIVE);
        fill();
    }

    @Override
    public void failed(SoakClient client, String why) {
        complain(client + " could not come: " + why);
        unsureFor(UNTIL_VANISHED_IS_KNOWN_MILLIS);
        comeAgain(placeOf(client));
        fill();
    }

    @Override
    public void endedByServer(SoakClient client, String why) {
        note(Deed.LOSE_CHANNEL);
        complain(client + " has lost its channel: " + why);
    }

    @Override
    public void returned(SoakClient client) {
        note(Deed.RETURN);
    }

    @Override
    public void aborted(SoakClient client) {
        loop.later(UNTIL_ABORT_IS_KNOWN_MILLIS, () -> departed--);
    }

    @Override
    public void complain(String what) {
        failures++;
        if (complaints.size() < MOST_COMPLAINTS) {
            complaints.add(what);
        }
    }
}
