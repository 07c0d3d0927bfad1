package io.hubwire.signalr.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The groups of a connection, carried by its client (protocol §3.2, §8.3). Offsets let a reconnect on any node replay
 * exactly: each group from its join on, and joins and leaves since the token was issued.
 *
 * @param connectionId the only connection that may use it, case ignored
 * @param issuedAt the cursor, as text, at which {@code groups} was true
 * @param groups sorted by name; may be empty; names may be any text
 */
public record GroupsToken(String connectionId, String issuedAt, List<Group> groups) {

    /**
     * One membership.
     *
     * @param name with its hub or connection, as in {@code ChatHub.room1}
     * @param joinedAt the log's offset of the join
     */
    public record Group(String name, long joinedAt) {}

    /** Separates these tokens from all others of the same keys. */
    public static final String PURPOSE = "SignalR.Groups.v1.1";

    /**
     * Most bytes that the groups of one token may take: some 500 unrelated names of 20 characters. Whoever lets a connection join checks it. Clients of all transports
     * but long polling send the token in the request line, a third longer, so the host's header limit must leave room.
     */
    public static final int MAX_BYTES = 12_288;

    /** Sorts the groups, so that equal sets make equal values. */
    public GroupsToken {
        groups = groups.stream().sorted(Comparator.comparing(Group::name)).toList();
    }

    /** The token for the client; a third longer than {@link #bytes}, and a little. */
    public String protect(KeyRing keys) {
        return keys.protector(PURPOSE).protect(encode());
    }

    /** What the groups take, to be held against {@link #MAX_BYTES} before a join; never more when one of them is left. */
    public int bytes() {
        return encode().length;
    }

    /**
     * Reads a token; empty for what these keys have not issued as a groups token, and for the token of another
     * connection.
     *
     * @param connectionId of the connection that presents it
     */
    public static Optional<GroupsToken> unprotect(KeyRing keys, String token, String connectionId) {
        return keys.protector(PURPOSE)
                .unprotect(token)
                .flatMap(GroupsToken::decode)
                .filter(groups -> groups.connectionId.equalsIgnoreCase(connectionId));
    }

    // id, cursor, count; per group: characters shared with the name before, the rest of the name, join offset relative
    // to the one before; numbers are variable-length, so a group costs little more than what its name adds
    private byte[] encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64 + groups.size() * 16);
        writeText(out, connectionId);
        writeText(out, issuedAt);
        writeUnsigned(out, groups.size());
        String previous = "";
        long previousJoin = 0;
        for (Group group : groups) {
            int shared = sharedLength(previous, group.name);
            writeUnsigned(out, shared);
            writeText(out, group.name.substring(shared));
            writeSigned(out, group.joinedAt - previousJoin);
            previous = group.name;
            previousJoin = group.joinedAt;
        }
        return out.toByteArray();
    }

    /** Trusts nothing but that the bytes are ours: another release may have written them otherwise. */
    private static Optional<GroupsToken> decode(byte[] data) {
        try {
            ByteBuffer in = ByteBuffer.wrap(data);
            String id = readText(in);
            String issuedAt = readText(in);
            long count = readUnsigned(in);
            List<Group> groups = new ArrayList<>();
            String previous = "";
            long previousJoin = 0;
            for (long i = 0; i < count; i++) {
                int shared = Math.toIntExact(readUnsigned(in));
                previous = previous.substring(0, shared) + readText(in);
                previousJoin += readSigned(in);
                groups.add(new Group(previous, previousJoin));
            }
            return in.hasRemaining() ? Optional.empty() : Optional.of(new GroupsToken(id, issuedAt, groups));
        } catch (BufferUnderflowException | IndexOutOfBoundsException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static int sharedLength(String a, String b) {
        int length = 0;
        int limit = Math.min(a.length(), b.length());
        while (length < limit && a.charAt(length) == b.charAt(length)) {
            length++;
        }
        // never between the halves of a pair, which UTF-8 could not carry
        return length > 0 && Character.isHighSurrogate(a.charAt(length - 1)) ? length - 1 : length;
    }

    private static void writeText(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        writeUnsigned(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static String readText(ByteBuffer in) {
        int length = Math.toIntExact(readUnsigned(in));
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, UTF_8);
    }

    private static void writeSigned(ByteArrayOutputStream out, long value) {
        writeUnsigned(out, (value << 1) ^ (value >> 63));
    }

    private static long readSigned(ByteBuffer in) {
        long folded = readUnsigned(in);
        return (folded >>> 1) ^ -(folded & 1);
    }

    private static void writeUnsigned(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static long readUnsigned(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new ArithmeticException("a number of more than 64 bits");
    }
}
