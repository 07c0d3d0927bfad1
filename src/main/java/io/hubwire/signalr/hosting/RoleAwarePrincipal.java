package io.hubwire.signalr.hosting;

import java.security.Principal;

/**
 * A principal that knows its own roles. Where a request's principal is one, {@link HostRequest#isUserInRole} asks it at any
 * time; a container's principal can be asked only while the request is alive, so hosts ask about the roles known in advance.
 */
public interface RoleAwarePrincipal extends Principal {

    /** Whether the principal has the role. Callable from any thread; does not block. */
    boolean hasRole(String role);
}
