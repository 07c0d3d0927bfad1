package io.hubwire.architecture.planted.jakartaindomain.push.domain;

import jakarta.persistence.Entity;

@Entity
public final class Knows {}
