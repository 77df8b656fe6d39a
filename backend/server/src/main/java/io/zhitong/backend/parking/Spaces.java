package io.zhitong.backend.parking;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.SpaceKind;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.devices.DeviceLists;
import io.zhitong.backend.devices.ListScope;
import io.zhitong.backend.people.PersonId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who has how many spaces in which lot, and who changed that when (车位账). Every change is a row; the newest stands. */
@Component
public class Spaces {
    private final SpaceRows rows;
    private final DeviceLists lists;
    private final AuditLog audit;
    private final Clock clock;

    Spaces(SpaceRows rows, DeviceLists lists, AuditLog audit, Clock clock) {
        this.rows = rows;
        this.lists = lists;
        this.audit = audit;
        this.clock = clock;
    }

    /** What stands now, by lot. */
    public List<Space> now(CommunityId community) {
        return rows.now(community);
    }

    /** The last changes, newest first. */
    public List<Space> history(CommunityId community, int most) {
        return rows.history(community, most);
    }

    /**
     * Gives or takes spaces; the lanes are told with the next compiling.
     *
     * @param person nothing with kind TEMPORARY: the lot takes cars that nobody knows
     * @param spaces 0 takes all away; 1 to 255
     */
    @Transactional
    public void give(
            CommunityId community,
            Optional<PersonId> person,
            int lot,
            int spaces,
            SpaceKind kind,
            Actor who,
            String why) {
        String before = now(community).stream()
                .filter(each -> each.lot() == lot && each.person().equals(person))
                .map(each -> each.spaces() + " " + each.kind())
                .findFirst()
                .orElse("");
        String told = why.replace('\0', '\uFFFD');
        rows.insert(community, new Space(person, lot, spaces, kind, who.name(), told, clock.instant()));
        lists.changed(community, ListScope.of(ListKind.SPACES));
        audit.record(
                community,
                who,
                "parking.spaces",
                "lot " + lot + " person "
                        + person.map(each -> each.value().toString()).orElse("anybody"),
                before,
                spaces + " " + kind + " " + told);
    }
}
