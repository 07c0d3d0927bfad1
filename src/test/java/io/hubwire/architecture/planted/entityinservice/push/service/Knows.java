package io.hubwire.architecture.planted.entityinservice.push.service;

import jakarta.persistence.Entity;

@Entity
public final class Knows {}
