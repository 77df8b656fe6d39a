package io.zhitong.uhppote;

import io.zhitong.accessmodel.Shortfall;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.uhppote.message.BoardCard;
import io.zhitong.uhppote.message.BoardProfile;
import io.zhitong.uhppote.message.Interlock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a board shall hold (板内容计划), and what of the lists cannot be held.
 *
 * @param cards by number, rising
 * @param credentials whose number each is
 * @param profiles by id
 * @param owners of which schedules each profile was made
 * @param doors doors 1 to 4
 * @param until when the plan must be made anew
 */
record BoardPlan(
        Map<Long, BoardCard> cards,
        Map<Long, CredentialNumber> credentials,
        Map<Integer, BoardProfile> profiles,
        Map<Integer, Set<Integer>> owners,
        List<DoorPlan> doors,
        Interlock interlock,
        Instant until,
        List<Shortfall> shortfalls) {}
