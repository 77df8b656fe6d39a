package io.zhitong.backend.access;

import io.zhitong.accessmodel.AccessRecord;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.cardspec.CredentialNumber;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The compilers of the present round (编译台): what was read once serves all devices and kinds, until it is forgotten. */
@Component
class CompilerDesk {
    private final PolicyBook book;
    private final Rollouts rollouts;
    private final FactsReader reader;
    private final Map<CommunityId, Facts> facts = new ConcurrentHashMap<>();
    private final Map<CommunityId, Versions> versions = new ConcurrentHashMap<>();
    private final Map<CommunityId, Map<Long, PolicyContent>> contents = new ConcurrentHashMap<>();
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
                        version(device), version -> new AccessCompiler(content(community, version), facts(community)));
    }

    /** The version that the device is to have. */
    long version(DeviceRow device) {
        return versions.computeIfAbsent(device.community(), this::versions).of(device.id());
    }

    /** Access records of these credentials only, without reading all the others. */
    List<AccessRecord> records(DeviceRow device, Set<CredentialNumber> credentials) {
        CommunityId community = device.community();
        return new AccessCompiler(content(community, version(device)), reader.of(community, credentials)).access();
    }

    private Versions versions(CommunityId community) {
        return new Versions(book.newest(community), rollouts.running(community));
    }

    /** Which device is to have which. */
    private record Versions(long newest, Optional<Rollouts.Rollout> rollout) {
        long of(DeviceId device) {
            return rollout.map(running -> running.version(device)).orElse(newest);
        }
    }

    private PolicyContent content(CommunityId community, long version) {
        return contents.computeIfAbsent(community, each -> new ConcurrentHashMap<>())
                .computeIfAbsent(version, each -> book.content(community, version));
    }

    private Facts facts(CommunityId community) {
        return facts.computeIfAbsent(community, reader::all);
    }

    void forget(CommunityId community) {
        versions.remove(community);
        contents.remove(community);
        compilers.remove(community);
        facts.remove(community);
    }
}
