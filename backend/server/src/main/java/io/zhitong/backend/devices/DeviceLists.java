package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.ListDraft;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListTarget;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.MerkleTree;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.link.ListChange;
import io.zhitong.link.ListState;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Compiles, signs and keeps the lists of devices (名单编译). A version is given only to a content that differs from the newest. */
@Component
public class DeviceLists {
    private static final long FIRST_EPOCH = 1;

    /** A backend is not restored oftener between two connections of a device. */
    private static final long MOST_EPOCHS = 16;

    /** So long devices wait for others to be signed together with them. */
    private static final Duration TOGETHER = Duration.ofSeconds(1);

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

    /** A device's newest list of a kind, and in what it differs from the one before, if that is little. */
    record News(ListHeader header, Optional<ListChange> change) {}

    /** What is new for some devices; one without such a list is left out. */
    List<News> news(CommunityId community, ListKind kind, List<DeviceId> devices) {
        Map<List<Hash>, Optional<ListChange>> changes = new HashMap<>();
        return rows.newest(community, kind, devices).stream()
                .map(newest -> new News(
                        newest.header(),
                        newest.before()
                                .flatMap(before -> changes.computeIfAbsent(
                                        List.of(before, newest.header().root()),
                                        both -> change(community, kind, both)))))
                .toList();
    }

    private Optional<ListChange> change(CommunityId community, ListKind kind, List<Hash> both) {
        return rows.tree(community, kind, both.get(0))
                .flatMap(before ->
                        rows.tree(community, kind, both.get(1)).flatMap(after -> ListChange.between(before, after)));
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
        return publish(fresh(device, round, rows.headers(device.address())));
    }

    /**
     * Begins to compile for a community. What is read for it is read after this.
     *
     * @return to be given to {@link #compile(CompileRound, List)}, until all devices are done
     */
    CompileRound begin(CommunityId community, ListScope scope) {
        long number = changes.round(community);
        return new CompileRound(number, new ListRound(sources, rows, community, scope), rows.headers(community));
    }

    /** One pass over the devices of a community. */
    record CompileRound(long number, ListRound lists, Map<DeviceAddress, List<ListHeader>> before) {}

    /**
     * Makes new versions for devices of a round: as many as can be compiled in a second share one signature and one commit, so that
     * a small change reaches all at once and nobody waits for long because much is to be made for others.
     *
     * @param devices of the round's community, at least one
     * @return how many of them are done, from the first on; at least one
     * @throws StaleRoundException when another round has begun since: what was read may be out of date
     */
    @Transactional
    public int compile(CompileRound round, List<DeviceRow> devices) {
        if (!changes.newest(devices.get(0).community(), round.number())) {
            throw new StaleRoundException();
        }
        long began = System.nanoTime();
        List<Fresh> fresh = new ArrayList<>();
        int done = 0;
        while (done < devices.size() && (done == 0 || System.nanoTime() - began < TOGETHER.toNanos())) {
            DeviceRow device = devices.get(done++);
            fresh.addAll(fresh(device, round.lists(), round.before().getOrDefault(device.address(), List.of())));
        }
        publish(fresh);
        return done;
    }

    /** What a device is to hold from now on, not signed yet. */
    private record Fresh(ListDraft draft, Optional<MerkleTree> from) {}

    private List<Fresh> fresh(DeviceRow device, ListRound round, List<ListHeader> before) {
        List<Fresh> fresh = new ArrayList<>();
        for (DeviceListSource source : sources) {
            if (source.serves(device)) {
                Optional<ListHeader> newest = before.stream()
                        .filter(header -> header.kind() == source.kind())
                        .findFirst();
                round.tree(source, device, newest)
                        .filter(made -> newest.isEmpty()
                                || !newest.get().root().equals(made.tree().root()))
                        .ifPresent(made -> fresh.add(fresh(device.address(), source.kind(), made, newest)));
            }
        }
        return fresh;
    }

    private Fresh fresh(DeviceAddress device, ListKind kind, ListRound.Made made, Optional<ListHeader> before) {
        ListVersion next = before.map(ListHeader::version)
                .map(version -> new ListVersion(version.epoch(), version.number() + 1))
                .orElse(new ListVersion(FIRST_EPOCH, 1));
        return fresh(device, kind, made, next);
    }

    private Fresh fresh(DeviceAddress device, ListKind kind, ListRound.Made made, ListVersion version) {
        ListTarget target = new ListTarget(
                device.community(),
                device.device(),
                kind,
                version,
                clock.instant().getEpochSecond());
        return new Fresh(new ListDraft(target, made.tree()), made.from());
    }

    /** Signed together, kept, and the gateways told with the commit. */
    private List<ListHeader> publish(List<Fresh> fresh) {
        if (fresh.isEmpty()) {
            return List.of();
        }
        List<SignedList> signed = SignedList.sign(
                fresh.stream().map(Fresh::draft).toList(),
                policyKey(),
                message -> vault.sign(SigningKey.POLICY, message));
        Set<List<Object>> kept = new HashSet<>();
        for (int i = 0; i < signed.size(); i++) {
            ListHeader header = signed.get(i).header();
            if (kept.add(List.of(header.community(), header.kind(), header.root()))) {
                rows.keep(signed.get(i), fresh.get(i).from());
            }
        }
        List<ListHeader> headers = signed.stream().map(SignedList::header).toList();
        rows.insert(headers);
        changes.offer(headers);
        return headers;
    }

    /**
     * A new version for each device that does not have this content yet, in a transaction in which the lists of all of them are
     * locked.
     */
    List<ListHeader> sign(List<DeviceAddress> devices, ListKind kind, MerkleTree tree) {
        List<Fresh> fresh = new ArrayList<>();
        for (DeviceAddress device : devices) {
            Optional<ListHeader> before = rows.newestHeader(device, kind);
            if (before.isEmpty() || !before.get().root().equals(tree.root())) {
                Optional<MerkleTree> from =
                        before.flatMap(header -> rows.tree(device.community(), kind, header.root()));
                fresh.add(fresh(device, kind, new ListRound.Made(tree, from), before));
            }
        }
        return publish(fresh);
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
        List<Fresh> opened = new ArrayList<>();
        for (ListState state : held) {
            if (neverMade(device, state)) {
                changes.lock(device);
                rows.newest(device, state.kind())
                        .filter(ours -> neverMade(device, state))
                        .ifPresent(ours -> {
                            ListRound.Made same = new ListRound.Made(ours.tree(), Optional.of(ours.tree()));
                            opened.add(fresh(
                                    device,
                                    state.kind(),
                                    same,
                                    new ListVersion(state.version().epoch() + 1, 1)));
                        });
            }
        }
        return publish(opened).stream().map(ListHeader::kind).toList();
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
