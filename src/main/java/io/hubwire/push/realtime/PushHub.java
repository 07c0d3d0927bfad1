package io.hubwire.push.realtime;

import io.hubwire.push.domain.Person;
import io.hubwire.push.domain.UserName;
import io.hubwire.push.service.ConnectionLeases;
import io.hubwire.push.service.People;
import io.hubwire.signalr.hub.Authorize;
import io.hubwire.signalr.hub.HubException;
import io.hubwire.signalr.hub.TypedHub;
import jakarta.inject.Inject;
import java.security.Principal;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The pages' hub: keeps record of who is connected, and passes messages between people. For those who are signed in: a
 * connection of anyone else is refused when it starts.
 */
@Authorize
public class PushHub extends TypedHub<PushClient> {
    /** Of a message, in UTF-16 units. */
    static final int MAX_MESSAGE_LENGTH = 1000;

    private final ConnectionLeases leases;
    private final People people;
    private final Clock clock;

    /** The pipeline makes a hub for each call. */
    @Inject
    public PushHub(ConnectionLeases leases, People people, Clock clock) {
        this.leases = leases;
        this.people = people;
        this.clock = clock;
    }

    @Override
    public CompletionStage<?> onConnected() {
        return takeLease();
    }

    @Override
    public CompletionStage<?> onReconnected() {
        return takeLease();
    }

    @Override
    public CompletionStage<?> onDisconnected(boolean stopCalled) {
        context()
                .user()
                .ifPresent(user -> leases.release(user.getName(), context().connectionId()));
        return CompletableFuture.completedFuture(null);
    }

    /** Says something to everyone who is connected, the caller too. */
    public CompletionStage<Void> send(String message) {
        return clients().all().addNewMessageToPage(caller().displayName(), checked(message));
    }

    /** Says something to one person: on all pages that person has open. */
    public CompletionStage<Void> sendTo(String userName, String message) {
        Person from = caller();
        Person to = UserName.canonical(userName)
                .flatMap(people::find)
                .orElseThrow(() -> new HubException("There is no such person."));
        List<String> connections = leases.live(Set.of(to.name())).getOrDefault(to.name(), List.of());
        if (connections.isEmpty()) {
            throw new HubException(to.displayName() + " is not here now.");
        }
        var text = TextMessage.of(from, checked(message), clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return clients().clients(connections).broadcastMessage(text);
    }

    /** By what the request's token says, never by what a client claims. */
    private CompletionStage<?> takeLease() {
        leases.take(user().getName(), context().connectionId());
        return CompletableFuture.completedFuture(null);
    }

    private Person caller() {
        return people.find(user().getName()).orElseThrow(() -> new HubException("There is no such person."));
    }

    private Principal user() {
        return context().user().orElseThrow(() -> new HubException("Sign in first."));
    }

    private static String checked(String message) {
        if (message == null || message.isBlank()) {
            throw new HubException("The message is empty.");
        }
        if (message.length() > MAX_MESSAGE_LENGTH) {
            throw new HubException(
                    "A message may have at most " + MAX_MESSAGE_LENGTH + " characters, not " + message.length() + ".");
        }
        return message;
    }
}
