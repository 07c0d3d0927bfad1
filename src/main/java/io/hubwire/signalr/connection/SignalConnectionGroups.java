package io.hubwire.signalr.connection;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** The groups of one type, by signals. */
record SignalConnectionGroups(ConnectionSignals signals, SignalSender sender, SignalPublisher publisher)
        implements ConnectionGroupManager {

    @Override
    public CompletionStage<Void> add(String connectionId, String groupName) {
        return publisher.join(SignalSender.requireNamed("connectionId", connectionId), membership(groupName));
    }

    @Override
    public CompletionStage<Void> remove(String connectionId, String groupName) {
        return publisher.leave(SignalSender.requireNamed("connectionId", connectionId), membership(groupName));
    }

    @Override
    public CompletionStage<Void> send(String groupName, Object value, String... excludedConnectionIds) {
        return sender.send(receivers(groupName), value, SignalSender.exclusions(excludedConnectionIds));
    }

    @Override
    public CompletionStage<Void> send(Collection<String> groupNames, Object value, String... excludedConnectionIds) {
        List<String> groups = groupNames.stream().map(this::receivers).toList();
        return sender.send(groups, value, SignalSender.exclusions(excludedConnectionIds));
    }

    // the name of a group to join or leave may be empty, that of one to send to may not (protocol §7.2, §8.2)
    private String membership(String groupName) {
        return signals.group(Objects.requireNonNull(groupName, "groupName"));
    }

    private String receivers(String groupName) {
        return signals.group(SignalSender.requireNamed("groupName", groupName));
    }
}
