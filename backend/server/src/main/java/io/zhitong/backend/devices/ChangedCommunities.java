package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommunityId;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Communities whose lists must be compiled again (待编译小区). Thread-safe. */
@Component
final class ChangedCommunities {
    private final Set<CommunityId> marked = new LinkedHashSet<>();

    synchronized void mark(CommunityId community) {
        marked.add(community);
        notifyAll();
    }

    /** Waits up to {@code millis} for a mark and takes all marks. */
    synchronized Set<CommunityId> take(long millis) throws InterruptedException {
        if (marked.isEmpty()) {
            wait(millis);
        }
        Set<CommunityId> taken = Set.copyOf(marked);
        marked.clear();
        return taken;
    }
}
