package io.zhitong.backend.access;

import io.zhitong.accessmodel.PinRecord;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.backend.people.PersonId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What lists are compiled from besides the policy (编译所需的事实), as it stood at one time.
 *
 * @param points of the community, tills included
 * @param homes units and buildings where each person lives today; nobody else
 * @param issued all credentials, or those that are to be compiled
 * @param numbers of their holders
 * @param pins of these credentials
 */
record Facts(
        Community community,
        List<PointRow> points,
        Map<PersonId, Set<UUID>> homes,
        List<IssuedCredential> issued,
        Map<PersonId, Long> numbers,
        List<PinRecord> pins) {
    Facts {
        points = List.copyOf(points);
        homes = Map.copyOf(homes);
        issued = List.copyOf(issued);
        numbers = Map.copyOf(numbers);
        pins = List.copyOf(pins);
    }
}
