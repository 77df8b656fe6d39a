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
import java.time.Instant;
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

    /** As {@link #changed(CommunityId)} when no more than one kind of lists, or one credential, is concerned. */
    public void changed(CommunityId community, ListScope scope) {
        changes.mark(community, scope);
    }

    /**
     * Makes new versions where the content has changed, and tells the gateways. Whoever else compiles for this device waits until
     * this is committed, before he reads anything.
     *
     * @return the new headers
     */
    @Transactional
    public List<ListHeader> compile(DeviceRow device) {
        changes.round(device.community());
        ListRound round = new ListRound(sources, rows, device.community(), ListScope.EVERYTHING);
        return signed(device, round, rows.headers(device.address()));
    }

    /**
     * Begins to compile for a community. What is read for it is read after this.
     *
     * @return to be given to {@link #compile(CompileRound, List)}
     */
    CompileRound begin(CommunityId community, ListScope scope) {
        long number = changes.round(community);
        return new CompileRound(number, new ListRound(sources, rows, community, scope), rows.headers(community));
    }

    /** One pass over the devices of a community. */
    record CompileRound(long number, ListRound lists, Map<DeviceAddress, List<ListHeader>> before) {}

    /**
     * Makes new versions for some devices of a round.
     *
     * @throws StaleRoundException when another round has begun since: what was read may be out of date
     */
    @Transactional
    public void compile(CompileRound round, List<DeviceRow> devices) {
        if (!devices.isEmpty() && !changes.newest(devices.get(0).community(), round.number())) {
            throw new StaleRoundException();
        }
        for (DeviceRow device : devices) {
            signed(device, round.lists(), round.before().getOrDefault(device.address(), List.of()));
        }
    }

    private List<ListHeader> signed(DeviceRow device, ListRound round, List<ListHeader> before) {
        List<ListHeader> fresh = new ArrayList<>();
        for (DeviceListSource source : sources) {
            if (source.serves(device)) {
                Optional<ListHeader> newest = before.stream()
                        .filter(header -> header.kind() == source.kind())
                        .findFirst();
                round.tree(source, device, newest)
                        .filter(made -> newest.isEmpty()
                                || !newest.get().root().equals(made.tree().root()))
                        .ifPresent(made -> fresh.add(sign(device.address(), source.kind(), made, newest)));
            }
        }
        return fresh;
    }

    /** A new version of a content that is not compiled here, in a transaction in which the device's lists are locked. */
    Optional<ListHeader> sign(DeviceAddress device, ListKind kind, MerkleTree tree) {
        Optional<ListHeader> before = rows.newestHeader(device, kind);
        if (before.isPresent() && before.get().root().equals(tree.root())) {
            return Optional.empty();
        }
        Optional<MerkleTree> from = before.flatMap(header -> rows.tree(device.community(), kind, header.root()));
        return Optional.of(sign(device, kind, new ListRound.Made(tree, from), before));
    }

    private ListHeader sign(DeviceAddress device, ListKind kind, ListRound.Made made, Optional<ListHeader> before) {
        long number = before.map(header -> header.version().number()).orElse(0L) + 1;
        ListTarget target = new ListTarget(
                device.community(),
                device.device(),
                kind,
                new ListVersion(EPOCH, number),
                clock.instant().getEpochSecond());
        SignedList list =
                SignedList.sign(target, made.tree(), policyKey(), message -> vault.sign(SigningKey.POLICY, message));
        rows.insert(device, list, made.from());
        changes.offer(device, kind);
        return list.header();
    }

    /** Forgets versions that were replaced before that time. */
    @Transactional
    public int forget(CommunityId community, Instant before) {
        return rows.prune(community, before);
    }

    private Sm2PublicKey policyKey() {
        return Sm2PublicKey.decode(vault.publicKey(SigningKey.POLICY));
    }
}
