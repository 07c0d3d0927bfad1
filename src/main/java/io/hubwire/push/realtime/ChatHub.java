package io.hubwire.push.realtime;

import io.hubwire.signalr.hub.HubException;
import io.hubwire.signalr.hub.TypedHub;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Rooms in which people talk under names that they choose. A connection sits in one room at a time; that is kept with the connection, and who is in a room is
 * known to nobody: a room is a group. Nothing that is said is kept.
 */
public class ChatHub extends TypedHub<ChatClient> {
    /** Of a name and of a room, in UTF-16 units. */
    static final int MAX_NAME_LENGTH = 40;
    /** Of a message, in UTF-16 units. */
    static final int MAX_MESSAGE_LENGTH = 1000;

    private final Clock clock;

    /** The pipeline makes a hub for each call. */
    @Inject
    public ChatHub(Clock clock) {
        this.clock = clock;
    }

    /**
     * Takes a seat in a room and gives up the one before. Completes when the room knows; who has that seat already is not told anew, so a client may join again
     * after every reconnect.
     */
    public CompletionStage<Void> join(String name, String room) {
        Seat seat = new Seat(checked("name", name, MAX_NAME_LENGTH), checked("room", room, MAX_NAME_LENGTH));
        Optional<Seat> before = Optional.ofNullable((Seat) context().items().put(Seat.class, seat));
        if (before.equals(Optional.of(seat))) {
            return CompletableFuture.completedFuture(null);
        }
        return before.map(this::leave)
                .orElseGet(() -> CompletableFuture.completedFuture(null))
                .thenCompose(left -> groups().add(context().connectionId(), seat.room()))
                .thenCompose(added -> clients().group(seat.room()).joined(seat.name(), user()));
    }

    /** Says something to everyone in the caller's room, the caller too. */
    public CompletionStage<Void> send(String text) {
        Seat seat = seat().orElseThrow(() -> new HubException("Join a room first."));
        String checked = checked("message", text, MAX_MESSAGE_LENGTH);
        return clients()
                .group(seat.room())
                .addChatMessageToPage(new ChatMessage(
                        seat.name(), user(), checked, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }

    @Override
    public CompletionStage<?> onDisconnected(boolean stopCalled) {
        return seat().map(seat -> clients().group(seat.room()).left(seat.name(), user()))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    private CompletionStage<Void> leave(Seat seat) {
        return groups().remove(context().connectionId(), seat.room())
                .thenCompose(removed -> clients().group(seat.room()).left(seat.name(), user()));
    }

    private Optional<Seat> seat() {
        return Optional.ofNullable((Seat) context().items().get(Seat.class));
    }

    private String user() {
        return context()
                .user()
                .orElseThrow(() -> new HubException("Sign in first."))
                .getName();
    }

    private static String checked(String what, String text, int most) {
        if (text == null || text.isBlank()) {
            throw new HubException("The " + what + " is empty.");
        }
        if (text.length() > most) {
            throw new HubException(
                    "A " + what + " may have at most " + most + " characters, not " + text.length() + ".");
        }
        return text.strip();
    }

    /** Under what name somebody sits in which room. */
    private record Seat(String name, String room) {}
}
