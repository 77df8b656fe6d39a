package io.zhitong.backend.access;

import io.zhitong.accessmodel.CommunityId;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Tries a draft before it is put in force (策略试算). */
@Component
public class WhatIfDesk {
    private final PolicyBook book;
    private final FactsReader reader;
    private final Clock clock;

    WhatIfDesk(PolicyBook book, FactsReader reader, Clock clock) {
        this.book = book;
        this.reader = reader;
        this.clock = clock;
    }

    /** The draft against the policy in force, with today's people and credentials. */
    public WhatIf of(CommunityId community, PolicyDraft draft) {
        PolicyContent before = book.content(community, draft.base());
        return WhatIfTrial.of(before, draft.over(before), reader.all(community), clock.instant());
    }
}
