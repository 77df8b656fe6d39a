package io.zhitong.backend.parking;

import io.zhitong.accessmodel.SpaceKind;
import io.zhitong.backend.people.PersonId;
import java.time.Instant;
import java.util.Optional;

/**
 * Spaces in a lot, as somebody changed them last (车位).
 *
 * @param person whose cars use them, for the household; nothing = cars that nobody knows
 * @param spaces how many at once, 0 = none any more
 */
public record Space(
        Optional<PersonId> person, int lot, int spaces, SpaceKind kind, String who, String why, Instant changed) {}
