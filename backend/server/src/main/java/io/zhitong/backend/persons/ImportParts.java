package io.zhitong.backend.persons;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.estate.Estate;
import io.zhitong.backend.people.People;
import io.zhitong.backend.people.PersonalData;
import java.time.Clock;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/** What an import writes to (导入所用部件). */
@Component
record ImportParts(ExternalIds external, People people, PersonalData data, Estate estate, AuditLog audit, Clock clock) {
    LocalDate today(CommunityId community) {
        return Eraser.today(estate, community, clock.instant());
    }
}
