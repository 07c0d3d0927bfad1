/**
 * Where the application keeps its data: JPA entities, repositories and the versioned schema.
 *
 * <p>Knows {@code domain}. Entities never leave this package. Calls block on the database, on the caller's thread.
 */
package io.hubwire.push.store;
