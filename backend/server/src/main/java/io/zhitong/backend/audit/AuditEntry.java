package io.zhitong.backend.audit;

import io.zhitong.accessmodel.CommunityId;
import java.time.Instant;

/**
 * One line of the audit log (审计记录), never changed and never deleted.
 *
 * @param number 1, 2, 3 … within the community, without gaps
 * @param subject what was acted on, for example {@code card 4403…}
 * @param before as it was, empty when there was nothing
 * @param after as it is now, empty when nothing is left
 */
public record AuditEntry(
        CommunityId community,
        long number,
        Instant at,
        Actor actor,
        String action,
        String subject,
        String before,
        String after) {}
