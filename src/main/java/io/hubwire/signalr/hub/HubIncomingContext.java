package io.hubwire.signalr.hub;

import java.util.List;

/**
 * A client's call on its way to a hub method.
 *
 * @param hub the hub that is called
 * @param instance the instance that serves this call alone
 * @param method what is called; unresolved when no method answers the call, which then fails when it is invoked
 * @param arguments bound to the method's parameters, and then its {@link Progress} if it takes one; unmodifiable, may contain nulls
 * @param caller who calls
 * @param state what the caller has sent of its state, and what has changed of it
 */
public record HubIncomingContext(
        HubDescriptor hub,
        HubBase<?> instance,
        MethodDescriptor method,
        List<Object> arguments,
        HubCallerContext caller,
        CallerState state) {}
