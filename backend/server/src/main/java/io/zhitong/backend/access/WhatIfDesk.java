package io.zhitong.backend.access;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.Estate;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tries a draft before it is put in force (策略试算). */
@Component
public class WhatIfDesk {
    private final PolicyBook book;
    private final FactsReader reader;
    private final Estate estate;
    private final Clock clock;

    WhatIfDesk(PolicyBook book, FactsReader reader, Estate estate, Clock clock) {
        this.book = book;
        this.reader = reader;
        this.estate = estate;
        this.clock = clock;
    }

    /** The draft against the policy in force, with today's people and credentials. */
    public WhatIf of(CommunityId community, PolicyDraft draft) {
        PolicyContent before = book.content(community, draft.base());
        return WhatIfTrial.of(before, draft.over(before), reader.all(community), clock.instant());
    }

    /** Why the draft cannot be put in force. */
    public List<PolicyFault.Found> faults(CommunityId community, PolicyDraft draft) {
        return PolicyCheck.of(draft.over(book.content(community, draft.base())), estate.everyPoint(community));
    }

    /** What is in force without the draft. */
    public PolicyContent before(CommunityId community, PolicyDraft draft) {
        return book.content(community, draft.base());
    }
}
