package io.zhitong.backend.people;

import java.util.UUID;

/** Identifies a person (人员). */
public record PersonId(UUID value) {}
