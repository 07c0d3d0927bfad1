package io.hubwire.signalr.security;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a connect ticket says: who may open one connection, from where, and until when it has to be begun. It stands in URLs in place of a credential that would be good
 * for more.
 *
 * @param id of the ticket, and of the one connection that it is good for; random
 * @param origin of the page that it was issued to, such as {@code https://www.example.com:443}; empty for clients that are no browsers
 * @param redeemBefore when negotiation must have come; the connection itself may go on until the holder's credentials expire
 */
public record ConnectTicket(String id, Holder holder, String origin, Instant redeemBefore) {

    /** Separates these tokens from all others of the same keys. */
    public static final String PURPOSE = "Hubwire.ConnectTicket";

    /** Most bytes that a ticket may take; each request of the connection carries it in its query, a third longer. */
    public static final int MAX_BYTES = 2048;

    /**
     * Whose ticket it is: what the server knew when it issued it.
     *
     * @param userName not empty
     * @param claims names and their values
     * @param expiresAt when the credentials expire that the ticket was given for, and with them the connection; counted in milliseconds
     */
    public record Holder(String userName, Set<String> roles, Map<String, List<String>> claims, Instant expiresAt) {

        public Holder {
            if (userName.isEmpty()) {
                throw new IllegalArgumentException("A connect ticket is for a user who has a name.");
            }
            Objects.requireNonNull(expiresAt, "expiresAt");
            roles = Set.copyOf(roles);
            Map<String, List<String>> copied = new LinkedHashMap<>();
            claims.forEach((name, values) -> copied.put(name, List.copyOf(values)));
            claims = Map.copyOf(copied);
        }
    }

    /**
     * A new ticket.
     *
     * @param origin the {@code Origin} header of the request that asks for it; null for none
     * @throws IllegalArgumentException when the origin is none, such as {@code null}, that of sandboxed pages
     */
    public static ConnectTicket create(Holder holder, String origin, Instant redeemBefore) {
        String from = origin == null
                ? ""
                : OriginPolicy.canonical(origin)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "A connect ticket is for a page with an origin of its own, http or https."));
        return new ConnectTicket(UUID.randomUUID().toString(), holder, from, redeemBefore);
    }

    /**
     * The ticket for the client.
     *
     * @throws IllegalArgumentException beyond {@link #MAX_BYTES}
     */
    public String protect(KeyRing keys) {
        byte[] data = encode();
        if (data.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "A connect ticket of " + data.length + " bytes is too long for URLs, which" + " take " + MAX_BYTES
                            + ": leave out claims that connections do not need.");
        }
        return keys.protector(PURPOSE).protect(data);
    }

    /** Reads a ticket; empty for what these keys have not issued as one, whatever it is. */
    public static Optional<ConnectTicket> unprotect(KeyRing keys, String token) {
        return keys.protector(PURPOSE).unprotect(token).flatMap(ConnectTicket::decode);
    }

    /**
     * Whether a request may come with it.
     *
     * @param requestOrigin the {@code Origin} header; null where browsers leave it out, which they do for plain requests of the server's own pages only
     */
    public boolean isGoodFrom(String requestOrigin) {
        return requestOrigin == null
                || OriginPolicy.canonical(requestOrigin).filter(origin::equals).isPresent();
    }

    /** Nobody's credentials into a log. */
    @Override
    public String toString() {
        return "ConnectTicket[" + id + "]";
    }

    private byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeUTF(id);
            out.writeUTF(origin);
            out.writeLong(redeemBefore.toEpochMilli());
            out.writeUTF(holder.userName);
            out.writeLong(holder.expiresAt.toEpochMilli());
            writeTexts(out, holder.roles);
            out.writeInt(holder.claims.size());
            for (Map.Entry<String, List<String>> claim : holder.claims.entrySet()) {
                out.writeUTF(claim.getKey());
                writeTexts(out, claim.getValue());
            }
        } catch (UTFDataFormatException longerThanAnyTicket) {
            throw new IllegalArgumentException("A text of more than 65535 bytes has no place in a connect ticket.");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Trusts nothing but that the bytes are ours: another release may have written them otherwise. */
    private static Optional<ConnectTicket> decode(byte[] data) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(data))) {
            String id = in.readUTF();
            String origin = in.readUTF();
            Instant redeemBefore = Instant.ofEpochMilli(in.readLong());
            String userName = in.readUTF();
            Instant expiresAt = Instant.ofEpochMilli(in.readLong());
            Set<String> roles = new HashSet<>(readTexts(in));
            Map<String, List<String>> claims = new LinkedHashMap<>();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                String name = in.readUTF();
                claims.put(name, readTexts(in));
            }
            return in.available() > 0
                    ? Optional.empty()
                    : Optional.of(new ConnectTicket(
                            id, new Holder(userName, roles, claims, expiresAt), origin, redeemBefore));
        } catch (IOException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static void writeTexts(DataOutputStream out, Collection<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            out.writeUTF(text);
        }
    }

    private static List<String> readTexts(DataInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            texts.add(in.readUTF());
        }
        return texts;
    }
}
