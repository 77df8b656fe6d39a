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
import io.zhitong.link.ListState;
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
    private static final long FIRST_EPOCH = 1;

    /** A backend is not restored oftener between two connections of a device. */
    private static final long MOST_EPOCHS = 16;

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
        ListVersion next = before.map(ListHeader::version)
                .map(version -> new ListVersion(version.epoch(), version.number() + 1))
                .orElse(new ListVersion(FIRST_EPOCH, 1));
        return sign(device, kind, made, next);
    }

    private ListHeader sign(DeviceAddress device, ListKind kind, ListRound.Made made, ListVersion version) {
        ListTarget target = new ListTarget(
                device.community(),
                device.device(),
                kind,
                version,
                clock.instant().getEpochSecond());
        SignedList list =
                SignedList.sign(target, made.tree(), policyKey(), message -> vault.sign(SigningKey.POLICY, message));
        rows.insert(device, list, made.from());
        changes.offer(device, kind);
        return list.header();
    }

    /**
     * Opens a new epoch for lists of which a device holds a version that was never made here: this database was restored from a
     * backup, and what it makes next would be refused as old. The content is what is right here now.
     *
     * @param held as the device says; what is beyond belief is passed over
     * @return kinds that have a new epoch
     */
    @Transactional
    public List<ListKind> overtake(DeviceAddress device, List<ListState> held) {
        List<ListKind> opened = new ArrayList<>();
        for (ListState state : held) {
            if (neverMade(device, state)) {
                changes.lock(device);
                rows.newest(device, state.kind())
                        .filter(ours -> neverMade(device, state))
                        .ifPresent(ours -> {
                            ListRound.Made same = new ListRound.Made(ours.tree(), Optional.of(ours.tree()));
                            sign(
                                    device,
                                    state.kind(),
                                    same,
                                    new ListVersion(state.version().epoch() + 1, 1));
                            opened.add(state.kind());
                        });
            }
        }
        return List.copyOf(opened);
    }

    /** Whether the device's version is above ours, or as ours with another content. */
    private boolean neverMade(DeviceAddress device, ListState state) {
        return rows.newestHeader(device, state.kind())
                .filter(ours -> state.version().epoch() - ours.version().epoch() < MOST_EPOCHS)
                .filter(ours -> state.version().compareTo(ours.version()) > 0
                        || state.version().equals(ours.version())
                                && !state.root().equals(ours.root()))
                .isPresent();
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
