package io.hubwire.signalr.bus;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Carries out what the commands of one subscription change in its groups: at once, at their own offset, in replays too; and answers whoever waits for it.
 * Confined to the loop.
 */
final class GroupCommands {
    private final DeliveryLoop loop;
    private final SubscriptionRequest request;
    private final Memberships memberships;

    GroupCommands(DeliveryLoop loop, SubscriptionRequest request, Memberships memberships) {
        this.loop = loop;
        this.request = request;
        this.memberships = memberships;
    }

    /**
     * A command in force that the subscriber may have to be told.
     *
     * @param offset where it takes effect
     */
    record Told(Command command, long offset) {

        boolean changesGroups() {
            return GroupCommands.changesGroups(command);
        }
    }

    private static boolean changesGroups(Command command) {
        return command instanceof Command.Join || command instanceof Command.Leave;
    }

    /**
     * A command has come.
     *
     * @param reading whether the subscription reads payloads: otherwise the client may live on elsewhere, in fewer groups, and whoever reads for it says
     *     what is refused
     * @return what to tell the subscriber, if anything
     */
    Optional<Told> carryOut(Command command, long offset, boolean reading) {
        if (command instanceof Command.Refuse refuse) {
            return undo(refuse, offset);
        }
        return take(command, offset, reading) ? Optional.of(new Told(command, offset)) : Optional.empty();
    }

    /**
     * Carries out what was said while nobody read. Commands up to the position are the past and change the groups only; those up to {@code issuedAt} are
     * contained in the groups, and were answered before these were issued; those that were refused never had an effect.
     *
     * @return what to tell the subscriber when it has passed the offsets
     */
    List<Told> replay(long issuedAt, long position) {
        EntryRing commands = loop.obtain(request.commandTopic()).commands;
        long first = commands.firstAfter(Math.min(issuedAt, position));
        Set<Long> refused = refusedSince(commands, first);
        List<Told> told = new ArrayList<>(0);
        for (long i = first; i < commands.next(); i++) {
            LogEntry entry = commands.get(i).entry;
            Command command = entry.message.command();
            boolean contained = changesGroups(command) && entry.offset <= issuedAt;
            boolean applies = !contained && !refused.contains(entry.offset);
            if (applies && take(command, entry.offset, true) && entry.offset > position) {
                told.add(new Told(command, entry.offset));
            }
        }
        return told;
    }

    /** The offsets of the joins that were refused. */
    private static Set<Long> refusedSince(EntryRing commands, long first) {
        Set<Long> refused = new HashSet<>();
        for (long i = first; i < commands.next(); i++) {
            if (commands.get(i).entry.message.command() instanceof Command.Refuse refuse) {
                refused.add(refuse.offset());
            }
        }
        return refused;
    }

    /** Changes the groups, and answers; false if there is nothing to tell the subscriber. */
    private boolean take(Command command, long offset, boolean reading) {
        if (command instanceof Command.Join join) {
            return join(join, offset, reading);
        }
        if (command instanceof Command.Leave leave) {
            memberships.leave(leave.topic(), offset);
            loop.acknowledge(leave.id());
        }
        return !(command instanceof Command.Refuse);
    }

    private boolean join(Command.Join join, long offset, boolean reading) {
        Optional<String> refusal = memberships.refusal(request.joins(), join.topic(), offset);
        if (refusal.isEmpty()) {
            memberships.join(join.topic(), offset);
            loop.acknowledge(join.id());
        } else if (reading) {
            loop.refuse(request.commandTopic(), new Command.Refuse(join, offset, refusal.get()));
        }
        return refusal.isEmpty();
    }

    /** Another subscription of this client was in more groups, and was asked first. */
    private Optional<Told> undo(Command.Refuse refuse, long offset) {
        Command.Join join = refuse.join();
        if (!memberships.isJoinedAt(join.topic(), refuse.offset())) {
            return Optional.empty();
        }
        memberships.leave(join.topic(), offset);
        return Optional.of(new Told(new Command.Leave(join.topic(), join.id()), offset));
    }
}
