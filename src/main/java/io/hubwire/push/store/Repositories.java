package io.hubwire.push.store;

import jakarta.persistence.EntityManager;

/** What the application stores, within one transaction. Belongs to the thread that runs the transaction. */
public final class Repositories {
    private final EntityManager entities;

    Repositories(EntityManager entities) {
        this.entities = entities;
    }

    public Accounts accounts() {
        return new Accounts(entities);
    }

    public Follows follows() {
        return new Follows(entities);
    }

    public SharedFiles files() {
        return new SharedFiles(entities);
    }

    public Notifications notifications() {
        return new Notifications(entities);
    }

    public HubConnections connections() {
        return new HubConnections(entities);
    }
}
