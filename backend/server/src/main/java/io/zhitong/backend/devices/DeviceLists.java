package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListTarget;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.MerkleTree;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Compiles, signs and keeps the lists of devices (名单编译). A version is given only to a content that differs from the newest. */
@Component
public class DeviceLists {
    /** Opens anew when a backend was restored from a backup (docs: data). */
    private static final long EPOCH = 1;

    private final List<DeviceListSource> sources;
    private final ListRows rows;
    private final KeyService vault;
    private final Clock clock;
    private final ListChanges changes;

    DeviceLists(List<DeviceListSource> sources, ListRows rows, KeyService vault, Clock clock, ListChanges changes) {
        this.sources = sources.stream()
                .sorted(Comparator.comparing(DeviceListSource::kind, ListRows.ORDER))
                .toList();
        this.rows = rows;
        this.vault = vault;
        this.clock = clock;
        this.changes = changes;
    }

    /**
     * Says that something the lists are made from has changed, in the transaction that changes it if there is one. Compiled soon,
     * by one worker.
     */
    public void changed(CommunityId community) {
        changes.mark(community);
    }

    /** The newest list of a kind. */
    public Optional<SignedList> newest(DeviceAddress device, ListKind kind) {
        return rows.newest(device, kind);
    }

    /** A list as it once was, its content compared with the signed root; nothing when it is no longer kept. */
    public Optional<SignedList> at(DeviceAddress device, ListKind kind, ListVersion version) {
        return rows.at(device, kind, version);
    }

    /** Headers of the newest list of each kind the device should hold. */
    public List<ListHeader> headers(DeviceAddress device) {
        return rows.headers(device);
    }

    /** The same of all devices of a community; a device without lists is left out. */
    public Map<DeviceAddress, List<ListHeader>> headers(CommunityId community) {
        return rows.headers(community);
    }

    void lock(DeviceAddress device) {
        changes.lock(device);
    }

    /** Whether something has changed that is not compiled yet. */
    boolean due(CommunityId community) {
        return changes.waiting().containsKey(community);
    }

    /**
     * Makes new versions where the content has changed, and tells the gateways. Whoever else compiles for this device waits until
     * this is committed, before he reads anything.
     *
     * @return the new headers
     */
    @Transactional
    public List<ListHeader> compile(DeviceRow device) {
        changes.lock(device.address());
        sources.forEach(source -> source.forget(device.community()));
        List<ListHeader> fresh = new ArrayList<>();
        for (DeviceListSource source : sources) {
            if (source.serves(device)) {
                sign(device.address(), source.kind(), SignedList.compile(source.kind(), source.records(device)))
                        .ifPresent(fresh::add);
            }
        }
        return fresh;
    }

    /** In a transaction in which the device's lists are locked. */
    Optional<ListHeader> sign(DeviceAddress device, ListKind kind, MerkleTree tree) {
        Optional<ListHeader> before = rows.newestHeader(device, kind);
        if (before.isPresent() && before.get().root().equals(tree.root())) {
            return Optional.empty();
        }
        long number = before.map(header -> header.version().number()).orElse(0L) + 1;
        ListTarget target = new ListTarget(
                device.community(),
                device.device(),
                kind,
                new ListVersion(EPOCH, number),
                clock.instant().getEpochSecond());
        SignedList list = SignedList.sign(target, tree, policyKey(), message -> vault.sign(SigningKey.POLICY, message));
        rows.insert(device, list);
        changes.offer(device, kind);
        return Optional.of(list.header());
    }

    private Sm2PublicKey policyKey() {
        return Sm2PublicKey.decode(vault.publicKey(SigningKey.POLICY));
    }
}
