package io.hubwire.signalr.connection;

/** Names of the topics of one type of persistent connection (protocol §7.1). */
final class ConnectionSignals {
    private static final String GROUP = "pcg-";

    private final String typeName;

    ConnectionSignals(Class<? extends PersistentConnection> type) {
        this.typeName = type.getName();
    }

    String all() {
        return "pc-" + typeName;
    }

    String group(String name) {
        return groupPrefix() + name;
    }

    /** What all groups of this type begin with. */
    String groupPrefix() {
        return GROUP + typeName + '.';
    }

    /** A group's signal as its token spells it (protocol §8.3). */
    static String withoutPrefix(String group) {
        return group.substring(GROUP.length());
    }
}
