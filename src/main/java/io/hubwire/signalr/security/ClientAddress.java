package io.hubwire.signalr.security;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Whom to count a request for when all that is known is where it comes from. That is what the container says: behind a proxy it says the proxy's own address, unless it
 * is told whom to believe (on Tomcat by a {@code RemoteIpValve}, on Undertow by {@code proxy-address-forwarding}).
 */
public final class ClientAddress {
    private static final int PREFIX_BYTES = 8;

    /** Nothing else may reach the resolver: it would ask the network for names. */
    private static final Pattern IPV6 = Pattern.compile("\\[?([0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(?:%[^]]*)?]?");

    private ClientAddress() {}

    /**
     * The network that an address is counted under: an IPv4 address itself, and of IPv6 the /64, which is what a provider gives to one customer at least
     * (RFC 6177); an IPv4 address in an IPv6 one counts as what it is.
     *
     * @param address as text, without a port, with or without brackets and zone; what is no address is returned as it is
     */
    public static String network(String address) {
        var literal = IPV6.matcher(address);
        return literal.matches() ? ofIpv6(literal.group(1), address) : address;
    }

    private static String ofIpv6(String literal, String address) {
        try {
            InetAddress parsed = InetAddress.getByName("[" + literal + "]");
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(parsed.getAddress(), 0, PREFIX_BYTES) + "::/64"
                    : parsed.getHostAddress();
        } catch (UnknownHostException noAddress) {
            return address;
        }
    }
}
