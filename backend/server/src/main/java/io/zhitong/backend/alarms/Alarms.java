package io.zhitong.backend.alarms;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The alarms of a community, and who saw to them (报警与确认). */
@Component
public class Alarms {
    private static final int LONGEST_NOTE = 100;

    private final AlarmRows rows;
    private final AlarmCopies copies;
    private final AuditLog audit;
    private final Clock clock;

    Alarms(AlarmRows rows, AlarmCopies copies, AuditLog audit, Clock clock) {
        this.rows = rows;
        this.copies = copies;
        this.audit = audit;
        this.clock = clock;
    }

    /** The newest first; those whose record is still on its way stand before all others. */
    public List<Alarm> newest(CommunityId community, boolean openOnly, int limit) {
        List<Alarm> all = new ArrayList<>(ahead(community));
        all.addAll(rows.before(community, openOnly, Long.MAX_VALUE, limit));
        return all.subList(0, Math.min(limit, all.size()));
    }

    private List<Alarm> ahead(CommunityId community) {
        List<Alarm> ahead = new ArrayList<>();
        for (AlarmCopies.Copy copy : copies.of(community)) {
            if (rows.has(copy)) {
                copies.replaced(copy);
            } else {
                ahead.add(copy.alarm());
            }
        }
        return ahead;
    }

    public List<Alarm> before(CommunityId community, boolean openOnly, long position, int limit) {
        return rows.before(community, openOnly, position, limit);
    }

    /** How many nobody has seen to. */
    public long open(CommunityId community) {
        return rows.open(community) + ahead(community).size();
    }

    /** Different whenever the open alarms are. */
    public String state(CommunityId community) {
        return rows.state(community) + " " + ahead(community).size();
    }

    /**
     * Somebody saw to an alarm; the first who did is written down.
     *
     * @param note cut off at {@value #LONGEST_NOTE} characters
     * @return whether it was open
     */
    @Transactional
    public boolean acknowledge(CommunityId community, long position, Actor who, String note) {
        String clean = note.strip().replace('\0', '\uFFFD');
        String kept = clean.substring(
                0, clean.offsetByCodePoints(0, Math.min(LONGEST_NOTE, clean.codePointCount(0, clean.length()))));
        boolean was = rows.acknowledge(community, position, new Alarm.Seen(clock.instant(), who.name(), kept));
        if (was) {
            audit.record(community, who, "alarm.acknowledge", "event " + position, "open", kept);
        }
        return was;
    }
}
