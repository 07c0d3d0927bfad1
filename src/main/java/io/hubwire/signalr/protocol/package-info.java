/**
 * The values of the wire and their JSON: negotiation, receive frames, hub calls and answers, versions, and the binding
 * of JSON to Java values (protocol §2, §4, §6). Knows nothing of containers, connections or hubs; starts no thread and
 * reads no clock. All types are immutable or confined to one call, unless they say otherwise.
 *
 * <p>JSON is read by the Jakarta JSON Processing provider (Eclipse Parsson), found once; JSON Binding is used for beans
 * and records where it is present, and nothing here fails to load without it.
 */
package io.hubwire.signalr.protocol;
