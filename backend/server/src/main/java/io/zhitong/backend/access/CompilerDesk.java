package io.zhitong.backend.access;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.estate.DeviceRow;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The compilers of the present round (编译台): what was read once serves all devices and kinds, until it is forgotten. */
@Component
class CompilerDesk {
    private final PolicyBook book;
    private final Rollouts rollouts;
    private final FactsReader reader;
    private final Map<CommunityId, Facts> facts = new ConcurrentHashMap<>();
    private final Map<CommunityId, Map<Long, AccessCompiler>> compilers = new ConcurrentHashMap<>();

    CompilerDesk(PolicyBook book, Rollouts rollouts, FactsReader reader) {
        this.book = book;
        this.rollouts = rollouts;
        this.reader = reader;
    }

    /** For the version that the device is to have. */
    AccessCompiler compiler(DeviceRow device) {
        CommunityId community = device.community();
        return compilers
                .computeIfAbsent(community, each -> new ConcurrentHashMap<>())
                .computeIfAbsent(
                        rollouts.version(community, device.id()),
                        version -> new AccessCompiler(book.content(community, version), facts(community)));
    }

    private Facts facts(CommunityId community) {
        return facts.computeIfAbsent(community, reader::all);
    }

    void forget(CommunityId community) {
        compilers.remove(community);
        facts.remove(community);
    }
}
