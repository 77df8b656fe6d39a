package io.zhitong.backend.access;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.decision.Decision;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** By whose right a visitor may be brought to which floor (访客派梯的住户). The lift itself decides again, by its own lists. */
@Component
public class LiftHosts {
    private final PolicyBook book;
    private final FactsReader reader;
    private final Clock clock;

    LiftHosts(PolicyBook book, FactsReader reader, Clock clock) {
        this.book = book;
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * The floors to which a household may let somebody now.
     *
     * @param lift a point of kind LIFT
     * @return floor index (of the rear door 256 more), rising, with one credential whose right it is; empty when nobody of the
     *     unit may, or the lift takes no orders from afar
     */
    public SortedMap<Integer, CredentialNumber> floors(CommunityId community, UUID unit, PointRow lift) {
        return floors(book.current(community), reader.household(community, unit), lift, clock.instant());
    }

    static SortedMap<Integer, CredentialNumber> floors(PolicyContent content, Facts facts, PointRow lift, Instant now) {
        WhatIfSide side = new WhatIfSide(content, facts);
        SortedMap<Integer, CredentialNumber> floors = new TreeMap<>();
        for (IssuedCredential credential : facts.issued()) {
            if (side.remote(credential.number(), lift, now) instanceof Decision.Grant grant) {
                grant.floors().numbers().forEach(floor -> floors.putIfAbsent(floor, credential.number()));
            }
        }
        return Collections.unmodifiableSortedMap(floors);
    }
}
